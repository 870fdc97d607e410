/** PostObject's form: who signed its policy, and whether the form keeps to it. Source: OSS's page on PostObject. */
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
  const v4 = fields.has('x-oss-signature-version') || fields.has('x-oss-credential');
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
  return {
    ...claim,
    accessKeyId: credential.accessKeyId,
    sign: (text, secret) => v4Signature(text, secret, credential),
  };
}

export interface Clocks {
  readonly now: number;
  readonly wallClock: number;
}

/** Clients sign an expiration by the wall clock. Where a test has moved the account's clock, it may already be over. */
export const movedClockHint = (expiration: number, wallClock: number): string | undefined =>
  expiration < wallClock ? undefined : "over by the account's business clock, which was moved: see /_mock/clock";

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
  let range: Range = { minBytes: 0, maxBytes: Number.POSITIVE_INFINITY };
  for (const condition of conditions.map(normal)) {
    const [operator, name, expected] = condition;
    if (operator === 'content-length-range') range = { minBytes: size(name), maxBytes: size(expected) };
    else if (!holds(operator, values.get(fieldName(name)) ?? '', expected))
      throw denied(`Policy Condition failed: [${condition.map((part) => JSON.stringify(part)).join(', ')}]`);
  }
  return range;
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

const denied = (reason: string, ec?: string, hint?: string): OssError =>
  ossError('AccessDenied', {}, `Invalid according to Policy: ${reason}`, hint, ec);

/** Of these messages only the one on Simple-Conditions is printed in a document. */
const malformed = (reason: string, ec?: string): OssError =>
  ossError('InvalidPolicyDocument', {}, `Invalid Policy: ${reason}`, undefined, ec);
