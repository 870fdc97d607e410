/** What differs between two states, as a tester is shown it: masked, and bounded. */
import { maskText } from '../platform/redact.js';
import type { Arg } from '../store/database.js';
import type { RowChange } from '../store/snapshot-verbs.js';

export interface Counts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

type Shown = 'verifications' | 'builds' | 'scenes' | 'clock' | 'objects';

/** Names of tables, as they are shown. */
export const TABLES: Readonly<Record<string, Shown>> = {
  ...{ verifications: 'verifications', builds: 'builds', scenes: 'scenes', clocks: 'clock', objects: 'objects' },
};

export interface SnapshotDifference {
  /** Names of snapshots; `after` null: the state there is now. */
  readonly before: string;
  readonly after: string | null;
  readonly tables: Readonly<Record<Shown, Counts>>;
  /** Of each table the first 50. */
  readonly rows: readonly Change[];
}

export interface Change {
  readonly table: Shown;
  readonly change: keyof Counts;
  /** What it is about: a TicketId, the name of an object. Ids that open something are not shown. */
  readonly name: string;
  /** The fields that are not the same; of one that came or went those worth reading. */
  readonly fields: readonly FieldChange[];
}

/** Values are masked; of what nobody should see there are none, and the name says that it differs. */
export interface FieldChange {
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
}

const NAMES: Readonly<Record<Shown, readonly string[]>> = {
  ...{ verifications: ['kind', 'name'], builds: ['task_id'], scenes: ['biz'], clock: [], objects: ['bucket', 'key'] },
};
const INSTANTS = ['created_at', 'issued_at', 'expires_at', 'concluded_at', 'modified_at', 'built_at', 'frozen_at'];
const TEXTS = [
  'status',
  'reason',
  'asked',
  'endings',
  'solution',
  'platform',
  'package_name',
  'refused',
  'size',
  'offset_ms',
];
/** Of a row that came or went. */
const TELLING = ['status', 'reason', 'expires_at', 'solution', 'platform', 'size', 'offset_ms', 'frozen_at'];
const LONGEST = 120;

export function changeOf(table: string, { before, after }: RowChange): Change {
  const shown = TABLES[table]!;
  const row = after ?? before!;
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const columns = Object.keys(row).filter((column) =>
    change === 'changed' ? before?.[column] !== after?.[column] : TELLING.includes(column) && row[column] !== null,
  );
  return {
    table: shown,
    change,
    name: NAMES[shown].map((column) => said(row[column])).join(' '),
    fields: columns.map((field) => ({
      field,
      ...valueIn('before', field, before?.[field]),
      ...valueIn('after', field, after?.[field]),
    })),
  };
}

function valueIn(side: 'before' | 'after', field: string, value: Arg | undefined): Partial<FieldChange> {
  if (value === undefined || value === null) return {};
  if (INSTANTS.includes(field)) return { [side]: new Date(Number(value)).toISOString() };
  return TEXTS.includes(field) ? { [side]: said(value) } : {};
}

const said = (value: Arg | undefined): string => {
  const text = maskText(String(value ?? ''));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};
