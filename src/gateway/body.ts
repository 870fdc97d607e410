/** The body of a call, within the documented limit. Of a longer one nothing is kept but what says how to answer it. */
import type { IncomingMessage } from 'node:http';

/** Document 004: one request's body is limited to 8 MB. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** A larger body is still read to its end up to here, so that a client in mid-upload sees the answer, not a reset. */
const DRAIN_BYTES = 64 * 1024 * 1024;
/** Members that are longer carry a picture; they name neither the operation nor the format. */
const SHORT_BYTES = 4096;
const MOST_MEMBERS = 1000;
/** So much of the end is looked at: clients that sort their parameters send Version last. */
const END_BYTES = 16 * 1024;

const NOTHING = Buffer.alloc(0);

export interface Body {
  /** Of a body that is too large, read as a form, its short members. */
  readonly body: Buffer;
  /** More than {@link MAX_BODY_BYTES}. */
  readonly tooLarge: boolean;
}

/** Never settles when the client leaves before the end of its body: nobody waits for an answer. */
export function readBody(incoming: IncomingMessage): Promise<Body> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    let beginning: string | undefined;
    let end: Buffer = NOTHING;
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) return void chunks.push(chunk);
      beginning ??= shortMembers(Buffer.concat(chunks));
      chunks = [];
      end = lastOf(end, chunk);
      if (bytes <= DRAIN_BYTES) return;
      incoming.pause();
      incoming.off('data', onData);
      done();
    };
    const done = () =>
      resolve(
        beginning === undefined
          ? { body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), tooLarge: false }
          : { body: Buffer.from(`${beginning}&${shortMembers(fromNextMember(end))}`), tooLarge: true },
      );
    incoming.on('data', onData).on('end', done);
    incoming.on('error', () => {});
  });
}

/** {@link readBody} for bytes that are there. */
export const bodyOf = (bytes: Buffer): Body =>
  bytes.length <= MAX_BODY_BYTES
    ? { body: bytes, tooLarge: false }
    : { body: Buffer.from(shortMembers(bytes)), tooLarge: true };

function lastOf(before: Buffer, chunk: Buffer): Buffer<ArrayBuffer> {
  const needed = chunk.length < END_BYTES ? [before, chunk] : [chunk];
  return Buffer.from(Buffer.concat(needed).subarray(-END_BYTES));
}

const fromNextMember = (bytes: Buffer): Buffer => {
  const at = bytes.indexOf('&');
  return at < 0 ? NOTHING : bytes.subarray(at + 1);
};

function shortMembers(form: Buffer): string {
  const members: string[] = [];
  for (let at = 0; at < form.length && members.length < MOST_MEMBERS; ) {
    const end = form.indexOf('&', at);
    const next = end < 0 ? form.length : end;
    if (next - at < SHORT_BYTES) members.push(form.toString('utf8', at, next));
    at = next + 1;
  }
  return members.join('&');
}
