/** Which operation a call is: told by method, sub-resource and whether there is a key, as OSS's pages do. */
import { type OssError, ossError } from '../errors.js';
import type { OssRequest } from '../message.js';
import { abortMultipartUpload } from './abort-multipart-upload.js';
import type { Operation } from './call.js';
import { completeMultipartUpload } from './complete-multipart-upload.js';
import { deleteMultipleObjects } from './delete-multiple-objects.js';
import { deleteObject } from './delete-object.js';
import { getObject } from './get-object.js';
import { getObjectMeta } from './get-object-meta.js';
import { headObject } from './head-object.js';
import { initiateMultipartUpload } from './initiate-multipart-upload.js';
import { listObjects } from './list-objects.js';
import { listParts } from './list-parts.js';
import { putObject } from './put-object.js';
import { uploadPart } from './upload-part.js';

export interface Chosen {
  /** For the log. */
  readonly name: string;
  readonly run: Operation;
}

interface Row extends Chosen {
  readonly methods: readonly string[];
  /** Present in the query; absent: none of {@link SUBRESOURCES} is. */
  readonly subresource?: string;
  readonly onBucket?: true;
}

/** The first that fits counts: an UploadPart has both `partNumber` and `uploadId`. */
const ROWS: readonly Row[] = [
  { name: 'UploadPart', methods: ['PUT'], subresource: 'uploadId', run: uploadPart },
  { name: 'InitiateMultipartUpload', methods: ['POST'], subresource: 'uploads', run: initiateMultipartUpload },
  { name: 'CompleteMultipartUpload', methods: ['POST'], subresource: 'uploadId', run: completeMultipartUpload },
  { name: 'AbortMultipartUpload', methods: ['DELETE'], subresource: 'uploadId', run: abortMultipartUpload },
  { name: 'ListParts', methods: ['GET'], subresource: 'uploadId', run: listParts },
  { name: 'GetObjectMeta', methods: ['GET', 'HEAD'], subresource: 'objectMeta', run: getObjectMeta },
  { name: 'PutObject', methods: ['PUT'], run: putObject },
  { name: 'GetObject', methods: ['GET'], run: getObject },
  { name: 'HeadObject', methods: ['HEAD'], run: headObject },
  { name: 'DeleteObject', methods: ['DELETE'], run: deleteObject },
  {
    name: 'DeleteMultipleObjects',
    methods: ['POST'],
    subresource: 'delete',
    onBucket: true,
    run: deleteMultipleObjects,
  },
  { name: 'ListObjects', methods: ['GET'], onBucket: true, run: listObjects },
];

/** Names in a query that make a call something else: the list of what OSS signs, without what only modifies an answer. */
const SUBRESOURCES = (
  'acl uploads location cors logging website referer lifecycle delete append tagging objectMeta uploadId partNumber ' +
  'img style styleName replication replicationProgress replicationLocation cname bucketInfo comp qos live status vod ' +
  'symlink stat restore versions versioning versionId encryption policy requestPayment qosInfo asyncFetch sequential ' +
  'inventory inventoryId worm wormId wormExtend callback callback-var x-oss-process'
).split(' ');

const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];

const namesOf = (query: { has(name: string): boolean }): string[] =>
  SUBRESOURCES.filter((name) => query.has(name) && name !== 'partNumber');

/** @param query its names. @param key empty for a call on the bucket. @returns undefined when this emulator has no such operation */
export function choose(
  { method, headers }: OssRequest,
  query: { has(name: string): boolean },
  key: string,
): Chosen | undefined {
  // CopyObject and UploadPartCopy
  if (headers['x-oss-copy-source'] !== undefined) return undefined;
  // ali-oss expects the answer of the server that is called back; without it the upload must not look finished
  if (headers['x-oss-callback']) return undefined;
  const named = namesOf(query);
  return ROWS.find(
    ({ methods, subresource, onBucket = false }) =>
      methods.includes(method) && onBucket === (key === '') && named.join() === (subresource ?? ''),
  );
}

/** @param query its names. @param key empty for a call on the bucket */
export function unsupported(
  { method, headers }: OssRequest,
  query: { has(name: string): boolean },
  key: string,
): OssError {
  if (!METHODS.includes(method)) return ossError('MethodNotAllowed', { Method: method });
  // the call is where PostObject would be, but its body is no form
  if (
    method === 'POST' &&
    key === '' &&
    !namesOf(query).length &&
    !/^multipart\/form-data/i.test(headers['content-type'] ?? '')
  )
    return ossError('RequestIsNotMultiPartContent');
  return ossError('NotImplemented', {}, undefined, 'oss-unsupported');
}

/** A form brings its own signature; whatever else signs the call is not looked at (PostObject's page). */
export const isForm = ({ method, headers, query }: OssRequest): boolean =>
  method === 'POST' &&
  !/(^|&)(uploads|uploadId|delete)(=|&|$)/.test(query) &&
  /^multipart\/form-data/i.test(headers['content-type'] ?? '');
