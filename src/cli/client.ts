/** A running emulator, asked by a command: where it is, and what its control side answers. */
import { OptionError, readOptions, settings } from '../config/options.js';

export type Env = Readonly<Record<string, string | undefined>>;

const TIMEOUT_MS = 10_000;
/** Where to find the emulator, besides `--url`. */
export const PLACE = ['host', 'port', 'admin-token'] as const;

/** Refused by the emulator, or nobody answered: the message is for people. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

export interface Place {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws OptionError */
export function placeOf(flags: Readonly<Record<string, unknown>>, env: Env): Place {
  const given = Object.fromEntries(
    PLACE.filter((flag) => flags[flag] !== undefined).map((flag) => [flag, [String(flags[flag])]]),
  );
  const { port, host, adminToken } = readOptions(given, env);
  const headers: Record<string, string> = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` };
  if (flags.url === undefined) return { url: `http://${reachable(host)}:${port}`, headers };
  try {
    const url = settings.publicUrl.read([String(flags.url)]);
    if (url === undefined) throw new RangeError('it is empty');
    return { url, headers };
  } catch (error) {
    throw new OptionError(`--url: ${(error as Error).message}`);
  }
}

/** A wildcard is bound to, not called. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** @param path below `/_mock`. @param body makes it a POST. @throws Unanswered with the next step */
export async function ask<T>({ url, headers }: Place, path: string, body?: object): Promise<T> {
  const where = 'start the emulator, or say where it is with --url or --port';
  const reply = await fetch(`${url}/_mock${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: Error & { cause?: Error }) => {
    throw new Unanswered(`no answer from ${url}: ${error.cause?.message || error.message}; ${where}`);
  });
  // whatever else listens there may say yes to anything
  if (!reply.headers.has('x-cloudauth-mock')) throw new Unanswered(`${url} is no cloudauth-mock; ${where}`);
  const answer = (await reply.json().catch(() => ({}))) as T & { error?: string };
  if (!reply.ok) throw new Unanswered(answer.error ?? `${url} answered ${reply.status}`);
  return answer;
}
