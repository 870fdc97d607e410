/** `cloudauth-mock device`: the simulated phone in a terminal. */
import { OptionError } from '../config/options.js';
import type { VerificationView } from '../control/verbs.js';
import type { Translate } from '../platform/translate.js';
import { kindOf } from '../products/kinds.js';
import { clientReport } from '../products/verification-kind.js';
import { ENDS, type End } from '../verification/outcome.js';
import { accountQuery, ask, placeOf } from './client.js';
import type { Call } from './command.js';
import { table } from './table.js';

/**
 * @returns the exit code: 0
 * @throws OptionError; Unanswered when the emulator cannot be reached or refuses
 */
export async function device(call: Call): Promise<0> {
  const { flags, words, options, out, translator } = call;
  const t = await translator();
  const { id, end, reason } = orderOf(
    words,
    ENDS.filter((name) => flags[name]),
  );
  const place = placeOf(call);
  const { json } = options('json');
  const print = (value: unknown, plain: string) => out(json ? `${JSON.stringify(value, null, 2)}\n` : plain);
  const path = (rest: string, query = {}) =>
    `/verifications${rest}?${new URLSearchParams({ ...accountQuery(call), ...query })}`;

  if (id === undefined || !end) {
    const open = await ask<VerificationView[]>(place, path('', { status: 'open' }));
    print(open, listOf(open, t));
    return 0;
  }
  // what is tried by hand must not lock a person out
  const order = { reason, counts: false };
  const { product } = await ask<{ product: string }>(place, path(`/${encodeURIComponent(id)}/${end}`), order);
  const kind = kindOf(product);
  const [callback, callbackReason] = [kind.callbacks[end], kind.callbackReasons?.[end]];
  print(
    { id, end, ...(reason !== undefined && { reason }), callback, ...(callbackReason && { callbackReason }) },
    `${t(`${id} ${end}: the client SDK reports ${clientReport(kind, end)}`)}\n`,
  );
  return 0;
}

/** `--fail` takes its reason as the word after the id, as a flag cannot have a value only sometimes. */
function orderOf(words: readonly string[], ends: readonly End[]): { id?: string; end?: End; reason?: string } {
  const [id, reason, ...extra] = words;
  const [end] = ends;
  // in a script most likely a variable that holds nothing
  if (id === '') throw new OptionError('the id is empty');
  if (ends.length > 1) throw new OptionError(`give one of ${ENDS.map((name) => `--${name}`).join(', ')}`);
  if (id !== undefined && !end)
    throw new OptionError(`say how '${id}' ends: --pass, --fail [REASON], --quit or --expire`);
  if (id === undefined && end) throw new OptionError(`--${end} needs an id; without one, device lists them`);
  if (extra.length > 0 || (reason !== undefined && end !== 'fail'))
    throw new OptionError(`device takes no '${[reason, ...extra].at(-1)}'`);
  return { id, end, reason };
}

const listOf = (open: readonly VerificationView[], t: Translate): string =>
  open.length === 0
    ? `${t('nothing is under way; start a verification, with --device manual so that nobody finishes it by itself')}\n`
    : table([
        ['ID', 'PRODUCT', 'STARTED', 'DETAIL'],
        ...open.map(({ id, product, startedAt, detail, asksFor, left, expired, pageOpen }) => [
          ...[id, product, startedAt],
          [detail, asksFor && `asks for ${asksFor}`, left && 'left', expired && 'expired', pageOpen && 'page open']
            .filter(Boolean)
            .join(', '),
        ]),
      ]);
