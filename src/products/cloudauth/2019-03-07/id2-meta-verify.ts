/**
 * Asks whether a name and an ID number belong together. Anybody's do, unless a scenario or a test person says otherwise;
 * one who is in no record answers 3.
 */
import { implement } from '../../../gateway/operation.js';
import { type Endings, endingIn } from '../../../verification/endings.js';
import { identities } from '../../magic.js';
import { failureIn, outcomeOf } from '../../outcome-of.js';
import { id2MetaVerifyContract } from './generated/id2-meta-verify.js';
import { formProblem, hashedName, hashedNumber } from './param-type.js';

/** A BizCode that is not 1 is the reason of a failure. */
const endings: Endings = {
  of: 'Id2MetaVerify',
  ends: ['pass', 'fail'],
  reasons: [
    {
      reason: '2',
      also: ['Error.RealNameCheckFail'],
      text: { zh: '姓名与证件号不一致', en: 'name and number do not belong together' },
    },
    { reason: '3', also: ['520', '530'], text: { zh: '查无记录', en: 'there is no record' } },
  ],
  usual: '2',
};
/** What test people order of other calls, where it says something of a person's record. */
const RECORDS = endings.reasons.flatMap(({ also = [] }) => also);
const codes = Object.keys(id2MetaVerifyContract.errors) as (keyof typeof id2MetaVerifyContract.errors)[];

export const id2MetaVerify = implement(
  { ...id2MetaVerifyContract, honours: { outcome: endings } },
  async ({ ParamType, IdentifyNum, UserName }, { outcome, fail, note }) => {
    // a test person's number may order a code of another family that is spelt alike: only the suffix counts
    const ordered = failureIn({ name: UserName }, codes);
    if (ordered) return fail(ordered, {}, 'magic-value');
    const problem = formProblem(ParamType, UserName.split('~')[0]!, IdentifyNum);
    if (problem) return fail('401', {}, problem);
    const person = ParamType === 'md5' ? recognised(UserName, IdentifyNum) : { name: UserName, number: IdentifyNum };
    const reason = failureIn(person, RECORDS);
    const asked = outcome ?? (reason === undefined ? outcomeOf(endings, person, note) : { kind: 'fail', reason });
    return { BizCode: endingIn(endings, asked).reason ?? '1' };
  },
);

/** Test people can be told by their hashes: they are few. */
const recognised = (name: string, number: string) => ({
  name: identities.find((one) => one.name && hashedName(one.name) === name)?.name ?? name,
  number: identities.find((one) => hashedNumber(one.number) === number)?.number,
});
