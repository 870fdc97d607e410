/** The body of a PostObject, held in memory, so it is bounded. */
import { createHash } from 'node:crypto';
import { collect } from '../platform/collect.js';
import { ossError } from './errors.js';
import type { OssRequest } from './message.js';
import { type FormPart, readMultipart } from './multipart-form.js';
import { bodyOf } from './operations/received.js';

/** A browser posts pictures this way; what is larger has PutObject and multipart uploads. */
const MAX_FORM_BYTES = 64 * 1024 * 1024;

export interface Form {
  /** Those before the file; OSS reads no others. Names in lower case: any case will do (page on POST signature V1). */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
}

/** Before more of a file is kept its fields, which stand before it, must have been signed. */
const UNKNOWN_BYTES = 8 * 1024 * 1024;

/** Page on status 400; that it is so for each field, and not for all together, is inferred. */
const MAX_FIELD_BYTES = 4096;

/** A GET gives the type back in a header. */
const SENDABLE = /^[\x20-\x7e]*$/;

const LINE_END = Buffer.from('\r\n');
/** What the vendor's SDKs call themselves, but for Go's. */
const NOT_GO = /^AlibabaCloud \([^)]*\) (?!Golang)/;

/**
 * The file as its program gave it to the vendor's SDK; a field named `host` tells that one sends the form. TypeScript's puts
 * no line end behind the file, but a field: a line end that is there is the file's own. Go's, whose file is always the
 * last, puts one too many.
 */
function sentBySdk({ bytes, closed }: FormPart, isLast: boolean, userAgent = ''): Buffer {
  if (!isLast) return closed ? Buffer.concat([bytes, LINE_END]) : bytes;
  const hasOneTooMany = !NOT_GO.test(userAgent) && bytes.subarray(-2).equals(LINE_END);
  return hasOneTooMany ? bytes.subarray(0, -2) : bytes;
}

/**
 * @param authenticate throws for fields that nobody has signed; asked early where the file is large
 * @throws OssError MalformedPOSTRequest, EntityTooLarge, FieldItemTooLong, IncorrectNumberOfFilesInPOSTRequest
 */
export async function readForm(
  { headers, body }: OssRequest,
  authenticate: (fields: Form['fields']) => Promise<unknown>,
): Promise<Form> {
  const partsOf = (bytes: Buffer, cut = false): FormPart[] => {
    const parts = readMultipart(headers['content-type']!, bytes, cut);
    if (!parts) throw ossError('MalformedPOSTRequest');
    return parts;
  };
  const early = async (bytes: Buffer) => authenticate(fieldsOf(partsOf(bytes, true)).fields);
  const whole = await collect(judged(bodyOf(body), early), MAX_FORM_BYTES, () =>
    ossError('EntityTooLarge', {}, undefined, ['oss-long-form', { max: MAX_FORM_BYTES }]),
  );
  const md5 = headers['content-md5'];
  // of all the body (OSS's page on errors of PostObject)
  if (md5 !== undefined && createHash('md5').update(whole).digest('base64') !== md5)
    throw ossError('InvalidDigest', { 'Content-MD5': md5 });
  const parts = partsOf(whole);
  if (parts.filter(isFile).length > 1) throw ossError('IncorrectNumberOfFilesInPOSTRequest');
  const { fields, file } = fieldsOf(parts);
  if (!file) throw ossError('IncorrectNumberOfFilesInPOSTRequest', {}, undefined, 'oss-no-file');
  const { filename = '', type } = file;
  const bytes = fields.has('host') ? sentBySdk(file, file === parts.at(-1), headers['user-agent']) : file.bytes;
  return { fields, file: { name: filename, type: SENDABLE.test(type) ? type : '', bytes } };
}

/** @param early told the beginning of a long body; what it throws ends the reading */
async function* judged(body: AsyncIterable<Uint8Array>, early: (beginning: Buffer) => Promise<unknown>) {
  let beginning: Uint8Array[] | undefined = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    beginning?.push(chunk);
    if (beginning && size > UNKNOWN_BYTES) {
      await early(Buffer.concat(beginning));
      beginning = undefined;
    }
    yield chunk;
  }
}

const isFile = ({ name }: FormPart): boolean => name.toLowerCase() === 'file';

/** The fields before the file, and the file. */
function fieldsOf(parts: readonly FormPart[]): Pick<Form, 'fields'> & { readonly file?: FormPart } {
  const fields = new Map<string, string>();
  for (const part of parts) {
    if (isFile(part)) return { fields, file: part };
    if (part.bytes.length > MAX_FIELD_BYTES) throw ossError('FieldItemTooLong');
    const field = part.name.toLowerCase();
    if (!fields.has(field)) fields.set(field, part.bytes.toString('utf8'));
  }
  return { fields };
}
