/** Sessions of SAF's face_verify: one per init or initH5. What has ended stays as it is. */
import { SESSION_BUCKET } from '../../verification/buckets.js';
import type { Endings } from '../../verification/endings.js';
import type { VerificationKind } from '../verification-kind.js';
import { queryErrors } from './2017-03-31/codes.js';

/** What a failed session can answer; 300 would say it has not ended. */
const FAILURES = Object.entries(queryErrors).filter(([code]) => code !== '300');

/** 刷脸失败: the face was another's. That a service is down or not open is no failure of a person. */
export const FACE_FAILED = 'Z1146';

export const sessionEndings: Endings = {
  of: 'face_verify.query',
  ends: ['pass', 'fail', 'quit', 'expire'],
  reasons: FAILURES.map(([code, row]) => ({
    reason: code,
    text: { zh: 'resultMsgSub' in row ? (row.resultMsgSub ?? row.message) : row.message, en: `${code}: ${row.when}` },
  })),
  usual: FACE_FAILED,
  unfinished: '300',
};

/** retCode of the mobile SDKs and of the web page. 2002, a network error, comes from no ending; 1001 for expiry is guessed. */
export const RET_CODES = { pass: 1000, fail: 2006, quit: 1003, expire: 1001 } as const;

/** The vendor's path of the page; initH5's answer names none, merchants write it themselves. */
export const SAF_PAGE_PATH = '/gjj/identification_jry.html';

/** How a session was opened: what its scope holds. */
export type Channel = 'mobile' | 'h5';

export const safSession: VerificationKind = {
  name: 'saf',
  endings: sessionEndings,
  callbacks: {
    pass: String(RET_CODES.pass),
    fail: String(RET_CODES.fail),
    quit: String(RET_CODES.quit),
    expire: String(RET_CODES.expire),
  },
  endable: ['open'],
  left: 'quit',
  shown: ({ id, scope, name, reason }) => ({ id, detail: `${scope}, bizId ${name}${reason ? `, ${reason}` : ''}` }),
  page: ({ id, scope }) => (scope === 'h5' ? `${SAF_PAGE_PATH}?zimId=${id}` : undefined),
  pictures: ({ id }) => ({ bucket: SESSION_BUCKET, prefix: `${id}.jpg` }),
  hasPerson: () => true,
  values: ({ person, subject }) => ({ name: person ?? undefined, number: subject ?? undefined }),
};
