/**
 * What the parameters of the information checks look like, by their names: `ParamType=normal` sends a person as he is, `md5`
 * with a part of each value hashed, so that it cannot be read on the way, `sm2` as ciphertexts, which nobody here can read.
 */
import { createHash } from 'node:crypto';
import type { Hint } from '../../../../platform/hint.js';
import type { People } from '../../../../verification/people.js';
import { identities } from '../../../magic.js';
import { testValuesOf } from './test-values.js';

/** 32 lower-case hex digits, of the text's UTF-8 (each page). */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

interface Form {
  readonly plain: RegExp;
  readonly example: string;
  /** Which characters are hashed, as of `slice`; the others stay. */
  readonly part: readonly [from: number, to?: number];
  /** What stays before the hash, and behind it. */
  readonly around: readonly [before: string, behind: string];
  /** What is hashed, for a hint. */
  readonly why: string;
  /** Hints that say it in the value's own words. */
  readonly hints?: readonly [plain: Hint, hashed: Hint];
  /** Values known by their hash: those that order something. */
  known(): readonly string[];
}

const NAME: Form = {
  plain: /^\D*$/,
  example: '张三',
  // 张三 → `6499fc7409049355527ef6a2ba5706b8三`
  part: [0, 1],
  around: ['', '\\D*'],
  why: 'md5-first',
  hints: ['name-form', 'name-md5-form'],
  known: () => identities.flatMap(({ name }) => name ?? []),
};

/** 18 characters, or 15 as before 1999; the check digit is not judged. */
const NUMBER: Form = {
  plain: /^(\d{17}[\dXx]|\d{15})$/,
  example: '990000199003070013',
  // the birthday: 42 characters in all
  part: [6, 14],
  around: ['\\d{6}', '\\d{3}[\\dXx]'],
  why: 'md5-birthday',
  hints: ['number-form', 'number-md5-form'],
  known: () => identities.map(({ number }) => number),
};

/** By the parameter that holds it. */
const FORMS = {
  UserName: NAME,
  IdentifyNum: NUMBER,
  Mobile: {
    plain: /^1\d{10}$/,
    example: '19900000001',
    part: [0],
    around: ['', ''],
    why: 'md5-all',
    known: testValuesOf.Mobile,
  },
  BankCard: {
    plain: /^\d{12,19}$/,
    example: '6200000000000000',
    part: [-6],
    around: ['\\d{6,13}', ''],
    why: 'md5-last-6',
    known: testValuesOf.BankCard,
  },
  VehicleNum: {
    plain: /^\p{Script=Han}[A-Z][A-Z\d\p{Script=Han}]{4,6}$/u,
    example: '浙A00001',
    part: [-2],
    // the page prints one without its province, and with a space
    around: ['[A-Z\\d\\p{Script=Han}]{3,6} ?', ''],
    why: 'md5-last-2',
    known: testValuesOf.VehicleNum,
  },
  Vin: {
    plain: /^[A-HJ-NPR-Z\d]{17}$/,
    example: 'LSV00000000000001',
    part: [-4],
    around: ['[A-HJ-NPR-Z\\d]{13}', ''],
    why: 'md5-last-4',
    known: testValuesOf.Vin,
  },
} as const satisfies Readonly<Record<string, Form>>;

export type Held = keyof typeof FORMS;
export const HELD = Object.keys(FORMS) as Held[];
export type Values = Partial<Record<Held, string>>;

/** The checks of phone numbers hash all of a name and of a number too. */
export type Hashing = 'part' | 'whole';

const WHOLE: Pick<Form, 'part' | 'around' | 'why'> = { part: [0], around: ['', ''], why: 'md5-all' };

const formOf = (name: Held, hashing: Hashing): Form =>
  hashing === 'whole' ? { ...FORMS[name], ...WHOLE, hints: undefined } : FORMS[name];

/** What stays, what is hashed, what stays; in characters, not in halves of them. */
function divided(value: string, [from, to]: Form['part']): [string, string, string] {
  const characters = [...value];
  const part = characters.slice(from, to).join('');
  const head = characters.slice(0, from).join('');
  return [head, part, value.slice(head.length + part.length)];
}

/** The value as `ParamType=md5` sends it. */
export function hashed(name: Held, value: string, hashing: Hashing = 'part'): string {
  const [head, part, tail] = divided(value, formOf(name, hashing).part);
  return head + md5(part) + tail;
}

const HASH = '([0-9a-f]{32})';
const inHashes = ({ around: [before, behind] }: Form): RegExp => new RegExp(`^(${before})${HASH}(${behind})$`, 'u');

/** @returns what is wrong with its form, as a hint; undefined when nothing is, or nobody can tell */
export function formProblem(type: string, name: Held, value: string, hashing: Hashing): Hint | undefined {
  const form = formOf(name, hashing);
  if (type === 'sm2') return undefined;
  if (type === 'md5')
    return inHashes(form).test(value)
      ? undefined
      : (form.hints?.[1] ?? ['md5-form', { name, why: form.why, example: hashed(name, form.example, hashing) }]);
  return form.plain.test(value)
    ? undefined
    : ((FORMS[name] as Form).hints?.[0] ?? ['written-like', { name, example: form.example }]);
}

/** The parts of known values by their hashes; made when the first hash is sent. */
const knownParts = new Map<string, ReadonlyMap<string, string>>();

function partsOf(name: Held, hashing: Hashing): ReadonlyMap<string, string> {
  const key = `${name} ${hashing}`;
  const form = formOf(name, hashing);
  const made =
    knownParts.get(key) ??
    new Map(
      form
        .known()
        .map((value) => divided(value, form.part)[1])
        .map((part) => [md5(part), part]),
    );
  knownParts.set(key, made);
  return made;
}

/** People of one's own are few, and each emulator has others. */
function partOfOne(people: People, name: Held, hashing: Hashing, hash: string): string | undefined {
  if (name !== 'UserName' && name !== 'IdentifyNum') return undefined;
  const { part } = formOf(name, hashing);
  return [...people.keys()].map((value) => divided(value, part)[1]).find((one) => md5(one) === hash);
}

/** The value itself, where it was sent in the clear or its hash is that of a known one; else as it was sent. */
export function recognised(
  type: string,
  name: Held,
  value: string,
  hashing: Hashing,
  people: People = new Map(),
): string {
  const [, before, hash, behind] = (type === 'md5' && inHashes(formOf(name, hashing)).exec(value)) || [];
  const part =
    hash === undefined ? undefined : (partOfOne(people, name, hashing, hash) ?? partsOf(name, hashing).get(hash));
  return part === undefined ? value : before + part + behind;
}
