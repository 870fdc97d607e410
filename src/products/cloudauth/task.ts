/**
 * Tasks of Cloudauth 2017-11-17: each VerifyToken is a session of 1,800 s, and those of one Biz and TicketId share their
 * state. A task that was left or has failed can be gone on with.
 */
import type { Photos } from '../../gateway/context.js';
import { PAGE_PATH } from '../../gateway/urls.js';
import { VERIFY_BUCKET } from '../../verification/buckets.js';
import type { Endings } from '../../verification/endings.js';
import { SYNTHETIC_PERSON } from '../../verification/person.js';
import { needsPerson } from '../../verification/solutions.js';
import type { Materials, Verification } from '../../verification/verification.js';
import { queryErrors } from '../saf/2017-03-31/codes.js';
import type { Unusable, VerificationKind } from '../verification-kind.js';
import { bindingMaterials, kept, type Sent, unusablePicture } from './materials.js';

/** AuditConclusions: the three kinds the page “查询认证状态” names. */
export const BLURRED = '身份证照片模糊，光线问题造成字体无法识别';
export const OTHERWISE = '身份证照片信息与认证提交信息不一致';
export const NO_CARD = '提交的照片非身份证照片';

/** A code of SAF's query fails a task as well: none of the three speaks of a face. */
const SAF_CODES = Object.keys(queryErrors).filter((code) => code !== '300');

export const taskEndings: Endings = {
  of: 'Cloudauth',
  ends: ['pass', 'fail', 'quit', 'expire'],
  reasons: [
    { reason: BLURRED, also: ['blurred', ...SAF_CODES], text: { zh: BLURRED, en: 'card photo blurred' } },
    { reason: OTHERWISE, also: ['mismatch'], text: { zh: OTHERWISE, en: 'card and data differ' } },
    { reason: NO_CARD, also: ['no-card'], text: { zh: NO_CARD, en: 'not an ID card' } },
  ],
  usual: BLURRED,
  anyText: true,
};

/** What a server submits is judged there and then. */
export const submissionEndings: Endings = { ...taskEndings, of: 'SubmitMaterials', ends: ['pass', 'fail'] };

/** What a task adds to its row. */
export interface TaskData {
  readonly solution: string;
  /** The Binding parameter: materials the caller had collected before. */
  readonly binding: Readonly<Record<string, unknown>>;
  /** How Binding came; earlier builds did not keep it. */
  readonly sent?: Sent;
}

export const taskData = (one: Verification): TaskData => JSON.parse(one.data) as TaskData;

/** @returns the first picture of Binding that cannot be used, and why; what was handed in since stands in its place */
export function unusableBinding(one: Verification, handedIn: Materials, photos: Photos): Promise<Unusable | undefined> {
  const { binding, sent = { method: 'POST', fromPage: false } } = taskData(one);
  const left = Object.entries(bindingMaterials(binding)).filter(([name]) => handedIn[name] === undefined);
  return unusablePicture(Object.fromEntries(left), photos, sent);
}

export const cloudauthTask: VerificationKind = {
  name: 'cloudauth',
  endings: taskEndings,
  // five words of the old Android SDK; for iOS inferred. AUDIT_IN_AUDIT is what a task under review brings, and what an
  // expired session brings is guessed
  callbacks: { pass: 'AUDIT_PASS', fail: 'AUDIT_FAIL', quit: 'AUDIT_NOT', expire: 'AUDIT_EXCEPTION' },
  endable: ['open', 'review', 'failed'],
  left: 'open',
  shown: (one) => {
    const { solution } = taskData(one);
    // a Biz nobody has named is called as its solution is
    return { id: one.name, detail: `Biz ${one.scope}${solution === one.scope ? '' : `, ${solution}`}` };
  },
  page: (one) => (needsPerson(taskData(one).solution) ? `${PAGE_PATH}?token=${one.id}` : undefined),
  pictures: ({ id }) => ({ bucket: VERIFY_BUCKET, prefix: `${id}/` }),
  hasPerson: (one) => needsPerson(taskData(one).solution),
  values(one) {
    const { Name, IdentificationNumber, ...others } = bindingMaterials(taskData(one).binding);
    return { ticket: one.name, pictures: Object.values(others), name: Name, number: IdentificationNumber };
  },
  async result(one, handedIn, photos) {
    const unusable = await unusableBinding(one, handedIn, photos);
    if (unusable) return { unusable };
    return {
      kept: await kept({ ...SYNTHETIC_PERSON, ...bindingMaterials(taskData(one).binding), ...handedIn }, photos),
    };
  },
};

/** Face against card portrait, and against the authority's picture, 0–100; 80 stands for a false-accept rate of 0.1 %. */
export function scoresOf({ status }: Verification): { similarity?: number; authority?: number } {
  if (status === 'passed') return { similarity: 96.5, authority: 97.5 };
  return status === 'failed' ? { similarity: 41.5, authority: 38.2 } : {};
}

/** StatusCode: −1 nothing submitted, 0 under review, 1 passed, 2 failed. */
export const STATUS_CODES = { open: -1, quit: -1, review: 0, passed: 1, failed: 2 } as const;
