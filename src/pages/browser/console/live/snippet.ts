/**
 * A call of the journal as code of the vendor's Node SDK. What was masked stays so: whoever runs it fills it in; of the keys
 * only the printed one is written down.
 */
import type { JournalEntry } from '../../../../control/journal-entry.js';

/** The SDK makes them anew. */
const MADE = /^(Signature\w*|Timestamp|AccessKeyId|SecurityToken|Action|Version|Format)$/;
const PUBLIC = /^LTAImock/;

export function snippet({ params, headers, method }: JournalEntry): string {
  const own = Object.fromEntries(Object.entries(params).filter(([name]) => !MADE.test(name)));
  const key = params.AccessKeyId ?? /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const [id, secret] = PUBLIC.test(key)
    ? [JSON.stringify(key), "'cloudauth-mock-secret'"]
    : ['process.env.ALIBABA_CLOUD_ACCESS_KEY_ID', 'process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET'];
  const [version, action] = [params.Version ?? headers['x-acs-version'], params.Action ?? headers['x-acs-action']];
  return `import Core from '@alicloud/pop-core';

const client = new Core({
  endpoint: ${JSON.stringify(location.origin)},
  apiVersion: ${JSON.stringify(version ?? '')},
  accessKeyId: ${id},
  accessKeySecret: ${secret},
});
const answer = await client.request(${JSON.stringify(action ?? '')}, ${JSON.stringify(own, null, 2)}, { method: ${JSON.stringify(method)} });
`;
}
