/** The verbs of a test about the classic flow of Cloudauth 2019-03-07. */
import type { CloudauthMock } from '../../src/index.js';
import { type CallOptions, call, cloudauth2019 } from './call.js';

type Mock = Pick<CloudauthMock, 'fetch'>;
type Params = Record<string, string>;

export const PERSON = { Name: '李三', IdCardNumber: '990000199003070013' };
export const PHOTO = 'https://example.com/face.jpg';
const TASK = { BizType: 'RPBasic', BizId: 'order-1' };

async function asked(mock: Mock, action: string, params: Params, options?: CallOptions) {
  const reply = await call(mock, cloudauth2019(action, params), options);
  return { ...reply, hint: reply.headers.get('x-cloudauth-mock-hint') };
}

export const start = (mock: Mock, params: Params = {}, options?: CallOptions) =>
  asked(mock, 'DescribeVerifyToken', { ...TASK, ...params }, options);

export const result = (mock: Mock, params: Params = {}, options?: CallOptions) =>
  asked(mock, 'DescribeVerifyResult', { ...TASK, ...params }, options);

/** VerifyStatus of a task that was just started with these parameters. */
export async function statusOf(mock: Mock, params: Params = {}): Promise<number> {
  await start(mock, params);
  const { BizType = TASK.BizType, BizId = TASK.BizId } = params;
  return (await result(mock, { BizType, BizId })).json.VerifyStatus;
}

export const material = (mock: Mock, params: Params = {}, options?: CallOptions) =>
  asked(mock, 'VerifyMaterial', { ...TASK, BizType: 'RPMin', ...PERSON, FaceImageUrl: PHOTO, ...params }, options);

/** VerifyPageUrl of a task, with what is appended. */
export async function pageOf(mock: Mock, append: Params = {}, params: Params = {}): Promise<string> {
  const { VerifyPageUrl, VerifyToken } = (await start(mock, params)).json;
  const url = new URL(VerifyPageUrl ?? 'http://127.0.0.1/user_verify/cloudauth.html');
  for (const [name, value] of Object.entries({ token: VerifyToken, ...append })) url.searchParams.set(name, value);
  return String(url);
}
