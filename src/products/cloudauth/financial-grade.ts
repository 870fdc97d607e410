/**
 * Financial-grade verification of Cloudauth 2019-03-07: each InitFaceVerify gives a CertifyId that lives 30 minutes and takes
 * one submission. What was left or has expired is over, and answers as if nothing had been submitted.
 */
import { CERTIFY_PATH } from '../../gateway/urls.js';
import type { Ids } from '../../platform/ids.js';
import { FACE_BUCKET, faceKey } from '../../verification/buckets.js';
import type { Endings } from '../../verification/endings.js';
import type { Conclusion, Verification } from '../../verification/verification.js';
import type { KeptCallback } from '../callback.js';
import type { VerificationKind } from '../verification-kind.js';

/** SubCodes of those who do not pass (help page of DescribeFaceVerify; 207 and later from copies of its table). */
export const subCodes = {
  '201': { zh: '姓名和身份证不一致', en: 'name and number do not belong together' },
  '202': { zh: '查询不到身份信息', en: 'there is no record of the identity' },
  '203': { zh: '查询不到照片或照片不可用', en: 'there is no photo to compare with' },
  '204': { zh: '人脸比对不一致', en: 'the face is not that person’s' },
  '205': { zh: '活体检测存在风险', en: 'the face may be no living person’s' },
  '206': { zh: '业务策略限制', en: 'a policy against risks stops it' },
  '207': { zh: '人脸与身份证人脸比对不一致', en: 'the face is not the one on the card (ID_PLUS)' },
  '209': { zh: '权威比对源异常', en: 'the authority that is asked does not answer' },
  // the copies print 认证通过; that nobody passes by it here is the careful choice
  '210': { zh: '认证通过', en: 'a pass of another sort; here not a pass' },
  '220': { zh: '意愿判定不通过', en: 'the person’s consent is not accepted' },
  '221': { zh: '声纹比对不一致', en: 'the voice is not that person’s' },
  '222': { zh: '常规认证失败', en: 'the usual verification fails' },
} as const;

/** Who has failed so cannot be verified by a face any more. */
export const NO_SOURCE: readonly string[] = ['201', '202', '203'];

/** 人脸比对不一致: the face was another's. */
export const FACE_DIFFERS = '204';

export const faceEndings: Endings = {
  of: 'DescribeFaceVerify',
  ends: ['pass', 'fail', 'quit', 'expire'],
  reasons: Object.entries(subCodes).map(([reason, text]) => ({ reason, text })),
  usual: FACE_DIFFERS,
  unfinished: '424',
};

/** 32 characters; real ones begin with `sha`. */
export const certifyId = (ids: Pick<Ids, 'token'>): string => `sha${ids.token().slice(3)}`;

/** Page “InitFaceVerify”: CertifyId and CertifyUrl. */
export const CERTIFY_MS = 30 * 60_000;

/** ReturnUrl of a page in a frame: it posts a message and leads nowhere. */
export const IN_FRAME = 'iframe';

/** What a CertifyId adds to its row; its scope is the SceneId, its name the OuterOrderNo. */
export interface FaceData {
  readonly productCode: string;
  readonly userId?: string;
  /** Where the page sends the person, or {@link IN_FRAME}; set where there is a page. */
  readonly returnUrl?: string;
  /** ProcedurePriority=keep: where the browser can take no picture the page gives up. */
  readonly keep?: true;
  /** FaceGuardOutput=DeviceRisk. */
  readonly deviceRisk?: true;
  /** DescribeFaceVerify has answered its result. */
  readonly queried?: true;
  /** DeleteFaceVerifyResult has removed what was stored of the person. */
  readonly deleted?: true;
  /** RarelyCharacters=Y. */
  readonly userInfo?: true;
  readonly callback?: KeptCallback;
}

export const faceData = (one: Verification): FaceData => JSON.parse(one.data) as FaceData;

/** @param ended one that has passed or failed */
export const subCodeOf = ({ status, reason }: Pick<Conclusion | Verification, 'status' | 'reason'>): string =>
  status === 'passed' ? '200' : (reason ?? faceEndings.usual);

export const financialGrade: VerificationKind = {
  name: 'financial-grade',
  endings: faceEndings,
  // of the app SDK; the web page has codes like these, and other reasons
  callbacks: { pass: '1000', fail: '2006', quit: '1003', expire: '1001' },
  // seen in programs; Z1008 by the sister product's list of client errors
  callbackReasons: { fail: 'Z5128', quit: 'Z1008', expire: 'Z5114' },
  // page “InitFaceVerify”: `?callbackToken=1000004826&certifyId=shaxxxx&passed=200`
  callback(one, ended) {
    const { callback } = faceData(one);
    if (!callback) return undefined;
    const { url, token, refused } = callback;
    const params = [['certifyId', one.id] as const, ['passed', subCodeOf(ended)] as const];
    return { url, params: token === undefined ? params : [['callbackToken', token], ...params], refused };
  },
  endable: ['open'],
  left: 'quit',
  shown: (one) => ({
    id: one.id,
    detail: `${faceData(one).productCode}, OuterOrderNo ${one.name}${one.reason ? `, SubCode ${one.reason}` : ''}`,
  }),
  page: (one) => (faceData(one).returnUrl === undefined ? undefined : `${CERTIFY_PATH}?certifyId=${one.id}`),
  pictures: ({ id }) => ({ bucket: FACE_BUCKET, prefix: faceKey(id) }),
  hasPerson: () => true,
  values: (one) => ({ name: one.person ?? faceData(one).userId, number: one.subject ?? undefined }),
};
