/**
 * What the information checks have in common, which is all but a row each: anybody's data is right, unless a scenario, a test
 * person or a test value says otherwise; what is wrong with a call is told in the body.
 */
import type { Context } from '../../../../gateway/context.js';
import type { Contract } from '../../../../gateway/contract.js';
import type { ErrorTable } from '../../../../gateway/errors.js';
import { type Fields, type Output, sometimes } from '../../../../gateway/fields.js';
import { implement, type Operation } from '../../../../gateway/operation.js';
import { type Endings, endingIn } from '../../../../verification/endings.js';
import type { People } from '../../../../verification/people.js';
import { failureAsked, failureIn, outcomeOf } from '../../../outcome-of.js';
import { bizCodeOf, endingsOf, type Row, type Said } from './answers.js';
import type { Problem, Texts } from './call.js';
import { dateProblem } from './dates.js';
import { formProblem, type Hashing, HELD, recognised, type Values } from './forms.js';
import { ispOf } from './isp.js';
import { pictureProblem } from './pictures.js';
import { orderedBy } from './test-values.js';

export function check<P extends Fields, R extends Fields, E extends ErrorTable>(
  generated: Contract<P, R, E>,
  row: Row,
): Operation<P, R, E> {
  const { members = {}, hashing = 'part' } = row;
  const endings = endingsOf(generated.name, row);
  const response = sometimes(generated.response, ...Object.keys(members)) as R;
  const contract = { ...generated, response, honours: { outcome: endings } };
  return implement<P, R, E>(contract, async (sent, context) => {
    const input = sent as Texts;
    const values = valuesOf(input, hashing, context.behaviour.people);
    const ordered = orderOf(generated, endings, input, values, row, context);
    const [code, hint] = ordered?.error ?? (await problemOf(row, input, context)) ?? [];
    if (code !== undefined) return context.fail(code, {}, hint);
    const asked = context.outcome ?? ordered?.outcome ?? outcomeOfPerson(endings, row, input, values, context);
    const { reason } = endingIn(endings, asked);
    const said: Said = { reason, input, mobile: values.Mobile };
    return Object.fromEntries(
      Object.keys(response).map((name) => [name, (members[name] ?? MEMBERS[name])?.(said, row)]),
    ) as Output<R>;
  });
}

/** What every check says in the same way. */
const MEMBERS: NonNullable<Row['members']> = {
  BizCode: ({ reason }, { answers }) => bizCodeOf(answers, reason),
  SubCode: ({ reason }, { passes }) => reason ?? passes,
  IspName: ({ mobile }) => ispOf(mobile),
};

/** As they were before they were hashed, where that is known. */
const valuesOf = (input: Texts, hashing: Hashing, people: People): Values =>
  Object.fromEntries(
    HELD.flatMap((name) => {
      const value = input[name];
      if (value === undefined) return [];
      const bare = withoutSuffix(name, value);
      return [[name, recognised(input.ParamType ?? '', name, bare, hashing, people) + value.slice(bare.length)]];
    }),
  );

/** `张三~fail:402` is the name 张三. */
function withoutSuffix(name: string, value: string): string {
  const at = name === 'UserName' ? value.indexOf('~') : -1;
  return at < 0 ? value : value.slice(0, at);
}

interface Ordered {
  readonly error?: Problem;
  readonly outcome?: { readonly kind: 'fail'; readonly reason: string };
}

/** What the suffix of a name or the digits of a test value spell, the suffix first. */
function orderOf(
  { name, errors }: Contract,
  { reasons }: Endings,
  input: Texts,
  { UserName, IdentifyNum: _number, ...others }: Values,
  { pictures = [] }: Row,
  { note, outcome }: Context,
): Ordered | undefined {
  const known = [...Object.keys(errors), ...reasons.flatMap(({ reason, also = [] }) => [reason, ...also])];
  const suffixed = { name: UserName ?? input.OuterOrderNo };
  const files = pictures.flatMap(({ from }) => from.map((one): [string, string] => [one, input[one] ?? '']));
  const spelt = [...Object.entries(others), ...files].flatMap(([one, value]) => orderedBy(one, value) ?? []);
  const suffix = failureIn(suffixed, known);
  const code = suffix ?? spelt.find((one) => known.includes(one));
  const meant = failureAsked(suffixed) ?? spelt.find((one) => /^[1-9]\d\d$/.test(one));
  if (code === undefined && meant !== undefined) {
    const there = [...Object.keys(errors), ...reasons.map(({ reason }) => reason)];
    note(['magic-not-here', { name, code: meant, known: there }]);
  }
  if (code === undefined) return undefined;
  if (code in errors) return { error: [code, 'magic-value'] };
  if (!outcome) note(['magic-decides', { why: code === suffix ? 'suffix' : 'value' }]);
  return { outcome: { kind: 'fail', reason: code } };
}

/** In which order is guessed: what is absent, what a value looks like, the picture. */
async function problemOf(row: Row, input: Texts, context: Context): Promise<Problem | undefined> {
  const absent = row.needs?.(input).find((name) => input[name] === undefined);
  if (absent !== undefined) return ['400', ['missing', { name: absent }]];
  const { ParamType: type, ...sent } = input;
  for (const name of type === undefined ? [] : HELD) {
    const value = sent[name];
    const hint =
      value === undefined ? undefined : formProblem(type!, name, withoutSuffix(name, value), row.hashing ?? 'part');
    if (hint) return ['401', hint];
  }
  const hint = dateProblem(sent) ?? row.refuse?.(input);
  if (hint) return ['401', hint];
  for (const rule of row.pictures ?? []) {
    const problem = await pictureProblem(rule, input, context);
    if (problem) return problem;
  }
  return undefined;
}

/** A test person has a record that differs, or none; a picture may be called after another person. */
function outcomeOfPerson(
  endings: Endings,
  { usual, none, pictures = [] }: Row,
  input: Texts,
  values: Values,
  { behaviour, note }: Pick<Context, 'behaviour' | 'note'>,
) {
  const files = pictures.flatMap(({ from }) => from.flatMap((one) => input[one] ?? []));
  const person = { name: values.UserName, number: values.IdentifyNum, pictures: files };
  const ofPeople = { ...endings, reasons: endings.reasons.filter(({ reason }) => reason === usual || reason === none) };
  const records = ofPeople.reasons.flatMap(({ also = [] }) => also);
  const reason = failureIn(person, records);
  return reason === undefined
    ? outcomeOf(ofPeople, person, behaviour.people, note)
    : ({ kind: 'fail', reason } as const);
}
