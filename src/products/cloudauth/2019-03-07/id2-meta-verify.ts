/**
 * Asks whether a name and an ID number belong together. Anybody's do, unless a scenario or a test person says otherwise;
 * one who is in no record answers 3.
 */
import { implement } from '../../../gateway/operation.js';
import { identities, type Magic, magicOfPerson, magicSuffix } from '../../magic.js';
import { id2MetaVerifyContract } from './generated/id2-meta-verify.js';
import { formProblem, hashedName, hashedNumber } from './param-type.js';

const CONSISTENT = '1';
const INCONSISTENT = '2';
const NO_RECORD = '3';

/** What test people order of other calls, where it says something of a person's record. */
const RECORDS: Readonly<Record<string, string>> = {
  'Error.RealNameCheckFail': INCONSISTENT,
  '520': NO_RECORD,
  '530': NO_RECORD,
};

type Code = keyof typeof id2MetaVerifyContract.errors;

export const id2MetaVerify = implement(
  { ...id2MetaVerifyContract, honours: ['outcome'] },
  async ({ ParamType, IdentifyNum, UserName }, { outcome, fail }) => {
    const ordered = magicSuffix(UserName);
    if (ordered && 'fail' in ordered && Object.hasOwn(id2MetaVerifyContract.errors, ordered.fail))
      return fail(ordered.fail as Code, {}, 'magic-value');
    const problem = formProblem(ParamType, UserName.split('~')[0]!, IdentifyNum);
    if (problem) return fail('401', {}, problem);
    const { name, number } =
      ParamType === 'md5' ? recognised(UserName, IdentifyNum) : { name: UserName, number: IdentifyNum };
    return { BizCode: bizCodeOf(outcome ? { outcome } : magicOfPerson(name, number)) };
  },
);

function bizCodeOf(magic: Magic | undefined): string {
  if (magic && 'fail' in magic) return RECORDS[magic.fail] ?? CONSISTENT;
  return magic?.outcome.kind === 'fail' ? INCONSISTENT : CONSISTENT;
}

/** Test people can be told by their hashes: they are few. */
const recognised = (name: string, number: string) => ({
  name: identities.find((one) => one.name && hashedName(one.name) === name)?.name ?? name,
  number: identities.find((one) => hashedNumber(one.number) === number)?.number,
});
