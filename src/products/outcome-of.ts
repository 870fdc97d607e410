/** What the values of a call ask for where nobody has said how its verification ends: an outcome, or an error of the call. */
import type { Hint } from '../platform/hint.js';
import { type Endings, endingIn } from '../verification/endings.js';
import { testSequence } from '../verification/id-number.js';
import { type Outcome, PASS } from '../verification/outcome.js';
import { outcomeOfOneIn, type People } from '../verification/people.js';
import { BLURRED, NO_CARD } from './cloudauth/task.js';
import { identities, type Magic, pictures } from './magic.js';
import type { MagicValues } from './verification-kind.js';

interface Found {
  readonly by: 'ticket' | 'picture' | 'suffix' | 'person' | 'name' | 'number';
  readonly magic: Magic;
}

const byPicture = new Map(pictures.map(({ picture, magic }) => [picture.replace('.jpg', ''), magic]));
const PICTURE_NAME = new RegExp(`(?:^|[:/_.-])(${[...byPicture.keys()].join('|')})\\.(?:jpe?g|png|bmp)$`, 'i');
const byName = new Map(identities.flatMap(({ name, magic }) => (name === undefined ? [] : [[name, magic]])));

/** Of an `oss://` or a web address; what is only held in a call has no name. */
function magicOfPicture(address: string): Magic | undefined {
  const name = /^(?:oss|https?):\/\/[^?#]*/i.exec(address)?.[0] ?? '';
  return byPicture.get(PICTURE_NAME.exec(name)?.[1]?.toLowerCase() ?? '');
}

/** It is called like a picture of which nothing can be read. */
export function showsNothing(address: string): boolean {
  const magic = magicOfPicture(address);
  return magic !== undefined && 'outcome' in magic && [BLURRED, NO_CARD].includes(magic.outcome.reason ?? '');
}

/** `order-7~status:2`, `张三~fail:Z1146`. Where 2 is one failure among others it is that one; those after it are of such a list alone. */
function magicSuffix(text = ''): Magic | undefined {
  const [, what, said = ''] = /~(status|fail):([\w.-]+)$/.exec(text) ?? [];
  if (what === 'fail' || (what && /^([3-9]|1\d)$/.test(said))) return { fail: said };
  if (what && said === '2') return { outcome: { kind: 'fail', reason: said } };
  const kind = what && ({ '1': 'pass', '-1': 'quit' } as const)[said];
  return kind ? { outcome: { kind } } : undefined;
}

/** Nobody's own. */
const NOBODY: People = new Map();

const found = (by: Found['by'], magic: Magic | undefined): Found[] => (magic ? [{ by, magic }] : []);

/** A person's name and number, the strongest first: the others say nothing. */
function ofPerson({ name, number }: MagicValues, people: People): Found[] {
  const own = outcomeOfOneIn(people, name, number);
  const sequence = testSequence(number ?? '');
  return [
    ...found('suffix', magicSuffix(name)),
    ...found('person', own && { outcome: own }),
    ...found('name', byName.get(name ?? '')),
    ...found('number', sequence === undefined ? undefined : identities[sequence]?.magic),
  ];
}

/** All that is asked for, the strongest first. */
const askedIn = (values: MagicValues, people = NOBODY): Found[] => [
  ...found('ticket', magicSuffix(values.ticket)),
  ...found(
    'picture',
    values.pictures?.map(magicOfPicture).find((magic) => magic !== undefined),
  ),
  ...ofPerson(values, people).slice(0, 1),
];

/** A failure the kind documents is an outcome too; an error of another call is none. */
function outcomeIn(endings: Endings, magic: Magic): Outcome | undefined {
  if ('fail' in magic) {
    if (magic.fail === endings.unfinished) return { kind: 'quit' };
    return endings.reasons.some(({ reason }) => reason === magic.fail)
      ? { kind: 'fail', reason: magic.fail }
      : undefined;
  }
  // what a server submits cannot be left
  if (!endings.ends.includes(magic.outcome.kind)) return PASS;
  try {
    return endingIn(endings, magic.outcome);
  } catch {
    // a reason of another kind
    return endingIn(endings, { kind: 'fail' });
  }
}

/**
 * How it ends when nobody else decides: as the strongest of its magic values asks, else it passes.
 * @param people of one's own, who go before those there are
 * @param note is told which value decided, where that is not plain
 */
export function outcomeOf(
  endings: Endings,
  values: MagicValues,
  people: People,
  note: (hint: Hint) => void = () => {},
): Outcome {
  for (const { by, magic } of askedIn(values, people)) {
    const outcome = outcomeIn(endings, magic);
    if (!outcome) continue;
    const hint = outranked(values, people);
    if (hint && by !== 'ticket' && by !== 'picture') note(hint);
    else if (outcome.kind !== 'pass') note(['magic-decides', { why: by }]);
    return outcome;
  }
  return PASS;
}

/** Which of a person's magic values decides; undefined where there is but one. */
export function outranked(values: MagicValues, people = NOBODY): Hint | undefined {
  const [first, ...others] = ofPerson(values, people);
  return first && others.length > 0
    ? ['magic-outranks', { why: first.by, whyNot: others.map(({ by }) => by) }]
    : undefined;
}

/** The error the strongest value asks of the call that carries it, whether or not the call documents it. */
export function failureAsked(values: MagicValues): string | undefined {
  const [first] = askedIn(values);
  return first && 'fail' in first.magic ? first.magic.fail : undefined;
}

/** The first error that is asked for and that the call documents. */
export function failureIn<C extends string>(values: MagicValues, documented: readonly C[]): C | undefined {
  for (const { magic } of askedIn(values)) {
    const code = 'fail' in magic ? documented.find((each) => each === magic.fail) : undefined;
    if (code) return code;
  }
  return undefined;
}
