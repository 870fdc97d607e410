/**
 * Files as the generators of the vendor's SDKs put them into a form, byte by byte. TypeScript's is made by the installed
 * generator itself; the others are written after their sources (tea-fileform of Java, dara of Go, darabonba of Python).
 */
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

const { Form } = createRequire(import.meta.url)('@darabonba/typescript') as {
  Form: { toFileForm(form: Record<string, unknown>, boundary: string): Readable };
};

export type Fields = Readonly<Record<string, string>>;

export interface Generator {
  readonly userAgent: string;
  /** @param fields without `success_action_status` */
  form(fields: Fields, file: Buffer, boundary: string): Promise<Buffer>;
}

const STATUS = { success_action_status: '201' };

const field = (boundary: string, [name, value]: [string, string]): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** @param end what the generator writes behind the file's bytes */
const fileLast =
  (order: (names: [string, string][]) => [string, string][], end: string) =>
  async (fields: Fields, file: Buffer, boundary: string): Promise<Buffer> => {
    const texts = order(Object.entries({ ...fields, ...STATUS })).map((each) => field(boundary, each));
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fields.key}"\r\nContent-Type: \r\n\r\n`;
    return Buffer.concat([Buffer.from(texts.join('') + head), file, Buffer.from(`${end}--${boundary}--\r\n`)]);
  };

const asTheyCome = (names: [string, string][]) => names;
const byName = (names: [string, string][]) => names.toSorted(([a], [b]) => (a < b ? -1 : 1));

export const GENERATORS: Readonly<Record<string, Generator>> = {
  // a field stands behind the file, and no line end between the two
  TypeScript: {
    userAgent: 'AlibabaCloud (linux; x64) Node.js/v22.20.0 Core/1.0.1 TeaDSL/2',
    form: (fields, file, boundary) =>
      buffer(
        Form.toFileForm(
          { ...fields, file: { filename: fields.key, contentType: '', content: Readable.from([file]) }, ...STATUS },
          boundary,
        ),
      ),
  },
  Java: {
    userAgent: 'AlibabaCloud (Linux; amd64) Java/21.0.4+7-LTS Core/0.3.11 TeaDSL/2',
    form: fileLast(asTheyCome, '\r\n'),
  },
  // its map has no order
  Go: {
    userAgent: 'AlibabaCloud (linux; amd64) Golang/1.24 Core/1.3.9 TeaDSL/2',
    form: fileLast((names) => names.toReversed(), '\r\n\r\n'),
  },
  Python: {
    userAgent: 'AlibabaCloud (Linux; x86_64) Python/3.12.3 Core/0.4.1 TeaDSL/2',
    form: fileLast(byName, '\r\n'),
  },
};
