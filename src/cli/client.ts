/** A running emulator, asked by a command: where it is, and what its control side answers. */
import { named, OptionError, settings } from '../config/options.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { calledAs, inUrl } from '../platform/hosts.js';
import { InputError } from '../platform/input-error.js';
import { type Call, Unanswered } from './command.js';

const TIMEOUT_MS = 10_000;

export interface Place {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws OptionError */
export function placeOf({ flags, options }: Call): Place {
  const { port, host, adminToken } = options('port', 'host', 'adminToken');
  const headers: Record<string, string> = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` };
  if (flags.url !== undefined) return { url: named('--url', () => addressOf(String(flags.url))), headers };
  if (port === 0) throw new OptionError('--port: 0 is any free one; say which one the emulator took');
  return { url: `http://${inUrl(calledAs(host))}:${port}`, headers };
}

function addressOf(text: string): string {
  const url = settings.publicUrl.read([text]);
  if (url === undefined) throw new InputError('it is empty');
  return url;
}

/** @param path below `/_mock`. @throws Unanswered with the next step */
async function reach({ url, headers }: Place, path: string, init: RequestInit): Promise<Response> {
  const where = 'start the emulator, or say where it is with --url or --port';
  const reply = await fetch(`${url}/_mock${path}`, { ...init, headers }).catch((error: Error & { cause?: Error }) => {
    throw new Unanswered(`no answer from ${url}: ${error.cause?.message || error.message}; ${where}`);
  });
  // whatever else listens there may say yes to anything
  if (!reply.headers.has('x-cloudauth-mock')) throw new Unanswered(`${url} is no cloudauth-mock; ${where}`);
  if (reply.ok) return reply;
  const { error } = (await reply.json().catch(() => ({}))) as { error?: string };
  throw new Unanswered(error ?? `${url} answered ${reply.status}`);
}

function send(place: Place, path: string, body?: object, method = body && 'POST'): Promise<Response> {
  const sent = { method, ...(body && { body: JSON.stringify(body) }) };
  return reach(place, path, { ...sent, signal: AbortSignal.timeout(TIMEOUT_MS) });
}

const read = async <T>(reply: Response): Promise<T> => (await reply.json().catch(() => ({}))) as T;

/** @param path below `/_mock`. @param body makes it a POST. @throws Unanswered with the next step */
export const ask = async <T>(...sent: Parameters<typeof send>): Promise<T> => read<T>(await send(...sent));

/** The same, of what is no JSON. */
export const askText = async (place: Place, path: string): Promise<string> =>
  (await reach(place, path, { signal: AbortSignal.timeout(TIMEOUT_MS) })).text();

/** Where none is named the emulator says whose it is: who has an account's token means that one. */
export const accountQuery = ({ flags: { account } }: Call): Readonly<Record<string, string>> =>
  account === undefined ? {} : { account: String(account) };

/** The control side as one account sees it, for commands that end with one answer. */
export function accountSide(call: Call) {
  const place = placeOf(call);
  const query = String(new URLSearchParams(accountQuery(call)));
  const { json } = call.options('json');
  let own: string | null = null;
  return {
    /** Whose it was, once something has been asked. */
    account: (): string => String(call.flags.account ?? (own === null ? DEFAULT_ACCOUNT : decodeURIComponent(own))),
    place,
    /** @param path below `/_mock`. @throws Unanswered with the next step */
    async ask<T>(path: string, body?: object, method?: string): Promise<T> {
      const reply = await send(place, `${path}${query && (path.includes('?') ? '&' : '?')}${query}`, body, method);
      own = reply.headers.get('x-cloudauth-mock-account');
      return read<T>(reply);
    },
    /** For a program as it came; else the sentence. */
    print: (value: unknown, said: string): void => call.out(json ? `${JSON.stringify(value, null, 2)}\n` : said),
  };
}

/** Each event of a stream as it comes, until it ends. @throws Unanswered with the next step */
export async function* listen<T>(place: Place, path: string): AsyncGenerator<T, void> {
  const { body } = await reach(place, path, {});
  const decoder = new TextDecoder();
  let pending = '';
  try {
    for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (pending + decoder.decode(bytes, { stream: true })).split('\n');
      pending = lines.pop()!;
      for (const line of lines) if (line.startsWith('data: ')) yield JSON.parse(line.slice('data: '.length)) as T;
    }
  } catch {
    throw new Unanswered(`${place.url} has gone`);
  }
}
