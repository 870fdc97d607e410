/** Hands out credentials of a role: they work on gateway and OSS, as the account that asked, and expire on its business clock. */
import { contract } from '../../../gateway/contract.js';
import { pick } from '../../../gateway/errors.js';
import { integer, struct, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { jsonObject } from '../../../gateway/parse.js';
import { isoSeconds } from '../../../platform/clock.js';
import { errors } from './errors.js';
import { roleOf } from './ram.js';

const MIN_SECONDS = 900;
/** The MaxSessionDuration a role has unless it was given another, up to 43200; here none can be. */
const MAX_SECONDS = 3600;
const MAX_POLICY_BYTES = 2048;

const assumeRoleContract = contract({
  name: 'AssumeRole',
  summary: { en: 'temporary credentials of a role', zh: '获取扮演 RAM 角色的临时身份凭证' },
  source: 'STS page “AssumeRole” (zh-CN, en-US) and the vendor’s API metadata of 2015-04-01',
  methods: ['GET', 'POST'],
  params: {
    RoleArn: text({
      ...{ required: true, invalid: 'InvalidParameter.RoleArn' },
      pattern: /^acs:ram::\d{1,20}:(role|user)\/[\w.-]{1,64}$/,
      example: 'acs:ram::1000000000000001:role/adminrole',
    }),
    RoleSessionName: text({
      ...{ required: true, invalid: 'InvalidParameter.RoleSessionName' },
      pattern: /^[\w.@-]{2,64}$/,
      example: 'alice',
    }),
    DurationSeconds: integer({
      ...{ invalid: 'InvalidParameter.DurationSeconds', min: MIN_SECONDS, max: MAX_SECONDS },
      example: 3600,
    }),
    Policy: text({ example: '{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' }),
    ExternalId: text({
      invalid: 'InvalidParameter.ExternalId',
      pattern: /^[\w+=,.@:/-]{2,1224}$/,
      example: 'abcd1234',
    }),
    SourceIdentity: text({ example: 'alice' }),
  },
  response: {
    AssumedRoleUser: struct({
      AssumedRoleId: text({ example: '344584339364951234:alice' }),
      Arn: text({ example: 'acs:ram::1000000000000001:role/adminrole/alice' }),
    }),
    Credentials: struct({
      SecurityToken: text({ example: 'CAIS****' }),
      Expiration: text({ example: '2026-01-01T00:00:00Z' }),
      AccessKeySecret: text({ example: 'wyLTSmsyPGP1ohvvw8xYgB29dlGI8KMiH2pK****' }),
      AccessKeyId: text({ example: 'STS.L4aBSCSJVMuKg5U1****' }),
    }),
    SourceIdentity: text({ optional: true, example: 'alice' }),
  },
  errors: pick(errors, Object.keys(errors) as (keyof typeof errors)[]),
  order: {
    JSON: [
      ...['RequestId', 'AssumedRoleUser', 'AssumedRoleId', 'Arn'],
      ...['Credentials', 'SecurityToken', 'Expiration', 'AccessKeySecret', 'AccessKeyId'],
    ],
    XML: [
      ...['Credentials', 'AccessKeyId', 'AccessKeySecret', 'Expiration', 'SecurityToken'],
      ...['AssumedRoleUser', 'Arn', 'AssumedRoleId', 'SourceIdentity', 'RequestId'],
    ],
  },
});

export const assumeRole = implement(
  assumeRoleContract,
  async (
    { RoleArn, RoleSessionName, DurationSeconds = MAX_SECONDS, Policy, SourceIdentity },
    { store, clock, ids, fail, noteOnce },
  ) => {
    if (Policy !== undefined) {
      if (Buffer.byteLength(Policy) > MAX_POLICY_BYTES) fail('InvalidParameter.PolicySize');
      if (!isPolicy(Policy)) fail('InvalidParameter.PolicyGrammar', {}, 'policy-form');
      noteOnce('policy-unread');
    }
    if (!RoleArn.includes(':role/')) fail('EntityNotExist.Role');
    const role = `${RoleArn}/${RoleSessionName}`;
    const credential = {
      access_key_id: ids.stsKey(),
      secret: ids.stsSecret(),
      security_token: ids.stsToken(),
      ...{ bucket: '', path: '', role },
      // when it says, which is a whole second
      expires_at: Math.floor(clock.now() / 1000 + DurationSeconds) * 1000,
    };
    await store.write(store.credentials.addRow(credential));
    return {
      AssumedRoleUser: { AssumedRoleId: `${roleOf(role).roleId}:${RoleSessionName}`, Arn: role },
      Credentials: {
        SecurityToken: credential.security_token,
        Expiration: isoSeconds(credential.expires_at),
        AccessKeySecret: credential.secret,
        AccessKeyId: credential.access_key_id,
      },
      SourceIdentity,
    };
  },
);

function isPolicy(text: string): boolean {
  const policy = jsonObject(text);
  return policy !== undefined && typeof policy.Version === 'string' && Array.isArray(policy.Statement);
}
