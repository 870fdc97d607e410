/** `cloudauth-mock device`: the simulated phone in a terminal. */
import { parseArgs } from 'node:util';
import { type Env, PLACE, placeOf, type Streams, TIMEOUT_MS, table } from './cli-commands.js';
import type { VerificationView } from './control.js';
import { DEFAULT_ACCOUNT } from './gateway/accounts.js';
import { callbackOf, ENDS, type End } from './h5/callbacks.js';
import { OptionError } from './options.js';
import type { Product } from './verifications.js';

/** Refused by the emulator, or nobody answered: the message is for people. */
class Refused extends Error {}

/**
 * @param argv the command itself, then its words and flags
 * @returns the exit code: 0, or 1 when the emulator cannot be reached or refuses
 * @throws OptionError when the words or flags are wrong
 */
export async function runDevice([, ...argv]: readonly string[], env: Env, streams: Streams): Promise<0 | 1> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      ...Object.fromEntries([...ENDS, 'json'].map((flag) => [flag, { type: 'boolean' } as const])),
      ...Object.fromEntries(['url', 'account', ...PLACE].map((flag) => [flag, text])),
    },
  });
  const flags = values as Record<string, string | boolean | undefined>;
  const { id, end, reason } = orderOf(
    positionals,
    ENDS.filter((name) => flags[name]),
  );
  const { url, headers } = placeOf(flags, env);
  const account = String(flags.account ?? DEFAULT_ACCOUNT);
  const print = (value: unknown, plain: string) =>
    streams.out(flags.json ? `${JSON.stringify(value, null, 2)}\n` : plain);

  async function ask<T>(path: string, query: object, body?: object): Promise<T> {
    const reply = await fetch(`${url}/_mock/verifications${path}?${new URLSearchParams({ account, ...query })}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: Error & { cause?: Error }) => {
      throw new Refused(`no answer from ${url}: ${error.cause?.message || error.message}`);
    });
    const answer = (await reply.json().catch(() => ({}))) as T & { error?: string };
    if (!reply.ok) throw new Refused(answer.error ?? `${url} answered ${reply.status}`);
    return answer;
  }

  try {
    if (!id || !end) {
      const open = await ask<VerificationView[]>('', { status: 'open' });
      print(open, listOf(open));
      return 0;
    }
    const { product } = await ask<{ product: Product }>(`/${encodeURIComponent(id)}/${end}`, {}, { reason });
    const callback = callbackOf(product, end);
    print(
      { id, end, ...(reason !== undefined && { reason }), callback },
      `${id} ${end}: the client SDK reports ${callback}\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    streams.err(`cloudauth-mock: ${error.message}\n`);
    return 1;
  }
}

/** `--fail` takes its reason as the word after the id, as a flag cannot have a value only sometimes. */
function orderOf(words: readonly string[], ends: readonly End[]): { id?: string; end?: End; reason?: string } {
  const [id, reason, ...extra] = words;
  const [end] = ends;
  if (ends.length > 1) throw new OptionError(`give one of ${ENDS.map((name) => `--${name}`).join(', ')}`);
  if (id !== undefined && !end)
    throw new OptionError(`say how '${id}' ends: --pass, --fail [REASON], --quit or --expire`);
  if (id === undefined && end) throw new OptionError(`--${end} needs an id; without one, device lists them`);
  if (extra.length > 0 || (reason !== undefined && end !== 'fail'))
    throw new OptionError(`device takes no '${[reason, ...extra].at(-1)}'`);
  return { id, end, reason };
}

const listOf = (open: readonly VerificationView[]): string =>
  open.length === 0
    ? 'nothing is under way; start a verification, with --device manual so that nobody finishes it by itself\n'
    : table([
        ['ID', 'PRODUCT', 'STARTED', 'DETAIL'],
        ...open.map(({ id, product, startedAt, detail, pageOpen }) => [
          ...[id, product, startedAt],
          pageOpen ? `${detail}, page open` : detail,
        ]),
      ]);
