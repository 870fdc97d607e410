/** The control side, asked by the page it serves: addresses are relative, host and folder are a proxy's business. */
import { signal } from '@preact/signals';

export const lang: 'zh' | 'en' = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

/** Of who holds the token of one account: no other is shown to them. */
export const own = document.body.dataset.own;

/** Whose journal, verifications and rules are shown. */
export const account = signal(own ?? (new URLSearchParams(location.search).get('account') || 'default'));

/** Said for a moment, to the eye and to a screen reader. */
export const said = signal<{ readonly text: string; readonly bad?: boolean } | undefined>(undefined);

let clearing: ReturnType<typeof setTimeout> | undefined;
export function say(text: string, bad = false): void {
  said.value = { text, bad };
  clearTimeout(clearing);
  clearing = setTimeout(() => {
    said.value = undefined;
  }, 6000);
}

export const address = (path: string, query: Readonly<Record<string, string>> = {}): string =>
  `${path}?${new URLSearchParams({ account: account.value, lang, ...query })}`;

export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export class Refused extends Error {
  /** @param problems of a text that was sent, where there are any */
  constructor(
    message: string,
    readonly problems: readonly Problem[],
  ) {
    super(message);
  }
}

export async function reply(
  path: string,
  query?: Readonly<Record<string, string>>,
  init?: RequestInit,
): Promise<Response> {
  const response = await fetch(address(path, query), init);
  if (response.ok) return response;
  const { error, problems = [] } = (await response.json().catch(() => ({}))) as {
    error?: string;
    problems?: readonly Problem[];
  };
  throw new Refused(error ?? `HTTP ${response.status}`, problems);
}

/** @throws Refused with what the control side says */
export const get = async <T>(path: string, query?: Readonly<Record<string, string>>): Promise<T> =>
  (await reply(path, query)).json() as Promise<T>;

export const getText = async (path: string, query?: Readonly<Record<string, string>>): Promise<string> =>
  (await reply(path, query)).text();

export const post = async <T>(path: string, body: object = {}): Promise<T> =>
  (await reply(path, {}, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<T>;

/** As it stands, not as JSON. */
export const sendText = async (method: 'POST' | 'PUT', path: string, body: string): Promise<void> =>
  void (await reply(path, {}, { method, body }));

export const remove = async (path: string): Promise<void> => void (await reply(path, {}, { method: 'DELETE' }));

/** Does it, and says what went wrong. @returns whether it went well */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    say((error as Error).message, true);
    return false;
  }
}

export async function copy(text: string, done: string): Promise<void> {
  if (await attempt(() => navigator.clipboard.writeText(text))) say(done);
}
