/** The answers of the 43 operations that the vendor's package knows, read by its own model classes. */
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';

interface Model {
  toMap(): Record<string, unknown>;
}
const require = createRequire(import.meta.url);
const sdk = require('@alicloud/cloudauth20190307') as Record<string, (new (members: object) => Model) | undefined>;
const { cast } = createRequire(require.resolve('@alicloud/cloudauth20190307'))('@darabonba/typescript') as {
  cast(body: unknown, model: Model): Model;
};

export const packaged = (path: string): string | undefined => {
  const [product, version, name] = path.split('/');
  return product === 'cloudauth' && version === '2019-03-07' && sdk[`${name}ResponseBody`] ? name : undefined;
};

/** @returns what the class loses or changes of an answer; empty where it reads all of it */
export function lostBy(name: string, text: string): string[] {
  const body = JSON.parse(text);
  const read = cast(body, new sdk[`${name}ResponseBody`]!({})).toMap();
  return isDeepStrictEqual(JSON.parse(JSON.stringify(read)), body)
    ? []
    : [`${name}ResponseBody reads ${JSON.stringify(read)}`];
}
