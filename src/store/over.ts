/** What can be over, and what goes with it: each kind of it in its order, which an index has. */
import { FACE_BUCKET, faceKey, SESSION_BUCKET, VERIFY_BUCKET } from '../verification/buckets.js';
import { TOKEN_SECONDS } from '../verification/verification.js';
import { NEVER } from './credentials.js';
import type { Arg, Statement } from './database.js';

export type Row = Readonly<Record<string, Arg>>;

/** `WHERE` of rows of an account. */
interface Rows {
  readonly table: string;
  readonly where: string;
  args(now: number): readonly Arg[];
}

export interface Ring extends Rows {
  /** The oldest first. */
  readonly order: string;
  readonly columns: string;
  /** Not all that count may go: of the oldest so many those that may. */
  readonly unless?: { readonly among: number } & Rows;
  /** @returns statements that remove one, unless it has changed since it was read */
  remove(account: string, row: Row): readonly Statement[];
}

const NOTHING = () => [];

/** A task goes with all its tokens. */
function removeVerification(account: string, one: Row): readonly Statement[] {
  const key = [account, one.id!];
  const unchanged = `EXISTS (SELECT 1 FROM verifications WHERE account = ? AND id = ? AND later = ? AND status = ? AND COALESCE(over_at, 0) = ?)`;
  const same = [...key, one.later!, one.status!, one.over_at ?? 0];
  const group = 'account = ? AND name = ? AND kind = ? AND scope = ?';
  return one.shared && !one.later
    ? [
        [
          `DELETE FROM verifications WHERE ${group} AND ${unchanged} RETURNING id, issued_at`,
          [account, one.name!, one.kind!, one.scope!, ...same],
        ],
      ]
    : [
        [
          `DELETE FROM verifications WHERE account = ? AND id = ? AND ${unchanged} RETURNING id, issued_at`,
          [...key, ...same],
        ],
      ];
}

const VERIFICATIONS = {
  table: 'verifications',
  columns: 'kind, id, name, scope, shared, later, status, over_at',
  remove: removeVerification,
};
const CREDENTIALS = {
  table: 'credentials',
  columns: 'access_key_id',
  order: 'expires_at',
  remove: (account: string, { access_key_id }: Row): Statement[] => [
    ['DELETE FROM credentials WHERE account = ? AND access_key_id = ?', [account, access_key_id!]],
  ],
};

export const RINGS: readonly Ring[] = [
  { ...VERIFICATIONS, where: 'over_at IS NOT NULL', order: 'over_at', args: NOTHING },
  {
    ...{ ...VERIFICATIONS, order: 'seq' },
    ...{ where: `later = 0 AND status = 'open'`, args: NOTHING },
    // left by everybody: nobody can end it with that token
    unless: { among: 5000, table: 'verifications', where: 'expires_at <= ?', args: (now) => [now] },
  },
  { ...CREDENTIALS, where: 'expires_at <= ?', args: (now) => [now] },
  // plain keys of AuthorizeFileUpload; the emulator's own ends last and stays
  { ...CREDENTIALS, where: 'expires_at >= ? AND expires_at < ?', args: () => [NEVER, Number.MAX_SAFE_INTEGER] },
  {
    ...{ table: 'builds', columns: 'task_id', where: '1 = 1', order: 'created_at', args: NOTHING },
    remove: (account, { task_id }) => [['DELETE FROM builds WHERE account = ? AND task_id = ?', [account, task_id!]]],
  },
  {
    ...{ table: 'uploads', columns: 'upload_id', where: '1 = 1', order: 'started_at', args: NOTHING },
    remove: (account, { upload_id }) => [
      ['DELETE FROM uploads WHERE account = ? AND upload_id = ?', [account, upload_id!]],
      ['DELETE FROM parts WHERE account = ? AND upload_id = ? RETURNING blobs', [account, upload_id!]],
    ],
  },
];

/** What an id alone had: the key to its uploads, what was uploaded with it, its picture, its pages. */
export function ownedBy(account: string, { id, issued_at }: Row): readonly Statement[] {
  const object = 'DELETE FROM objects WHERE account = ? AND bucket = ? AND key';
  return [
    [
      'DELETE FROM credentials WHERE account = ? AND expires_at = ? AND path = ?',
      // issued together they end together
      [account, Number(issued_at) + TOKEN_SECONDS * 1000, `${id}/`],
    ],
    ['DELETE FROM visits WHERE account = ? AND subject = ?', [account, id!]],
    ['DELETE FROM page_steps WHERE account = ? AND subject = ?', [account, id!]],
    // what begins with the id and a slash: after the slash comes 0
    [`${object} > ? AND key < ? RETURNING blobs`, [account, VERIFY_BUCKET, `${id}/`, `${id}0`]],
    [`${object} = ? RETURNING blobs`, [account, FACE_BUCKET, faceKey(String(id))]],
    [`${object} = ? RETURNING blobs`, [account, SESSION_BUCKET, `${id}.jpg`]],
  ];
}
