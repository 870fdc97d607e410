import { expect, test } from 'vitest';
import { authenticate, authenticateForm, type OssCaller } from '../../src/oss/authenticate.js';
import type { OssRequest } from '../../src/oss/message.js';
import { v1Signature } from '../../src/oss/signature-v1.js';
import { seededRandom } from '../../src/platform/ids.js';
import {
  CREDENTIAL,
  type OssHouse,
  ossHouse,
  ossRequest,
  presignedV1,
  presignedV4,
  signedV1,
  signedV4,
} from '../support/oss-auth.js';

const MUTATIONS = 2_000;
const HOSTILE = [
  ...[
    '',
    '%',
    '%00',
    '%zz',
    '%2F',
    '%E8%AF',
    '..',
    '/../',
    '//',
    '\\',
    '\0',
    '\r\n',
    '?',
    '#',
    '&',
    '=',
    ';',
    ',',
    ':',
  ],
  ...['\ud800', '\udfff', '\u00ff', '证', '+', ' ', '9'.repeat(400), 'x'.repeat(5_000), '__proto__', 'constructor'],
  ...[
    '&Expires=9',
    '&Signature=',
    '&x-oss-expires=9',
    '&OSSAccessKeyId=x',
    '&x-oss-signature-version=OSS4-HMAC-SHA256',
  ],
];
const NAMES = [
  'date',
  'x-oss-date',
  'x-oss-security-token',
  'authorization',
  'content-type',
  'content-md5',
  '__proto__',
];

function mutator(seed: string) {
  const random = seededRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  /** A piece put in, taken out or replaced. */
  const text = (before: string): string => {
    const at = below(before.length + 1);
    return before.slice(0, at) + pick([...HOSTILE, '']) + before.slice(at + below(4));
  };
  const headers = (before: Record<string, string>): Record<string, string> => {
    const name = pick([...NAMES, ...Object.keys(before)]);
    const others = Object.entries(before).filter(([other]) => other !== name);
    const value = Object.hasOwn(before, name) ? before[name]! : '';
    // entries, not a literal: `__proto__` is a name like any other
    return Object.fromEntries(below(5) === 0 ? others : [...others, [name, text(value)]]);
  };
  const request = (before: OssRequest): OssRequest => {
    const change = below(6);
    return {
      ...before,
      ...(change === 0 && { method: pick(['GET', 'DELETE', 'x', '']) }),
      ...(change <= 1 && { path: text(before.path) }),
      ...(change <= 2 && before.query && { query: text(before.query) }),
      ...(change === 3 && { host: text(before.host) }),
      ...(change >= 4 && { headers: headers(before.headers) }),
    };
  };
  return { pick, text, request };
}

/** A caller, the code of an OssError, or the name of what must not happen. */
const outcome = (promise: Promise<OssCaller>): Promise<string> =>
  promise.then(
    ({ bucket, key }) => `admitted to ${bucket}/${key}`,
    ({ name, code }: { name: string; code: string }) => (name === 'OssError' ? code : `${name}!`),
  );

async function outcomes(house: OssHouse, run: (house: OssHouse) => Promise<OssCaller>): Promise<Set<string>> {
  const seen = new Set<string>();
  for (let count = 0; count < MUTATIONS; count += 1) seen.add(await outcome(run(house)));
  return seen;
}
const ADMITTED = 'admitted to verify-external-image/p1/face.jpg';
const CODES = ['AccessDenied', 'InvalidAccessKeyId', 'InvalidSecurityToken', 'SignatureDoesNotMatch'];
/** Neither a refusal nor what was signed. */
const unexpected = (seen: ReadonlySet<string>) =>
  [...seen].filter((each) => each !== ADMITTED && !/^[A-Z][A-Za-z0-9]+$/.test(each));

test(`${MUTATIONS} mutations of signed calls are refused with an OSS error, or mean what was signed`, async () => {
  const { pick, request } = mutator('calls');
  const uploads = { target: '/verify-external-image/p1/face.jpg?partNumber=1&uploadId=x' };
  const valid = [signedV1(), signedV1(uploads), signedV4(), signedV4(uploads), presignedV1(), presignedV4()];
  const seen = await outcomes(await ossHouse(), (house) => authenticate(request(pick(valid)), house));
  expect([unexpected(seen), [...seen]]).toEqual([
    [],
    expect.arrayContaining([ADMITTED, ...CODES, 'InvalidArgument', 'InvalidObjectName']),
  ]);
});

test(`${MUTATIONS} mutations of signed forms are refused with an OSS error, or mean what was signed`, async () => {
  const { pick, text } = mutator('forms');
  const document = {
    expiration: '2026-11-24T08:30:00.000Z',
    conditions: [['eq', '$key', 'p1/face.jpg'], { bucket: 'verify-external-image' }, ['content-length-range', 0, 9]],
  };
  const run = (house: OssHouse) => {
    const whole = JSON.stringify(document);
    const policy = Buffer.from(pick([whole, text(whole)])).toString('base64');
    const fields = new Map([
      ['key', 'p1/face.jpg'],
      ['policy', policy],
      ['ossaccesskeyid', CREDENTIAL.access_key_id],
      ['signature', v1Signature(policy, CREDENTIAL.secret)],
      ['x-oss-security-token', CREDENTIAL.security_token],
    ]);
    const name = pick([...fields.keys()]);
    if (pick([true, false])) fields.set(name, text(fields.get(name)!));
    return authenticateForm(ossRequest('POST', '/'), fields, house);
  };
  const seen = await outcomes(await ossHouse(), run);
  expect([unexpected(seen), [...seen]]).toEqual([
    [],
    expect.arrayContaining([ADMITTED, ...CODES, 'InvalidPolicyDocument']),
  ]);
});
