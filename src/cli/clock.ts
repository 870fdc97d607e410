/** `cloudauth-mock clock`: the business clock of an account of a running emulator. */
import { OptionError } from '../config/options.js';
import type { Control } from '../control/verbs.js';
import type { Translate } from '../platform/translate.js';
import { accountSide } from './client.js';
import type { Call } from './command.js';

type Now = ReturnType<Control['now']>;

/**
 * @returns the exit code: 0
 * @throws OptionError; Unanswered when the emulator cannot be reached, or refuses
 */
export async function clock(call: Call): Promise<0> {
  const order = orderOf(call.words);
  const { ask, print } = accountSide(call);
  const now = await ask<Now>('/clock', order);
  print(now, `${said(now, await call.translator())}\n`);
  return 0;
}

function orderOf([verb, instant, ...extra]: readonly string[]): object | undefined {
  if (verb === undefined) return undefined;
  const takes = verb === 'set' ? extra[0] : instant;
  if (takes !== undefined) throw new OptionError(`clock takes no '${takes}'`);
  if (verb === 'freeze' || verb === 'run') return { freeze: verb === 'freeze' };
  if (/^[+-]\d/.test(verb)) return { advance: verb.replace(/^\+/, '') };
  if (verb === 'set' && instant !== undefined) return { set: instant };
  throw new OptionError(`clock '${verb}': write +31m, freeze, run, or set 2030-01-02T03:04:05Z; nothing shows it`);
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** `1d 2h 31m`; what is less than a second is no difference. */
export function spoken(ms: number): string {
  let left = Math.abs(ms);
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [`${count}${unit}`] : [];
  });
  return parts.join(' ');
}

function said({ now, frozen, wall }: Now, t: Translate): string {
  const ahead = Date.parse(now) - Date.parse(wall);
  const distance = spoken(ahead);
  const how = distance === '' ? 'as the wall clock' : `${distance} ${ahead > 0 ? 'ahead of' : 'behind'} the wall clock`;
  return `${now}  ${t(frozen ? `frozen, ${how}` : how)}`;
}
