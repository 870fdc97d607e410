/** The verbs of a test about financial-grade verification. */
import type { CloudauthMock } from '../../src/index.js';
import { type CallOptions, call, cloudauth2019 } from './call.js';

export const WEB = JSON.stringify({ bioMetaInfo: '4.1.0:2916352,0', deviceType: 'web', ua: 'Mozilla/5.0 (X11)' });
export const APP = JSON.stringify({
  zimVer: '3.0.0',
  appVersion: '1',
  bioMetaInfo: '4.1.0:11501568,0',
  deviceType: 'ios',
});

export const SCENE = '1000000006';
/** In an app, by ID_PRO. */
export const FACE = {
  SceneId: SCENE,
  OuterOrderNo: 'e0c34a77f5ac40a5aa5e6ed20c353001',
  ProductCode: 'ID_PRO',
  CertType: 'IDENTITY_CARD',
  CertName: '张三',
  CertNo: '330103199001011233',
  MetaInfo: APP,
};

/** What of {@link FACE} is another for PV_FV; it needs a photo. */
export const PV = {
  ProductCode: 'PV_FV',
  UserId: 'u1',
  CertType: undefined,
  CertName: undefined,
  CertNo: undefined,
};

type Changes = Record<string, string | undefined>;
type Mock = Pick<CloudauthMock, 'fetch'>;

export async function init(mock: Mock, changes: Changes = {}, options: CallOptions = {}) {
  const params = Object.entries({ ...FACE, ...changes }).filter(
    (each): each is [string, string] => each[1] !== undefined,
  );
  const reply = await call(mock, cloudauth2019('InitFaceVerify', Object.fromEntries(params)), options);
  const { json } = reply;
  return { ...reply, json, hint: reply.headers.get('x-cloudauth-mock-hint') };
}

export const certifyId = async (mock: Mock, changes: Changes = {}): Promise<string> =>
  (await init(mock, changes)).json.ResultObject.CertifyId;

/** The long one. */
export const certifyUrl = async (mock: Mock, changes: Changes = {}): Promise<string> => {
  const web = { MetaInfo: WEB, ReturnUrl: 'http://localhost/done', CertifyUrlStyle: 'L' };
  return (await init(mock, { ...web, ...changes })).json.ResultObject.CertifyUrl;
};

export async function describe(mock: Mock, id: string, scene = SCENE, options: CallOptions = {}) {
  const reply = await call(mock, cloudauth2019('DescribeFaceVerify', { SceneId: scene, CertifyId: id }), options);
  const { json } = reply;
  return { ...reply, json, hint: reply.headers.get('x-cloudauth-mock-hint') };
}

/** What a verification so started comes to: Code, then Passed and SubCode where there are. */
export async function outcome(mock: Mock, changes: Changes = {}): Promise<(string | undefined)[]> {
  const { json } = await describe(mock, await certifyId(mock, changes));
  return json.ResultObject ? [json.Code, json.ResultObject.Passed, json.ResultObject.SubCode] : [json.Code];
}

export const remove = async (mock: Mock, id: string, changes: Record<string, string> = {}) =>
  (await call(mock, cloudauth2019('DeleteFaceVerifyResult', { CertifyId: id, ...changes }))).json;
