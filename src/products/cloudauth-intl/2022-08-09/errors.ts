/**
 * The errors of the international product (help page “Server-side HTTP status codes”, 2026). The page prints codes and
 * statuses, and words of the first only; that they come with these statuses, not in the body, is inferred.
 */
import type { ErrorRow } from '../../../gateway/errors.js';

const row = (status: number, message: string, when: string): ErrorRow => ({
  status,
  message,
  when,
  confidence: 'inferred',
});

export const intlErrors = {
  MissingParameter: row(400, 'parameter required', 'a required parameter is absent or empty'),
  InvalidParameter: row(400, 'parameter invalid', 'a parameter violates its form'),
  TransactionIdInvalid: row(400, 'transactionId invalid', 'the TransactionId is not valid'),
  'Forbidden.ExceptionRepeatedInvoke': row(401, 'repeated invoke', 'the same call is repeated too often'),
  UnqualifiedPhoto: row(401, 'unqualified photo', 'the picture cannot be used'),
  DataDuplication: row(401, 'data duplication', 'more than one picture is given'),
  ToolargeImage: row(401, 'image too large', 'the picture is too large'),
  DownloadTimeout: row(401, 'download timeout', 'downloading the image takes too long'),
  NoFaceDetected: row(401, 'no face detected', 'there is no face in the picture'),
  'Forbidden.RAMUserAccessDenied': row(403, 'RAM user access denied', 'the RAM user lacks a permission'),
  'Forbidden.AccountAccessDenied': row(403, 'account access denied', 'the account has no access'),
  ProcessNotCompleted: row(404, 'process not completed', 'the person has not finished'),
} as const;

/** The page lists it with this status; the words are the platform's. */
export const commonErrors = {
  'Throttling.Api': row(403, 'Request was denied due to api flow control.', 'too many requests to this operation'),
} as const;
