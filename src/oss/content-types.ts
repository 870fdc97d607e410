/** Of an object that was put without a Content-Type. */

/** Types by which people check what they uploaded; OSS goes by the extension when no Content-Type was sent. */
// a key may end in `.constructor`: it is looked up in nothing that has more than these
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    png: 'image/png',
    gif: 'image/gif',
    webp: 'image/webp',
    bmp: 'image/bmp',
    mp4: 'video/mp4',
    json: 'application/json',
    txt: 'text/plain',
    zip: 'application/zip',
  }),
);
export const typeOf = (key: string): string =>
  TYPES.get(/\.(\w+)$/.exec(key)?.[1]?.toLowerCase() ?? '') ?? 'application/octet-stream';
