/** Says who calls: the RAM user whose keys an account has, or the session of a role. */
import { contract } from '../../../gateway/contract.js';
import { pick } from '../../../gateway/errors.js';
import { text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { errors } from './errors.js';
import { roleOf, userOf } from './ram.js';

const getCallerIdentityContract = contract({
  name: 'GetCallerIdentity',
  summary: { en: 'who calls', zh: '获取当前调用者的身份信息' },
  source: 'STS page “GetCallerIdentity” and the vendor’s API metadata of 2015-04-01',
  methods: ['GET', 'POST'],
  params: {},
  response: {
    IdentityType: text({ example: 'RAMUser' }),
    AccountId: text({ example: '1000000000000001' }),
    PrincipalId: text({ example: '216959339000654321' }),
    UserId: text({ optional: true, example: '216959339000654321' }),
    Arn: text({ example: 'acs:ram::1000000000000001:user/default' }),
    RoleId: text({ optional: true, example: '344584339364951234' }),
  },
  errors: pick(errors, ['InternalError']),
  order: { JSON: ['IdentityType', 'AccountId', 'RequestId', 'PrincipalId', 'UserId', 'Arn', 'RoleId'] },
});

export const getCallerIdentity = implement(getCallerIdentityContract, async (_input, { account, role }) => {
  if (role !== undefined) {
    const { uid, name, session, roleId } = roleOf(role);
    return {
      IdentityType: 'AssumedRoleUser',
      AccountId: uid,
      PrincipalId: `${roleId}:${session}`,
      Arn: `acs:ram::${uid}:assumed-role/${name}/${session}`,
      RoleId: roleId,
    };
  }
  const { uid, userId, arn } = userOf(account);
  return { IdentityType: 'RAMUser', AccountId: uid, PrincipalId: userId, UserId: userId, Arn: arn };
});
