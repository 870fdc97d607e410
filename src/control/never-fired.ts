/**
 * Why a rule never fired: which call of the journal came closest to it, and what was different. Both sides are shown
 * masked.
 */
import { maskParam, maskText } from '../platform/redact.js';
import { versions } from '../products/index.js';
import type { RuleInForce } from '../scenarios/engine.js';
import { placesIn } from '../scenarios/places.js';
import type { CalledOperation, Condition, Rule } from '../scenarios/rule.js';
import type { CalledOnce, Journal } from './journal.js';

export interface Difference {
  /** As it is written in the rule: `on`, `params.TicketId`, `host`, `account`, `call`, `after`, `rate`. */
  readonly field: string;
  readonly wanted: string;
  /** Absent where the call was sent without it. */
  readonly got?: string;
}

export interface NeverFired {
  /** Of the rule. */
  readonly name: string;
  readonly matched: number;
  /** The call that came closest. Absent where there was none. */
  readonly nearest?: { readonly id: number; readonly operation: string; readonly code?: string };
  readonly differs: readonly Difference[];
  /** The same in words. */
  readonly because: string;
}

/** So many are looked into: each costs a look at every call of the journal. */
const MOST = 50;

export async function neverFired(
  all: readonly RuleInForce[],
  journal: Journal,
  account: string,
): Promise<NeverFired[]> {
  const asked = all.filter(({ fired, off }) => fired === 0 && !off).slice(0, MOST);
  if (asked.length === 0) return [];
  const paths = placesIn(versions).map(({ path }) => path);
  const calls = (await journal.called(account)).map(({ call, ...one }) => ({
    ...one,
    // what was refused before its product was known has no full path
    call: { ...call, path: paths.find((path) => path === call.path || path.endsWith(`/${call.path}`)) ?? call.path },
  }));
  const told: NeverFired[] = [];
  for (const { rule, matched } of asked) {
    // one in a turn of the event loop: others are served meanwhile
    await new Promise(setImmediate);
    const found = matched > 0 ? counted(rule, matched) : missed(rule, calls);
    told.push({ name: rule.name, matched, ...found });
  }
  return told;
}

type Found = Omit<NeverFired, 'name' | 'matched'>;

/** Calls matched, and it let all of them pass. */
function counted({ source: { when = {}, after = 0, rate = 1 } }: Rule, matched: number): Found {
  const got = String(matched);
  const differs =
    matched <= after
      ? [{ field: 'after', wanted: `> ${after}`, got }]
      : when.call !== undefined
        ? [{ field: 'call', wanted: [when.call].flat().join(', '), got }]
        : rate < 1
          ? [{ field: 'rate', wanted: String(rate), got }]
          : [];
  const because =
    differs.length > 0
      ? `${matched} call(s) matched, and ${differs[0]!.field} let them pass`
      : `${matched} call(s) matched, and another rule before it had its say`;
  return { differs, because };
}

function missed(rule: Rule, calls: readonly CalledOnce[]): Found {
  const onPath = calls.filter(({ call }) => rule.onPath(call.path));
  if (onPath.length === 0) return notCalled(rule, calls);
  let best: { readonly one: CalledOnce; readonly failing: readonly Condition[]; readonly distance: number } | undefined;
  for (const one of onPath) {
    const failing = rule.conditions.filter(({ fits, of }) => !fits(of(one.call)));
    const distance = failing.reduce((sum, condition) => sum + 2 - likeness(condition, one.call), 0);
    if (best === undefined || distance <= best.distance) best = { one, failing, distance };
  }
  const { one, failing } = best!;
  const nearest = nearestOf(one);
  if (failing.length === 0)
    return {
      nearest,
      differs: [],
      because:
        one.code === undefined
          ? `call ${one.id} would match; it was made before the rule was given`
          : `call ${one.id} would match; it was refused with ${one.code} before rules are asked, or made before the rule was given`,
    };
  const differs = failing.map((condition) => difference(condition, one.call));
  const more = differs.length > 1 ? `; ${differs.length} fields differ, the first` : '';
  return { nearest, differs, because: `call ${one.id} came closest${more}: ${inWords(differs[0]!)}` };
}

function notCalled({ source }: Rule, calls: readonly CalledOnce[]): Found {
  if (calls.length === 0) return { differs: [], because: 'nothing was called' };
  const short = (path: string) => (source.on.includes('/') ? path : path.split('/').at(-1)!);
  const one = calls.reduce((best, each) =>
    alike(source.on, short(each.call.path)) >= alike(source.on, short(best.call.path)) ? each : best,
  );
  const got = short(one.call.path);
  return {
    nearest: nearestOf(one),
    differs: [{ field: 'on', wanted: source.on, got }],
    because: `${source.on} was not called; the nearest was ${got}`,
  };
}

const nearestOf = ({ id, code, call }: CalledOnce) => ({
  id,
  operation: call.path,
  ...(code !== undefined && { code }),
});

function difference({ field, wanted, of }: Condition, call: CalledOperation): Difference {
  const value = of(call);
  const shown = (text: string) =>
    (field.startsWith('params.') ? maskParam(field.slice('params.'.length), text) : maskText(text)).slice(0, SHOWN);
  if (value === undefined) return { field, wanted: shown(wanted) };
  const [asked, got] = [shown(wanted), shown(value)];
  // what is masked may hide all that is different
  const hint = asked === got ? ` (differs at character ${1 + common(wanted, value)})` : '';
  return { field, wanted: asked, got: got + hint };
}

const SHOWN = 200;

const inWords = ({ field, wanted, got }: Difference): string =>
  got === undefined ? `${field} was not sent, wanted is ${wanted}` : `${field} is ${got}, wanted is ${wanted}`;

const likeness = ({ wanted, of }: Condition, call: CalledOperation): number => {
  const value = of(call);
  return value === undefined ? 0 : alike(wanted, value);
};

/** 0 to 1: how much of the longer one they share at both ends, whatever its capitals. */
function alike(one: string, other: string): number {
  const [a, b] = [one.slice(0, SHOWN).toLowerCase(), other.slice(0, SHOWN).toLowerCase()];
  const front = common(a, b);
  const [restA, restB] = [a.slice(front), b.slice(front)];
  const back = common([...restA].reverse().join(''), [...restB].reverse().join(''));
  return (front + back) / Math.max(a.length, b.length, 1);
}

/** How many characters they begin with alike. */
function common(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}
