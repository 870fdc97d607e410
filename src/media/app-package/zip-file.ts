/** One file of a zip. Packages come from strangers: yauzl ends where an entry is longer than it claims. */
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';

export interface FoundFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Real packages have some ten thousand. */
const MAX_FILES = 100_000;

/** @returns the first file of such a name; undefined when there is none. @throws Error when it is no zip, or the file is larger */
export async function findFile(
  zip: Buffer,
  names: readonly RegExp[],
  maxBytes: number,
): Promise<FoundFile | undefined> {
  const opened = await fromBufferPromise(zip);
  if (opened.entryCount > MAX_FILES) throw new Error('too many files');
  for await (const entry of opened.eachEntry()) {
    if (!names.some((pattern) => pattern.test(entry.fileName))) continue;
    if (entry.uncompressedSize > maxBytes) throw new Error('too large');
    return { name: entry.fileName, bytes: await buffer(await opened.openReadStreamPromise(entry)) };
  }
  return undefined;
}
