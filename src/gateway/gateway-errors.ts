/**
 * The gateway's own errors, raised before an operation runs.
 * Source: bodies seen on the wire and the platform's public error table; see docs/fidelity.md for each choice.
 */
import type { Hint } from '../platform/hint.js';
import { ApiError, type ErrorRow } from './errors.js';

const gateway = (
  status: number,
  message: string,
  when: string,
  confidence: ErrorRow['confidence'] = 'documented',
): ErrorRow => ({ status, message, when, confidence, raisedBy: 'gateway' });

export const gatewayErrors = {
  InvalidVersion: gateway(
    400,
    'Specified parameter Version is not valid.',
    'Version is absent or names no known version',
  ),
  'InvalidAction.NotFound': gateway(
    404,
    'Specified api is not found, please check your url and method.',
    'SAF has no such Action; Cloudauth neither, with --errors gateway',
  ),
  UnsupportedOperation: {
    ...gateway(
      400,
      'The specified action is not supported.',
      'Cloudauth has no such Action: the one error the documents print',
    ),
    raisedBy: 'product',
  },
  UnsupportedHTTPMethod: gateway(
    400,
    'This http method is not supported.',
    'the operation does not take this HTTP method',
    'guessed',
  ),
  'InvalidParameter.Format': gateway(400, 'Specified parameter format is not valid.', 'Format is neither XML nor JSON'),
  InvalidParameter: gateway(
    400,
    'The specified parameter is not valid: {Reason}.',
    'the request cannot be read: body over 8 MB, raw bytes in the URL, headers too large',
    'guessed',
  ),
  'Missing{ParameterName}': gateway(
    400,
    '{ParameterName} is mandatory for this action.',
    'a required parameter is absent',
  ),
  'Invalid{ParameterName}': gateway(
    400,
    'Specified parameter {ParameterName} is not valid.',
    'a parameter violates its documented form',
  ),
  InvalidSignatureMethod: gateway(400, 'Specified signature method is not valid.', 'SignatureMethod is not HMAC-SHA1'),
  'InvalidTimeStamp.Format': gateway(
    400,
    'Specified time stamp or date value is not well formatted.',
    'Timestamp is not YYYY-MM-DDThh:mm:ssZ',
  ),
  'InvalidTimeStamp.Expired': gateway(
    400,
    'Specified time stamp or date value is expired.',
    'Timestamp is more than 15 minutes off',
  ),
  'InvalidAccessKeyId.NotFound': gateway(404, 'Specified access key is not found.', 'no such AccessKeyId'),
  'InvalidAccessKeyId.Inactive': gateway(400, 'Specified access key is disabled.', 'the AccessKeyId is disabled'),
  'InvalidSecurityToken.Malformed': gateway(
    400,
    'Specified SecurityToken is malformed.',
    'SecurityToken sent with a key that has none',
  ),
  'InvalidSecurityToken.MismatchWithAccessKey': gateway(
    400,
    'Specified SecurityToken mismatch with the AccessKey.',
    'SecurityToken belongs to another key',
  ),
  'InvalidSecurityToken.Expired': gateway(400, 'Specified SecurityToken is expired.', 'the STS credential is over'),
  IncompleteSignature: gateway(
    400,
    'The request signature does not conform to Aliyun standards.',
    'the Authorization header cannot be read or leaves a required header unsigned',
  ),
  SignatureDoesNotMatch: gateway(
    400,
    'Specified signature is not matched with our calculation. server string to sign is:{StringToSign}',
    'RPC 1.0: the signature is not ours',
  ),
  SignatureNonceUsed: gateway(
    400,
    'Specified signature nonce was used already.',
    'the nonce was seen within 15 minutes',
  ),
  Throttling: gateway(400, 'Request was denied due to flow control.', 'too many requests'),
  'Throttling.User': gateway(400, 'Request was denied due to user flow control.', 'too many requests of this account'),
  'Throttling.Api': gateway(400, 'Request was denied due to api flow control.', 'too many requests to this operation'),
  'Forbidden.RAM': gateway(
    403,
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
    'the RAM user lacks the permission',
  ),
  NoPermission: gateway(403, 'You are not authorized to do this action.', 'the caller lacks the permission'),
  InternalError: gateway(
    500,
    'The request processing has failed due to some unknown error, exception or failure.',
    'the gateway failed',
  ),
  ServiceUnavailable: gateway(
    503,
    'The request has failed due to a temporary failure of the server.',
    'the service is down for a moment',
  ),
} as const satisfies Record<string, ErrorRow>;

/** The ACS3 wording of a mismatch; the code is the same, the message names both of the server's strings. */
export const acs3Mismatch: ErrorRow = gateway(
  400,
  'Specified signature does not match our calculation. server StringToSign is [{StringToSign}] server CanonicalRequest is [{CanonicalRequest}]',
  'ACS3-HMAC-SHA256: the signature is not ours',
  'inferred',
);

type GatewayCode = keyof typeof gatewayErrors;

/** @param code a row of the table; `{ParameterName}` in the code itself is filled from `values` too */
export function gatewayError(code: GatewayCode, values: Record<string, string> = {}, hint?: Hint): ApiError {
  return new ApiError(code.replace('{ParameterName}', values.ParameterName ?? ''), gatewayErrors[code], values, hint);
}
