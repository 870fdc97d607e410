/** PostObject's form: who signed its policy, and whether the form keeps to it. Source: OSS's pages on PostObject and on its signature V4. */
import type { Hint, HintName } from '../platform/hint.js';
import { type Claim, credentialOf } from './claim.js';
import { type OssError, ossError } from './errors.js';
import { v1Signature } from './signature-v1.js';
import { V4_ALGORITHM, v4Signature } from './signature-v4.js';

/** Names in lower case. */
type Fields = ReadonlyMap<string, string>;

export interface FormClaim extends Pick<Claim, 'accessKeyId' | 'signature' | 'securityToken' | 'ec' | 'sign'> {
  /** As sent, base64: it is the string to sign. */
  readonly policy: string;
}

const MISMATCH = '0002-00000705';

/**
 * @returns undefined for an anonymous form
 * @throws OssError InvalidArgument when part of the claim is missing
 */
export function formClaim(fields: Fields): FormClaim | undefined {
  const v4 = isV4(fields);
  const id = fields.get(v4 ? 'x-oss-credential' : 'ossaccesskeyid');
  const signature = fields.get(v4 ? 'x-oss-signature' : 'signature');
  const policy = fields.get('policy');
  if (!id && !signature && !policy) return undefined;
  if (!id) throw invalid('Post request accessKeyId is empty.');
  if (!signature) throw invalid('Post request signature is empty.');
  if (!policy) throw invalid('Post request policy is empty.');
  const claim = { signature, policy, securityToken: fields.get('x-oss-security-token'), ec: MISMATCH };
  if (!v4) return { ...claim, accessKeyId: id, sign: v1Signature };
  if (fields.get('x-oss-signature-version') !== V4_ALGORITHM)
    throw invalid('The x-oss-signature-version field is invalid.');
  const credential = credentialOf(id);
  const date = fields.get('x-oss-date') ?? '';
  if (!/^\d{8}T\d{6}Z$/.test(date) || !date.startsWith(credential.day))
    throw ossError(
      'InvalidArgument',
      { ArgumentName: 'x-oss-date', ArgumentValue: date.slice(0, 100) },
      'The x-oss-date field is invalid.',
      'oss-v4-date',
    );
  return {
    ...claim,
    accessKeyId: credential.accessKeyId,
    sign: (text, secret) => v4Signature(text, secret, credential),
  };
}

const isV4 = (fields: Fields): boolean => fields.has('x-oss-signature-version') || fields.has('x-oss-credential');

export interface Clocks {
  readonly now: number;
  readonly wallClock: number;
}

/** Clients sign an expiration by the wall clock. Where a test has moved the account's clock, it may already be over. */
export const movedClockHint = (expiration: number, wallClock: number): HintName | undefined =>
  expiration < wallClock ? undefined : 'oss-clock-moved';

export interface Range {
  readonly minBytes: number;
  readonly maxBytes: number;
}

/**
 * @param policy base64
 * @param clocks business clock, ms: a policy expires by it, as a presigned URL does; and the wall clock
 * @returns what `content-length-range` allows
 * @throws OssError AccessDenied, InvalidPolicyDocument
 */
export function judgePolicy(policy: string, fields: Fields, bucket: string, clocks: Clocks): Range {
  const { expiration, conditions } = read(policy);
  if (clocks.now > expiration)
    throw denied('Policy expired.', '0006-00000213', movedClockHint(expiration, clocks.wallClock));
  const values = new Map([...fields, ['bucket', bucket]]);
  const all = conditions.map(normal);
  // the signature is of the policy alone, so this field is signed by a condition; its page requires one
  if (isV4(fields) && !all.some(([operator, name]) => operator === 'eq' && fieldName(name) === 'x-oss-date'))
    throw malformed('Policy missing x-oss-date.', undefined, 'oss-v4-policy');
  let [minBytes, maxBytes] = [0, Number.POSITIVE_INFINITY];
  for (const condition of all) {
    const [operator, name, expected] = condition;
    if (operator === 'content-length-range') {
      // each condition holds
      minBytes = Math.max(minBytes, size(name));
      maxBytes = Math.min(maxBytes, size(expected));
    } else if (!holds(operator, values.get(fieldName(name)) ?? '', expected))
      throw denied(`Policy Condition failed: [${condition.map((part) => JSON.stringify(part)).join(', ')}]`);
  }
  return { minBytes, maxBytes };
}

function holds(operator: unknown, value: string, expected: unknown): boolean {
  switch (operator) {
    case 'eq':
      return value === expected;
    case 'starts-with':
      return typeof expected === 'string' && value.startsWith(expected);
    case 'in':
      return Array.isArray(expected) && expected.includes(value);
    case 'not-in':
      return Array.isArray(expected) && !expected.includes(value);
    default:
      throw malformed('Invalid Condition.');
  }
}

interface Policy {
  /** ms */
  readonly expiration: number;
  readonly conditions: readonly unknown[];
}

function read(policy: string): Policy {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(policy, 'base64').toString('utf8'));
  } catch {
    throw malformed('Invalid JSON.');
  }
  const { expiration, conditions } = (document ?? {}) as Record<string, unknown>;
  if (!expiration) throw malformed('Policy missing expiration.', '0006-00000208');
  if (!Array.isArray(conditions)) throw malformed('Policy missing conditions.', '0006-00000207');
  const at =
    typeof expiration === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(expiration) ? Date.parse(expiration) : NaN;
  if (Number.isNaN(at)) throw malformed('Invalid expiration.', '0006-00000210');
  return { expiration: at, conditions };
}

/** `{"bucket": "b"}` means `["eq", "$bucket", "b"]`. */
function normal(condition: unknown): readonly unknown[] {
  if (Array.isArray(condition) && condition.length === 3) return condition;
  const entries = condition !== null && typeof condition === 'object' ? Object.entries(condition) : [];
  if (Array.isArray(condition) || entries.length !== 1)
    throw malformed('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
  const [[name, expected]] = entries as [[string, unknown]];
  return ['eq', `$${name}`, expected];
}

const fieldName = (name: unknown): string => String(name).replace(/^\$/, '').toLowerCase();

function size(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw malformed('Invalid content-length-range.');
  return value as number;
}

const invalid = (message: string): OssError => ossError('InvalidArgument', {}, message);

const denied = (reason: string, ec?: string, hint?: Hint): OssError =>
  ossError('AccessDenied', {}, `Invalid according to Policy: ${reason}`, hint, ec);

/** Of these messages only the one on Simple-Conditions is printed in a document. */
const malformed = (reason: string, ec?: string, hint?: Hint): OssError =>
  ossError('InvalidPolicyDocument', {}, `Invalid Policy: ${reason}`, hint, ec);
