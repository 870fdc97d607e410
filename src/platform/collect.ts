/**
 * The whole of a body, within a limit: what is longer is not read to its end.
 * @param tooLong made and thrown for a body of more than `maxBytes`
 * @throws what `tooLong` makes, and what the chunks throw
 */
export async function collect(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
  tooLong: () => Error,
): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) throw tooLong();
    read.push(chunk);
  }
  return Buffer.concat(read, size);
}
