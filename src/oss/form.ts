/** The body of a PostObject: multipart/form-data, read by the platform and held in memory, so it is bounded. */
import { ossError } from './errors.js';
import type { OssRequest } from './message.js';
import { bodyOf } from './operations/received.js';

/** A browser posts pictures this way; what is larger has PutObject and multipart uploads. */
export const MAX_FORM_BYTES = 64 * 1024 * 1024;

export interface Form {
  /** Those before the file; OSS reads no others. Names as sent. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
}

/** @throws OssError MalformedPOSTRequest, EntityTooLarge, InvalidArgument when there is no file */
export async function readForm({ headers, body }: OssRequest): Promise<Form> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyOf(body)) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES)
      throw ossError('EntityTooLarge', {}, undefined, `this emulator reads forms of up to ${MAX_FORM_BYTES} bytes`);
    chunks.push(chunk);
  }
  const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': headers['content-type']! } })
    .formData()
    .catch((error: Error) => {
      throw ossError('MalformedPOSTRequest', {}, undefined, error.message);
    });
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (name === 'file') {
      const file = typeof value === 'string' ? new File([value], '') : value;
      return { fields, file: { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) } };
    }
    if (typeof value === 'string' && !fields.has(name)) fields.set(name, value);
  }
  throw ossError(
    'InvalidArgument',
    { ArgumentName: 'file', ArgumentValue: '' },
    undefined,
    'the form has no field named file',
  );
}
