/** An OSS call as it arrived, and what it is answered with. Bodies are streams: a photo is never held whole twice. */
import type { RpcRequest } from '../gateway/request.js';
import type { Text } from '../platform/language.js';

export interface OssRequest {
  readonly method: string;
  /** As sent, still encoded. */
  readonly path: string;
  /** As sent, without `?`. */
  readonly query: string;
  /** As sent, with port. */
  readonly host: string;
  /** The socket it came over, for the scheme of addresses. */
  readonly socket?: RpcRequest['socket'];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Read it once; it rejects when the client goes away. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface OssReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: nothing is sent after the headers. */
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** What was asked for, for the log: `PutObject`. */
  readonly operation: string;
  readonly requestId: string;
  readonly account?: string;
  /** Nobody here knows the secret, so the signature was not checked. */
  readonly unchecked?: boolean;
  /** The error's Code. */
  readonly code?: string;
  /** For the log and the hint header. */
  readonly hints: readonly Text[];
  /** What went wrong in the emulator itself, for the log. */
  readonly crash?: unknown;
}
