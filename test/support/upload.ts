/** Uploads as an `…Advance` method does, in process. */
import type { CloudauthMock } from '../../src/index.js';
import { type CallOptions, call } from './call.js';

export const ASKED = {
  Action: 'AuthorizeFileUpload',
  Version: '2019-12-19',
  Product: 'Cloudauth',
  RegionId: 'cn-shanghai',
};

type Given = Readonly<
  Record<'AccessKeyId' | 'Bucket' | 'EncodedPolicy' | 'Endpoint' | 'ObjectKey' | 'Signature', string>
>;

export const authorize = async (mock: CloudauthMock, options: CallOptions = {}): Promise<Given> =>
  (await call(mock, ASKED, { method: 'GET', url: 'https://openplatform.aliyuncs.com/', ...options })).json;

/** @param changes fields that say something else */
export async function post(
  mock: CloudauthMock,
  given: Given,
  file: Uint8Array,
  changes: Record<string, string> = {},
): Promise<Response> {
  const { AccessKeyId, EncodedPolicy, Signature, ObjectKey } = given;
  const fields = { OSSAccessKeyId: AccessKeyId, policy: EncodedPolicy, Signature, key: ObjectKey, ...changes };
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append('file', new File([new Uint8Array(file)], ObjectKey));
  return mock.fetch(new Request(`http://${given.Bucket}.${given.Endpoint}/`, { method: 'POST', body }));
}

/** @returns what the SDK then sends in the place of the file */
export async function uploaded(mock: CloudauthMock, file: Uint8Array, options: CallOptions = {}): Promise<string> {
  const given = await authorize(mock, options);
  const { status } = await post(mock, given, file);
  if (status !== 204) throw new Error(`the upload was answered ${status}`);
  return `http://${given.Bucket}.${given.Endpoint}/${given.ObjectKey}`;
}
