/** A call of the journal as code of the vendor's Node SDK. What was masked stays so: whoever runs it fills it in. */
import type { JournalEntry } from '../../../../control/journal-entry.js';

/** The SDK makes them anew. */
const MADE = /^(Signature\w*|Timestamp|AccessKeyId|SecurityToken|Action|Version|Format)$/;

export function snippet({ params, method }: JournalEntry): string {
  const own = Object.fromEntries(Object.entries(params).filter(([name]) => !MADE.test(name)));
  return `import Core from '@alicloud/pop-core';

const client = new Core({
  endpoint: ${JSON.stringify(location.origin)},
  apiVersion: ${JSON.stringify(params.Version ?? '')},
  accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
  accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
});
const answer = await client.request(${JSON.stringify(params.Action ?? '')}, ${JSON.stringify(own, null, 2)}, { method: ${JSON.stringify(method)} });
`;
}
