/** The rule that is being made, and the ways to write it down. */
import { computed, signal } from '@preact/signals';
import { posixWord } from '../../../../platform/shell.js';
import { go } from '../views.js';

export interface Draft {
  /** Operation path. */
  readonly on: string;
  readonly code: string;
  /** From which matching call. */
  readonly from: number;
  /** 0: always. */
  readonly times: number;
  readonly delay: number;
  readonly fault: string;
  /** `Name=value`, or nothing. */
  readonly only: string;
}

const EMPTY: Draft = { on: '', code: '', from: 1, times: 1, delay: 0, fault: '', only: '' };

export const draft = signal<Draft>(EMPTY);

export const change = (part: Partial<Draft>): void => {
  draft.value = { ...draft.value, ...part };
};

/** Begins one, and shows it. */
export function prepare(part: Partial<Draft>): void {
  draft.value = { ...EMPTY, ...part };
  go('fail');
}

/** As `POST scenarios` takes it; undefined while it would do nothing. */
export const rule = computed(() => {
  const { on, code, from, times, delay, fault, only } = draft.value;
  const then = {
    ...(code !== '' && { fail: code }),
    ...(delay > 0 && { delay }),
    ...(fault !== '' && { fault }),
  };
  if (on === '' || Object.keys(then).length === 0) return undefined;
  const [name = '', ...value] = only.split('=');
  return {
    on,
    ...(name !== '' && { when: { params: { [name]: value.join('=') } } }),
    ...(from > 1 && { after: from - 1 }),
    ...(times > 0 && { times }),
    then,
  };
});

/** A flow mapping of YAML is JSON, and a little more: what needs no quotes has none. */
export function yaml(value: unknown): string {
  if (typeof value === 'string')
    return /^[A-Za-z][\w./*-]*$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value)
      ? value
      : JSON.stringify(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${yaml(inner)}`)
    .join(', ')} }`;
}

/** The same rule for a terminal, a file, a test. @param base of the control side */
export const written = (base: string, query: string) =>
  computed((): readonly (readonly [name: string, text: string])[] => {
    const made = rule.value;
    if (!made) return [];
    const text = `rules: [${yaml(made)}]`;
    const { on, code, from, times, delay, fault, only } = draft.value;
    const isNext = from === 1 && times === 1 && delay === 0 && fault === '' && only === '';
    return [
      ['YAML', text],
      ['curl', `curl -s ${posixWord(`${base}/scenarios${query}`)} -d ${posixWord(text)}`],
      isNext
        ? ['failNext', `mock.failNext(${JSON.stringify(on)}, ${JSON.stringify(code)})`]
        : ['scenarios.add', `await mock.scenarios.add(${JSON.stringify({ rules: [made] })})`],
    ];
  });
