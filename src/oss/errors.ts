/**
 * OSS's errors: one table, and the XML they are told in. Source: OSS's pages on error responses, on status codes 400 and
 * 403 and on single error numbers, and bodies seen on the wire.
 */
import type { Hint } from '../platform/hint.js';

interface OssErrorRow {
  readonly status: number;
  readonly message: string;
  /** The vendor's number of the precise cause; told where one is known. */
  readonly ec?: string;
  /** `documented`: seen on the wire or printed. `guessed`: the code and status are, the words are not. */
  readonly confidence: 'documented' | 'guessed';
}

const seen = (status: number, message: string, ec?: string): OssErrorRow => ({
  status,
  message,
  ec,
  confidence: 'documented',
});
const guessed = (status: number, message: string): OssErrorRow => ({ status, message, confidence: 'guessed' });

export const ossErrors = {
  AccessDenied: seen(403, 'You have no right to access this object because of bucket acl.', '0003-00000001'),
  InvalidAccessKeyId: seen(403, 'The OSS Access Key Id you provided does not exist in our records.', '0002-00000902'),
  SignatureDoesNotMatch: seen(
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    '0002-00000040',
  ),
  SecurityTokenExpired: seen(403, 'The security token you provided has expired.', '0002-00000007'),
  InvalidSecurityToken: seen(403, 'The security token you provided is invalid.', '0002-00000006'),
  AccessKeyIdAndSecurityTokenNotMatch: seen(
    403,
    'The OSS access key id and security token you provided does not match.',
    '0002-00000004',
  ),
  RequestTimeTooSkewed: seen(
    403,
    'The difference between the request time and the current time is too large.',
    '0002-00000504',
  ),
  NoSuchBucket: seen(404, 'The specified bucket does not exist.', '0015-00000101'),
  NoSuchKey: seen(404, 'The specified key does not exist.', '0026-00000001'),
  NoSuchUpload: guessed(
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  ),
  InvalidArgument: seen(400, 'Invalid Argument. Parameter is invalid.'),
  MissingArgument: seen(400, 'Missing Some Required Arguments.'),
  InvalidRequest: guessed(400, 'The request is invalid.'),
  InvalidBucketName: seen(400, 'The specified bucket is not valid.'),
  InvalidObjectName: seen(400, 'The specified object is not valid.'),
  InvalidDigest: seen(400, 'The Content-MD5 you specified was invalid.'),
  IncompleteBody: seen(400, 'You did not provide the number of bytes specified by the Content-Length HTTP header.'),
  InvalidPart: seen(
    400,
    "One or more of the specified parts could not be found or the specified entity tag might not have matched the part's entity tag.",
  ),
  InvalidPartOrder: seen(400, 'The list of parts was not in ascending order.'),
  MalformedXML: seen(400, 'The XML you provided was not well-formed or did not validate against our published schema.'),
  UserKeyMustBeSpecified: seen(400, 'User key must be specified.'),
  MalformedPOSTRequest: seen(400, 'The body of your POST request is not well-formed multipart/form-data.'),
  RequestIsNotMultiPartContent: seen(400, 'Bucket POST must be of the enclosure-type multipart/form-data.'),
  IncorrectNumberOfFilesInPOSTRequest: seen(400, 'POST requires exactly one file upload per request.'),
  FieldItemTooLong: seen(400, 'Your name of form field is too long.'),
  InvalidPolicyDocument: guessed(400, 'Invalid Policy.'),
  EntityTooLarge: seen(400, 'Your proposed upload exceeds the maximum allowed size.'),
  EntityTooSmall: seen(400, 'Your proposed upload smaller than the minimum allowed size.'),
  MethodNotAllowed: guessed(405, 'The specified method is not allowed against this resource.'),
  FileAlreadyExists: guessed(409, 'The object you specified already exists and can not be overwritten.'),
  MissingContentLength: guessed(411, 'You must provide the Content-Length HTTP header.'),
  PreconditionFailed: guessed(412, 'At least one of the pre-conditions you specified did not hold.'),
  InvalidRange: guessed(416, 'The requested range cannot be satisfied'),
  InternalError: guessed(500, 'We encountered an internal error. Please try again.'),
  // document pages list it under 400 and 501
  NotImplemented: seen(501, 'A header you provided implies functionality that is not implemented.'),
} as const satisfies Record<string, OssErrorRow>;

export type OssErrorCode = keyof typeof ossErrors;

/** What OSS answers instead of a result. */
export class OssError extends Error {
  override readonly name = 'OssError';
  constructor(
    readonly code: OssErrorCode,
    message: string,
    /** The elements of this error, in order, between HostId and EC. */
    readonly fields: Readonly<Record<string, string>>,
    readonly ec: string | undefined,
    /** For the log and the hint header. */
    readonly hint: Hint | undefined,
  ) {
    super(message);
  }

  get status(): number {
    return ossErrors[this.code].status;
  }
}

/**
 * @param message where OSS words one code in several ways; the table's number belongs to the table's words only
 * @param hint for whoever debugs; never part of the answer's body
 * @param ec the number, where it is another than the table's
 */
export function ossError(
  code: OssErrorCode,
  fields: Record<string, string> = {},
  message?: string,
  hint?: Hint,
  ec?: string,
): OssError {
  const row: OssErrorRow = ossErrors[code];
  return new OssError(code, message ?? row.message, fields, ec ?? (message === undefined ? row.ec : undefined), hint);
}

/** XML 1.0 has no place for other control characters, not even as references. */
const UNPRINTABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Text of an XML element. */
export const xmlText = (text: string): string =>
  text.replace(UNPRINTABLE, '\ufffd').replace(/[&<>\r]/g, (char) => ENTITIES[char]!);

/** Of each element, in characters: of a signature's strings the beginning. */
const TOLD_IN_HEADER = 200;

/** @param host as sent; a HEAD has no body, its clients read the XML from `x-oss-err` */
export function renderOssError(
  error: OssError,
  requestId: string,
  host: string,
  method: string,
): { status: number; headers: Record<string, string>; body?: Uint8Array } {
  const elements = {
    Code: error.code,
    Message: error.message,
    RequestId: requestId,
    HostId: host,
    ...error.fields,
    ...(error.ec && { EC: error.ec, RecommendDoc: `https://api.aliyun.com/troubleshoot?q=${error.ec}` }),
  };
  // in a header there is room for less, and what a client sent may be long
  const told = method === 'HEAD' ? (text: string) => text.slice(0, TOLD_IN_HEADER) : (text: string) => text;
  const lines = Object.entries(elements).map(([name, text]) => `  <${name}>${xmlText(told(text))}</${name}>\n`);
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n${lines.join('')}</Error>\n`);
  const headers = {
    'content-type': 'application/xml',
    'x-oss-request-id': requestId,
    'x-oss-server-time': '0',
    ...(error.ec && { 'x-oss-ec': error.ec }),
  };
  if (method === 'HEAD') return { status: error.status, headers: { ...headers, 'x-oss-err': body.toString('base64') } };
  return { status: error.status, headers: { ...headers, 'content-length': String(body.length) }, body };
}
