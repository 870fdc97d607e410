/** The vendor's own SDKs, unmodified, and what every operation is called with through them. */
import '../../src/products/eager.js';
import { createRequire } from 'node:module';
import { expect } from 'vitest';
import type { CloudauthMock, MockOptions } from '../../src/emulator/api.js';
import { createCloudauthMock } from '../../src/emulator/create-mock.js';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from '../../src/gateway/accounts.js';
import { type AnyOperation, operationPath, type Version } from '../../src/gateway/operation.js';
import type { Method } from '../../src/gateway/wire-format.js';
import { versions } from '../../src/products/index.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { CHECKS } from './checks.js';
import { written } from './examples.js';

const require = createRequire(import.meta.url);
const PopCore = require('@alicloud/pop-core').RPCClient;
const OpenApi = require('@alicloud/openapi-client') as typeof import('@alicloud/openapi-client');
const Cloudauth = require('@alicloud/cloudauth20190307') as typeof import('@alicloud/cloudauth20190307');
const { RuntimeOptions } = require('@alicloud/tea-util') as typeof import('@alicloud/tea-util');

export interface Credentials {
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
}

/** An STS credential: a key that is nothing without its token. */
export const STS = { accessKeyId: 'STS.sdkTests', accessKeySecret: 'sts-secret', securityToken: 'CAIS+token/abc==' };

const DEFAULT_KEY = { accessKeyId: DEFAULT_ACCESS_KEY_ID, accessKeySecret: DEFAULT_SECRET };

/** A mock on a free port; a build is ready at once, and the STS credential is known. */
export const listening = (options: MockOptions = {}): Promise<CloudauthMock> =>
  createCloudauthMock({
    port: 0,
    sdkBuild: 'immediate',
    accessKeys: [{ id: STS.accessKeyId, secret: STS.accessKeySecret, securityToken: STS.securityToken }],
    ...options,
  }).listen();

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
export type Answer = any;
export type Params = Record<string, unknown>;
/** One call through an SDK; rejects as the SDK does. */
export type Call = (version: string, action: string, params?: Params) => Promise<Answer>;

/** `@alicloud/pop-core`; `Code: "1"` is no success to it unless it is told so. */
export function popCore(
  endpoint: string,
  method: Method = 'POST',
  credentials: Credentials = {},
  timeout = 20_000,
): Call {
  return (apiVersion, action, params = {}) =>
    new PopCore({ endpoint, apiVersion, ...DEFAULT_KEY, ...credentials, codes: ['1'] }).request(action, params, {
      method,
      timeout,
    });
}

export interface OpenApiOptions extends Credentials {
  readonly signatureAlgorithm?: 'v2';
  readonly place?: 'query' | 'body';
  readonly reqBodyType?: 'formData' | 'json';
  /** Sent instead of a fresh one. */
  readonly nonce?: string;
}

/** Endpoint as these clients want it, host and port apart from the scheme. */
function configOf(url: string, credentials: Credentials & Pick<OpenApiOptions, 'signatureAlgorithm'>) {
  const { protocol, host } = new URL(url);
  return { ...DEFAULT_KEY, ...credentials, endpoint: host, protocol: protocol.slice(0, -1).toUpperCase() };
}

/** The generic call of `@alicloud/openapi-client`: ACS3 unless told otherwise. */
export function openApi(url: string, options: OpenApiOptions = {}): Call {
  const { place = 'query', reqBodyType = 'formData', nonce, ...credentials } = options;
  const config = new OpenApi.Config(configOf(url, credentials));
  const client = new OpenApi.default(config);
  const style = { authType: 'AK', style: 'RPC', pathname: '/', method: 'POST', bodyType: 'json', reqBodyType };
  const byHeader = nonce && !options.signatureAlgorithm;
  return async (version, action, params = {}) => {
    const request = new OpenApi.OpenApiRequest({
      query: { ...(place === 'query' && params), ...(nonce && !byHeader && { SignatureNonce: nonce }) },
      body: place === 'body' ? params : undefined,
      headers: byHeader ? { 'x-acs-signature-nonce': nonce } : undefined,
    });
    const target = new OpenApi.Params({ action, version, protocol: config.protocol, ...style });
    return (await client.callApi(target, request, new RuntimeOptions({}))).body;
  };
}

/** `@alicloud/cloudauth20190307`, its requests given as plain members. */
export function typedCloudauth(url: string, signatureAlgorithm?: 'v2') {
  const client = new Cloudauth.default(configOf(url, { signatureAlgorithm }) as never);
  return {
    createVerifySetting: (members: Record<string, unknown>) =>
      client.createVerifySetting(new Cloudauth.CreateVerifySettingRequest(members)),
    id2MetaVerify: (members: Record<string, unknown>) =>
      client.id2MetaVerify(new Cloudauth.Id2MetaVerifyRequest(members)),
    initFaceVerify: (members: Record<string, unknown>) =>
      client.initFaceVerify(new Cloudauth.InitFaceVerifyRequest(members)),
    describeFaceVerify: (members: Record<string, unknown>) =>
      client.describeFaceVerify(new Cloudauth.DescribeFaceVerifyRequest(members)),
    deleteFaceVerifyResult: (members: Record<string, unknown>) =>
      client.deleteFaceVerifyResult(new Cloudauth.DeleteFaceVerifyResultRequest(members)),
    describeOssUploadToken: () => client.describeOssUploadToken(),
    createAuthKey: (members: Record<string, unknown>) =>
      client.createAuthKey(new Cloudauth.CreateAuthKeyRequest(members)),
    describeVerifyToken: (members: Record<string, unknown>) =>
      client.describeVerifyToken(new Cloudauth.DescribeVerifyTokenRequest(members)),
    describeVerifyResult: (members: Record<string, unknown>) =>
      client.describeVerifyResult(new Cloudauth.DescribeVerifyResultRequest(members)),
    verifyMaterial: (members: Record<string, unknown>) =>
      client.verifyMaterial(new Cloudauth.VerifyMaterialRequest(members)),
    compareFaces: (members: Record<string, unknown>) => client.compareFaces(new Cloudauth.CompareFacesRequest(members)),
    detectFaceAttributes: (members: Record<string, unknown>) =>
      client.detectFaceAttributes(new Cloudauth.DetectFaceAttributesRequest(members)),
  };
}

/** Everything an encoder gets wrong: Chinese, `*~+ %`, quotes, brackets, padding. */
export const ODD = `张三*~+ %2B'(!)/&="\\`;
const PICTURE = 'base64:///9j/4AAQ+SkZJRg/+w==';
const BASE64 = PICTURE.slice('base64://'.length);
const HEX32 = /^[0-9a-f]{32}$/;
const PERSON = { name: ODD, certNumber: '330103xxxxxxxxxxxx' };

const FACE = {
  SceneId: 1000000006,
  OuterOrderNo: ODD,
  ProductCode: 'ID_PRO',
  CertType: 'IDENTITY_CARD',
  CertName: ODD,
  CertNo: '990000199003070013',
  MetaInfo: JSON.stringify({ bioMetaInfo: '4.1.0:2916352,0', deviceType: 'web', ua: `Mozilla/5.0 (${ODD})` }),
  ReturnUrl: 'http://localhost/done',
};

const CLASSIC = { BizType: 'RPBasic', BizId: ODD };
const SETTING = { BizName: '用户注册-1', BizType: 'UserRegister', Solution: 'RPBasic', GuideStep: false };
const SETTING_STEPS = ['PRIVACY', 'FACE_LIVENESS', 'TAKE_ID_PHOTO', 'RESULT'];
const JPEG = FACE_JPEG.toString('base64');
const SERVER = { SceneId: FACE.SceneId, OuterOrderNo: ODD, FaceContrastPicture: JPEG };

interface Scenario {
  /** @param post the same client by POST, for the calls that come before this one */
  params(post: Call, version: string): Params | Promise<Params>;
  readonly answer: Answer;
}

const saf = (Service: string, members: object): Params => ({ Service, ServiceParameters: JSON.stringify(members) });
const init = async (post: Call, version: string, method: 'init' | 'initH5') =>
  (await post(version, 'ExecuteRequest', saf('face_verify', { method, ...PERSON, metainfo: '{}' }))).Data;

async function submitted(post: Call, version: string): Promise<Params> {
  const task = { Biz: 'RPMin', TicketId: ODD };
  await post(version, 'SubmitMaterials', await materials(post, version));
  return task;
}

async function materials(post: Call, version: string): Promise<Params> {
  const { Data } = await post(version, 'GetVerifyToken', { Biz: 'RPMin', TicketId: ODD });
  const given = { Name: ODD, IdentificationNumber: '330103xxxxxxxxxxxx', FacePic: PICTURE };
  const entries = Object.entries(given).flatMap(([MaterialType, Value], at) => [
    [`Material.${at + 1}.MaterialType`, MaterialType],
    [`Material.${at + 1}.Value`, Value],
  ]);
  return { VerifyToken: Data.VerifyToken.Token, ...Object.fromEntries(entries) };
}

const SESSION = { Message: 'OK', Code: 200, Data: { bizId: ODD } };
const VERIFIED = { Message: 'OK', Code: 200, Data: { image: expect.stringMatching(/^_9j_/) } };

/** What each operation is called with and what its answer must show; values that come back prove that they arrived. */
const SCENARIOS: Record<string, Scenario> = {
  GetVerifyToken: {
    params: () => ({
      Biz: 'RPBasic',
      TicketId: ODD,
      Binding: JSON.stringify({ Name: ODD, IdCardBackPic: PICTURE }),
      UserData: JSON.stringify({ orderId: ODD }),
    }),
    answer: { Code: '1', Data: { VerifyToken: { DurationSeconds: 1800, Token: expect.stringMatching(HEX32) } } },
  },
  SubmitMaterials: { params: materials, answer: { Code: '1', Data: { VerifyStatus: { StatusCode: 1 } } } },
  GetStatus: { params: submitted, answer: { Code: '1', Data: { StatusCode: 1 } } },
  GetMaterials: { params: submitted, answer: { Code: '1', Data: { Name: ODD } } },
  CreateRPSDK: {
    params: () => ({ AppUrl: `https://example.com/${ODD}`, Platform: 'ANDROID' }),
    answer: { TaskId: expect.stringMatching(/^\w{22}$/) },
  },
  DescribeRPSDK: {
    params: async (post, version) => ({
      TaskId: (await post(version, 'CreateRPSDK', { AppUrl: 'https://example.com/a.apk' })).TaskId,
    }),
    answer: { SdkUrl: expect.stringMatching(/\/sdk\/\w{22}\.zip$/) },
  },
  CreateVerifySetting: {
    params: () => SETTING,
    answer: { BizName: '用户注册-1', StepList: SETTING_STEPS },
  },
  UpdateVerifySetting: {
    params: async (post, version) => {
      await post(version, 'CreateVerifySetting', SETTING);
      return { BizType: 'UserRegister', BizName: '登录', ResultStep: 'false' };
    },
    answer: { BizName: '登录', Solution: 'RPBasic', StepList: SETTING_STEPS.slice(0, -1) },
  },
  DescribeVerifySetting: {
    params: async (post, version) => {
      await post(version, 'CreateVerifySetting', { ...SETTING, BizType: 'Again' });
      return {};
    },
    answer: { VerifySettingList: expect.arrayContaining([expect.objectContaining({ BizType: 'Again' })]) },
  },
  DescribeVerifyToken: {
    params: () => ({ ...CLASSIC, Name: ODD, IdCardFrontImageUrl: `https://example.com/${ODD}` }),
    answer: {
      VerifyToken: expect.stringMatching(HEX32),
      VerifyPageUrl: expect.stringMatching(/token=[0-9a-f]{32}$/),
      OssUploadToken: { Bucket: 'cloudauth-zhangjiakou-external', Expired: expect.any(Number) },
    },
  },
  DescribeVerifyResult: {
    params: async (post, version) => {
      await post(version, 'DescribeVerifyToken', { ...CLASSIC, Name: ODD });
      return CLASSIC;
    },
    answer: { VerifyStatus: 1, Material: { IdCardName: ODD, FaceMask: false } },
  },
  VerifyMaterial: {
    params: () => ({
      ...{ BizType: 'RPMin', BizId: ODD, Name: ODD, IdCardNumber: '990000199003070013' },
      FaceImageUrl: `https://example.com/${ODD}`,
    }),
    answer: { VerifyStatus: 1, Material: { IdCardName: ODD, FaceMask: 'false' } },
  },
  CompareFaces: {
    params: () => ({
      ...{ SourceImageType: 'FacePic', SourceImageValue: PICTURE },
      ...{ TargetImageType: 'IDPic', TargetImageValue: `https://example.com/${ODD}` },
    }),
    answer: { Code: '200', Success: true, Data: { SimilarityScore: 98.79 } },
  },
  DetectFaceAttributes: {
    params: () => ({ MaterialValue: `https://example.com/${ODD}` }),
    answer: {
      Code: '200',
      Data: { FaceInfos: { FaceAttributesDetectInfo: [{ FaceAttributes: { Facetype: 'Face' } }] } },
    },
  },
  DescribeOssUploadToken: {
    params: () => ({}),
    answer: { OssUploadToken: { Bucket: 'cloudauth-zhangjiakou-external', Expired: expect.any(Number) } },
  },
  ...Object.fromEntries(
    Object.entries(CHECKS).map(([name, { params, right }]): [string, Scenario] => [
      name,
      {
        // a name keeps what an encoder gets wrong, but for digits
        params: () => ({ ...params, ...('UserName' in params && { UserName: ODD.replace(/\d/g, '') }) }),
        answer: { Code: '200', Message: 'success', ResultObject: right },
      },
    ]),
  ),
  InitFaceVerify: {
    params: () => FACE,
    answer: {
      Code: '200',
      Message: 'success',
      ResultObject: {
        CertifyId: expect.stringMatching(/^sha[0-9a-f]{29}$/),
        CertifyUrl: expect.stringContaining('sha'),
      },
    },
  },
  DescribeFaceVerify: {
    params: async (post, version) => {
      const { ResultObject } = await post(version, 'InitFaceVerify', { ...FACE, RarelyCharacters: 'Y' });
      return { SceneId: FACE.SceneId, CertifyId: ResultObject.CertifyId };
    },
    answer: {
      Code: '200',
      ResultObject: { Passed: 'T', SubCode: '200', UserInfo: expect.stringContaining(JSON.stringify(ODD)) },
    },
  },
  DeleteFaceVerifyResult: {
    params: async (post, version) => {
      const { ResultObject } = await post(version, 'InitFaceVerify', FACE);
      return { CertifyId: ResultObject.CertifyId, DeleteAfterQuery: 'N' };
    },
    answer: { Code: '200', ResultObject: { CertifyId: expect.stringMatching(/^sha/), DeleteResult: 'Y' } },
  },
  ContrastFaceVerify: {
    params: () => ({ ...SERVER, ProductCode: 'ID_MIN', CertType: 'IDENTITY_CARD', CertName: ODD, CertNo: FACE.CertNo }),
    answer: { Code: '200', ResultObject: { Passed: 'T', SubCode: '200' } },
  },
  CompareFaceVerify: {
    params: () => ({
      ...{ SceneId: FACE.SceneId, OuterOrderNo: ODD, ProductCode: 'PV_FC' },
      ...{ SourceFaceContrastPicture: JPEG, TargetFaceContrastPicture: JPEG },
    }),
    answer: { Code: '200', ResultObject: { Passed: 'T', VerifyScore: expect.any(Number) } },
  },
  LivenessFaceVerify: {
    params: () => ({ ...SERVER, ProductCode: 'LR_FR_MIN' }),
    answer: { Code: '200', ResultObject: { Passed: 'T', SubCode: '200' } },
  },
  AIGCFaceVerify: {
    params: () => ({ ...SERVER, ProductCode: 'LR_FR_AIGC' }),
    answer: { Code: '200', ResultObject: { Result: 'N', Score: '0.0001' } },
  },
  AuthorizeFileUpload: {
    params: () => ({ Product: 'Cloudauth', RegionId: 'cn-shanghai' }),
    answer: {
      Endpoint: expect.stringMatching(/^(0\.0\.1:\d+|oss-cn-shanghai\.aliyuncs\.com)$/),
      UseAccelerate: false,
    },
  },
  'face_verify.init': {
    params: () => saf('face_verify', { method: 'init', ...PERSON, metainfo: ODD, bizId: ODD }),
    answer: SESSION,
  },
  'face_verify.initH5': {
    params: () => saf('face_verify', { method: 'initH5', ...PERSON, metainfo: ODD, bizId: ODD }),
    answer: SESSION,
  },
  'face_verify.query': {
    params: async (post, version) => {
      const session = await init(post, version, 'init');
      return saf('face_verify', { method: 'query', ...session, returnImage: '1' });
    },
    answer: VERIFIED,
  },
  'face_verify.queryH5': {
    params: async (post, version) => {
      const session = await init(post, version, 'initH5');
      return saf('face_verify', { method: 'queryH5', ...session, returnImage: 1 });
    },
    answer: VERIFIED,
  },
  'face_verify.match': {
    params: () => saf('face_verify', { method: 'match', ...PERSON, imgbase64: BASE64 }),
    answer: { Message: 'OK', Code: 200 },
  },
  AssumeRole: {
    params: () => ({ RoleArn: 'acs:ram::1000000000000001:role/adminrole', RoleSessionName: 'a.b@c-d_1' }),
    answer: { Credentials: { AccessKeyId: expect.stringMatching(/^STS\.\w{24}$/) } },
  },
  GetCallerIdentity: {
    params: () => ({}),
    answer: { IdentityType: 'RAMUser', AccountId: '1000000000000001' },
  },
  DescribeEndpoints: {
    params: () => ({ Id: 'cn-shanghai', ServiceCode: 'Cloudauth', Type: 'openAPI' }),
    answer: { Success: true, Endpoints: { Endpoint: [{ SerivceCode: 'Cloudauth', Type: 'openAPI' }] } },
  },
  intl_face_verify: {
    params: () =>
      saf('intl_face_verify', { refFaceContent: BASE64, authFaceContent: BASE64, resourceCode: '00840000' }),
    answer: { Code: 200, Data: expect.stringContaining('刷脸通过') },
  },
};

export interface OperationCase extends Scenario {
  /** `saf/2017-03-31/face_verify.query`. */
  readonly path: string;
  readonly version: Version;
  readonly operation: AnyOperation;
  /** As sent in `Action`. */
  readonly action: string;
}

/** Every operation of every version there is; one without a scenario fails its tests. */
export const operations: readonly OperationCase[] = versions.flatMap((version) =>
  version.implemented.map((operation) => ({
    path: operationPath(version, operation),
    version,
    operation,
    action: written(version, operation, {}).Action!,
    ...SCENARIOS[operation.name]!,
  })),
);

/** Makes the calls that come before by POST, then the operation itself through `call`. */
export async function run({ version: { version }, action, params }: OperationCase, post: Call, call = post) {
  return call(version, action, await params(post, version));
}
