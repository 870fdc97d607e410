/** The filter: words that all have to fit. `op:GetStatus code:!ok` names a field, any other word may stand anywhere. */
import { type Row, textOf } from './row.js';

const FIELDS: Readonly<Record<string, (row: Row) => string>> = {
  op: ({ operation }) => operation,
  code: ({ code, kind }) => code ?? (kind === 'call' ? 'ok' : ''),
  ticket: ({ subject = '' }) => subject,
  rule: ({ rules }) => rules,
  status: ({ status }) => status,
  kind: ({ kind }) => kind,
  trace: ({ traceId = '' }) => traceId,
  why: ({ cause = '', why = '' }) => `${cause} ${why}`,
  text: textOf,
};

export interface Filter {
  fits(row: Row): boolean;
  /** A field there is not. */
  readonly unknown?: string;
}

export const ALL: Filter = { fits: () => true };

export function readFilter(text: string, errorsOnly: boolean): Filter {
  const tests: ((row: Row) => boolean)[] = errorsOnly ? [({ bad }) => bad] : [];
  let unknown: string | undefined;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const [, before, name, after, value] = /^(!?)(?:([a-z]+):)?(!?)(.*)$/s.exec(word)!;
    const field = name === undefined ? FIELDS.text! : FIELDS[name];
    if (!field) {
      unknown = name;
      continue;
    }
    if (value === '') continue;
    const wanted = value!.toLowerCase();
    const positive = before === after;
    // a word of one's own for success must not be found within another
    const test =
      name === 'code' && wanted === 'ok' ? (has: string) => has === 'ok' : (has: string) => has.includes(wanted);
    tests.push((row) => test(field(row).toLowerCase()) === positive);
  }
  return { fits: (row) => tests.every((test) => test(row)), unknown };
}
