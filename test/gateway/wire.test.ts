import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/gateway/request.js';
import {
  acs3Signature,
  acs3StringToSign,
  canonicalRequest,
  parseAuthorization,
} from '../../src/gateway/signature-acs3.js';
import { rpcSignature, rpcStringToSign } from '../../src/gateway/signature-rpc.js';
import { createCloudauthMock, manualClock } from '../../src/index.js';
import { read } from '../support/call.js';

/** One request of a real client, as it arrived. */
interface Capture {
  readonly operation: string;
  readonly clientVersion: string;
  readonly scheme: 'RPC' | 'ACS3';
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
  readonly capturedAt: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Captures of uploads are in the same folder; they are signed otherwise, and test/oss/wire.test.ts verifies them. */
const captures = readdirSync('fixtures/wire')
  .flatMap((file) =>
    (JSON.parse(readFileSync(`fixtures/wire/${file}`, 'utf8')) as Capture[]).map(
      (capture) => [`${file.replace('.json', '')} ${capture.operation}`, capture] as const,
    ),
  )
  .filter(([, { scheme }]) => scheme === 'RPC' || scheme === 'ACS3');

const assembled = ({ method, target, headers, body }: Capture) =>
  assemble(method, target, headers.host!, headers, Buffer.from(body), false, true);

/** [what the client sent, what we compute] */
function signatures(capture: Capture): [string | undefined, string] {
  const request = assembled(capture);
  if (capture.scheme === 'RPC') {
    const stringToSign = rpcStringToSign(request.method, request.params);
    return [request.params.get('Signature'), rpcSignature(stringToSign, capture.accessKeySecret)];
  }
  const authorization = parseAuthorization(capture.headers.authorization!)!;
  const stringToSign = acs3StringToSign(canonicalRequest(request, authorization.signedHeaders));
  return [authorization.signature, acs3Signature(stringToSign, capture.accessKeySecret)];
}

/** Sends it again to a mock whose wall clock stands at the capture's time and which knows its key. */
async function replay({ accessKeyId: id, accessKeySecret: secret, securityToken, capturedAt, ...sent }: Capture) {
  const accessKeys = [{ id, secret, securityToken }];
  await using mock = createCloudauthMock({ clock: manualClock(capturedAt), accessKeys });
  const { method, headers, body } = sent;
  const request = new Request(`http://${headers.host}${sent.target}`, { method, headers, body: body || undefined });
  return read(await mock.fetch(request));
}

test('there are 79 captures of 13 clients', () => {
  expect([captures.length, new Set(captures.map(([title]) => title.split(' ')[0])).size]).toEqual([79, 13]);
});

test.each(captures)('%s: the signature verifies', (_title, capture) => {
  const [sent, computed] = signatures(capture);
  expect(sent).toBe(computed);
});

test.each(captures)('%s: the scheme is told by the Authorization header alone', (_title, capture) => {
  expect(assembled(capture).scheme).toBe(capture.scheme);
});

/** What each operation answers to what the clients sent: status, and what the text shows in either format. */
const ANSWERS: readonly [operation: RegExp, status: number, text: RegExp][] = [
  [/^(DescribeRPSDK_GET|CreateVerifySetting_GET)$/, 400, /UnsupportedHTTPMethod/],
  // one of its pictures is `x`
  [/^CompareFaces$/, 400, /InvalidParam\.ImageValuePatternError/],
  [/^VerifyMaterial$/, 200, /"VerifyStatus":1\b/],
  // nobody has started it here
  [/^DescribeVerifyResult$/, 200, /"VerifyStatus":-1\b/],
  [/^DescribeVerifyToken$/, 200, /"VerifyToken":"\w{32}"/],
  [/^CreateRPSDK$/, 200, /TaskId\W+\w{22}\b/],
  // the build is of another day: unknown, and an unknown build has no address
  [/^(DescribeRPSDK|DescribeRPSDK_XML|SecurityToken)$/, 200, /"SdkUrl":""/],
  [/^CreateVerifySetting/, 200, /用户注册.*FACE_LIVENESS.*TAKE_ID_PHOTO/],
  [/^DescribeOssUploadToken/, 200, /"EndPoint":"http:\/\/127\.0\.0\.1:9080"/],
  [/^GetVerifyToken$/, 200, /\bToken\W+[0-9a-f]{32}\b/],
  [/^SubmitMaterials_arrays$/, 400, /InvalidParam\.VerifyTokenExpired/],
  [/^SafExecuteRequest_init/, 200, /queryId\W+[0-9a-f]{32}\b/],
  [/^SafExecuteRequest_query$/, 200, /Z8301.*"Code":500/],
  [/^SafExecuteRequest_intl$/, 200, /refFaceContent or authFaceContent or resourceCode is null/],
  [/^SafExecuteRequest_xml_asked$/, 200, /<Code>400<.*ServiceParameters不合法/],
];
/** This one sent nothing but the method: its name is missing. */
const NAMELESS = 'node-openapi-client-bodyJson SafExecuteRequest_init';

function expected(title: string, capture: Capture): [status: number, text: RegExp] {
  if (title === NAMELESS) return [200, /name\/certNumber不能为空.*"Code":400/];
  const [, status, text] = ANSWERS.find(([operation]) => operation.test(capture.operation))!;
  return [status, text];
}

test.each(captures)('%s: replayed, it answers as documented', async (title, capture) => {
  const [status, text] = expected(title, capture);
  expect(await replay(capture)).toMatchObject({ status, text: expect.stringMatching(text) });
});

test('nobody is told of a parameter that an SDK adds by itself', async () => {
  const told = new Set<string>();
  for (const [, capture] of captures) {
    const hint = (await replay(capture)).headers.get('x-cloudauth-mock-hint') ?? '';
    for (const [said] of hint.matchAll(/\S+ (?:is not read|was sent twice).*?[.?](?= |$)/g)) told.add(said);
  }
  // their calls of intl_face_verify had the members of face_verify
  expect([...told].filter((said) => !said.endsWith('intl_face_verify.'))).toEqual([]);
});

test('no Format means XML before 2019-03-07 and for SAF; all others get JSON', async () => {
  const xml: string[] = [];
  for (const [title, capture] of captures) if ((await replay(capture)).text.startsWith('<?xml')) xml.push(title);
  expect(xml).toEqual([
    'bash-curl-openssl CreateVerifySetting_xml',
    'bash-curl-openssl GetVerifyToken',
    'bash-curl-openssl SafExecuteRequest_init',
    'bash-curl-openssl SafExecuteRequest_intl',
    'node-pop-core SafExecuteRequest_xml_asked',
  ]);
});

describe('a capture with one thing changed is refused', () => {
  const named = (wanted: string): Capture => captures.find(([title]) => title === wanted)![1];
  const rpc = named('node-pop-core DescribeOssUploadToken');
  const acs3 = named('node-openapi-client-acs3 SafExecuteRequest_init_body');
  const acs3Query = named('node-openapi-client-acs3 SafExecuteRequest_init_query');
  const sts = named('node-cloudauth20190307-sts DescribeOssUploadToken');

  const later = (capture: Capture): Capture => ({
    ...capture,
    capturedAt: new Date(Date.parse(capture.capturedAt) + 16 * 60_000).toISOString(),
  });

  /** The value that is signed must be the one that counts. */
  const unsignedFirst = (capture: Capture): Capture => ({
    ...capture,
    target: capture.target.replace('?', '?Service=x&'),
    body: capture.body && `SignatureNonce=x&${capture.body}`,
  });

  test.each<[string, Capture, string]>([
    ['RPC: 16 minutes later', later(rpc), 'InvalidTimeStamp.Expired'],
    ['ACS3: 16 minutes later', later(acs3), 'InvalidTimeStamp.Expired'],
    ['RPC: another secret', { ...rpc, accessKeySecret: 'x' }, 'SignatureDoesNotMatch'],
    ['RPC: one more parameter', { ...rpc, body: `${rpc.body}&Lang=zh` }, 'SignatureDoesNotMatch'],
    ['RPC: another method', { ...rpc, method: 'GET', target: `/?${rpc.body}`, body: '' }, 'SignatureDoesNotMatch'],
    ['ACS3: another body', { ...acs3, body: `${acs3.body}&Lang=zh` }, 'SignatureDoesNotMatch'],
    ['ACS3: one more parameter in the query', { ...acs3, target: '/?Lang=zh' }, 'SignatureDoesNotMatch'],
    ['ACS3: another Host', { ...acs3, headers: { ...acs3.headers, host: '127.0.0.1:9081' } }, 'SignatureDoesNotMatch'],
    [
      'ACS3: another Version',
      { ...acs3, headers: { ...acs3.headers, 'x-acs-version': '2018-09-19' } },
      'SignatureDoesNotMatch',
    ],
    ['RPC: an unsigned value before a signed one of that name', unsignedFirst(rpc), 'SignatureDoesNotMatch'],
    ['ACS3: an unsigned value before a signed one of that name', unsignedFirst(acs3Query), 'SignatureDoesNotMatch'],
    ['STS: a key that has no token', { ...sts, securityToken: undefined }, 'InvalidSecurityToken.Malformed'],
    ['STS: a key with another token', { ...sts, securityToken: 'x' }, 'InvalidSecurityToken.MismatchWithAccessKey'],
  ])('%s', async (_title, capture, code) => {
    expect((await replay(capture)).json.Code).toBe(code);
  });
});
