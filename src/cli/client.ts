/** A running emulator, asked by a command: where it is, and what its control side answers. */
import { named, OptionError, settings } from '../config/options.js';
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
