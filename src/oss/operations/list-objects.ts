/** ListObjects and ListObjectsV2 (`list-type=2`), within the credential's path. */
import { checkKey } from '../authenticate.js';
import type { ObjectInfo } from '../object-store.js';
import { elements, xmlDocument, xmlTime } from '../xml.js';
import { type OssCall, type OssResult, xmlResult } from './call.js';
import { namesOf } from './names.js';
import { wholeNumber } from './numbers.js';

interface Page {
  readonly objects: readonly ObjectInfo[];
  readonly prefixes: readonly string[];
  /** The last name of the page, when there are more. */
  readonly next: string | undefined;
}

/** Walks the keys in order; all keys with the same text up to the delimiter behind the prefix count as one group. */
async function pageOf(call: OssCall, prefix: string, delimiter: string, marker: string, max: number): Promise<Page> {
  const { account, bucket } = call.caller;
  const objects: ObjectInfo[] = [];
  const prefixes: string[] = [];
  let last = marker;
  let after = marker;
  for (;;) {
    const found = await call.objects.list(account, bucket, prefix, after, max + 1);
    for (const object of found) {
      const cut = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
      const group = cut < 0 ? undefined : object.key.slice(0, cut + delimiter.length);
      // the marker may be a group, which the page before has listed
      if (group !== undefined && group === last) continue;
      if (objects.length + prefixes.length === max) return { objects, prefixes, next: last };
      if (group === undefined) objects.push(object);
      else prefixes.push(group);
      last = group ?? object.key;
    }
    if (found.length <= max) return { objects, prefixes, next: undefined };
    after = found.at(-1)!.key;
  }
}

const token = (key: string): string => Buffer.from(key).toString('base64');

export async function listObjects(call: OssCall): Promise<OssResult> {
  const { caller } = call;
  const { account, bucket, params } = caller;
  const v2 = params.get('list-type') === '2';
  const prefix = params.get('prefix') ?? '';
  checkKey(caller, prefix);
  const delimiter = params.get('delimiter') ?? '';
  const continued = v2 ? params.get('continuation-token') : undefined;
  const startAfter = params.get(v2 ? 'start-after' : 'marker') ?? '';
  const marker = continued ? Buffer.from(continued, 'base64').toString('utf8') : startAfter;
  const max = wholeNumber(call, 'max-keys', 1, 1000, 100);
  const { EncodingType, written: name } = namesOf(call);
  const { objects, prefixes, next } = await pageOf(call, prefix, delimiter, marker, max);
  const owner = { Owner: elements({ ID: account, DisplayName: account }) };
  const fields = elements({
    Name: bucket,
    Prefix: name(prefix),
    ...(v2 ? { StartAfter: startAfter && name(startAfter), ContinuationToken: continued } : { Marker: name(marker) }),
    MaxKeys: max,
    Delimiter: name(delimiter),
    EncodingType,
    IsTruncated: String(next !== undefined),
    ...(v2
      ? { NextContinuationToken: next && token(next), KeyCount: objects.length + prefixes.length }
      : { NextMarker: next && name(next) }),
  });
  const contents = objects.map((object) =>
    elements({
      Key: name(object.key),
      LastModified: xmlTime(object.modifiedAt),
      ETag: `"${object.etag}"`,
      Type: object.etag.includes('-') ? 'Multipart' : 'Normal',
      Size: object.size,
      StorageClass: 'Standard',
      ...((!v2 || params.get('fetch-owner') === 'true') && owner),
    }),
  );
  return xmlResult(
    xmlDocument('ListBucketResult', [
      ...fields,
      ...contents.flatMap((Contents) => elements({ Contents })),
      ...prefixes.flatMap((group) => elements({ CommonPrefixes: elements({ Prefix: name(group) }) })),
    ]),
  );
}
