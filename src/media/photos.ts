/**
 * Pictures as operations meet them, over the object store. Judged is what document 004 says: the three forms, 2 MB, and
 * that the picture is there. What is not in one of the clients' buckets already goes to the one of GetVerifyToken.
 */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Options } from '../config/options.js';
import type { Photos } from '../gateway/context.js';
import type { Urls } from '../gateway/urls.js';
import type { ObjectInfo, ObjectStore } from '../oss/object-store.js';
import { presign } from '../oss/signature-v1.js';
import type { Clock } from '../platform/clock.js';
import { flatKey } from '../platform/flat.js';
import type { Ids } from '../platform/ids.js';
import type { Store } from '../store/store.js';
import { BUCKETS, FACE_BUCKET, FORM_BUCKET, faceKey, SESSION_BUCKET, VERIFY_BUCKET } from '../verification/buckets.js';
import { FACE_JPEG } from '../verification/face.js';
import {
  base64Problem,
  isVideo,
  MAX_PICTURE_BYTES,
  ossAddress,
  type PictureForm,
  pictureForm,
  pictureType,
} from '../verification/picture.js';
import { download } from './download.js';

export interface PhotosDeps {
  readonly options: Options;
  readonly ids: Ids;
  readonly objects: ObjectStore;
  /** PEM of the emulator's own CA, whose addresses may come back. */
  ca(): string | undefined;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
}

/** Page “获取认证资料”: the addresses can be used for an hour. */
const ADDRESS_S = 3600;
/** Metadata of DescribeFaceVerify: 15 minutes from each query. */
const SUBMITTED_S = 900;
/** “避免算法拉取超时”: the time is not printed; SDKs give up after ten seconds. */
const FETCH_MS = 5000;
/** Page “InitFaceVerify”, of a photo to compare a face with: less than 1 MB, and 3 s to download it. */
const MAX_CONTRAST_BYTES = 1024 * 1024;
/** Metadata of InitFaceVerify, of base64. */
const MAX_CONTRAST_DIGITS = 1_548_576;
const CONTRAST_MS = 3000;
/** They say what it is. */
const START_BYTES = 16;
/** Fetched pictures that a call has checked and not yet stored. */
const MAX_FETCHED = 100;

export function createPhotos({ options, ids, objects, ca, storeOf, clockOf }: PhotosDeps): (account: string) => Photos {
  const fetched = new Map<string, string>();

  return (account) => {
    const once = async (key: string, bytes: Uint8Array, bucket = VERIFY_BUCKET): Promise<string> => {
      const found = await objects.find(account, bucket, key);
      if (!found || !(await objects.isWhole(found))) await objects.put(account, { bucket, key }, bytes);
      return key;
    };
    const signed = async (bucket: string, key: string, urls: Urls, seconds: number): Promise<string> => {
      const reader = await storeOf(account).credentials.reader(ids);
      const expiresS = Math.floor(clockOf(account).now() / 1000) + seconds;
      return urls.picture(bucket, key, presign(reader, { method: 'GET', bucket, key, expiresS }));
    };
    /**
     * The key holds the hash of the picture: the same picture is stored once, and no picture replaces another. One of a form
     * nobody knows is called .jpg, as the vendor's addresses end.
     */
    const put = (name: string, bytes: Uint8Array): Promise<string> =>
      once(
        `materials/${createHash('sha256').update(bytes).digest('hex')}/${name}.${pictureType(bytes) ?? 'jpg'}`,
        bytes,
      );
    const fetchInto = async (url: string): Promise<string | undefined> => {
      if (options.fetch === 'none') return undefined;
      const bounds = { maxBytes: MAX_PICTURE_BYTES, timeoutMs: FETCH_MS, ca: ca() };
      const done = await download(url, options.fetch, bounds);
      if ('refused' in done) return done.refused === 'too-large' ? 'over-2-MB' : done.refused;
      if (done.bytes.length === 0) return 'empty';
      const at = flatKey(`${account} ${url}`);
      fetched.delete(at);
      fetched.set(at, ossAddress(VERIFY_BUCKET, await put('fetched', done.bytes)));
      const [oldest] = fetched.keys();
      if (oldest !== undefined && fetched.size > MAX_FETCHED) fetched.delete(oldest);
      return undefined;
    };
    const kept = async (bucket: string, key: string): Promise<ObjectInfo | string> => {
      if (!BUCKETS.includes(bucket)) return `no-such-bucket: there are ${BUCKETS.join(' and ')}`;
      const found = await objects.find(account, bucket, key);
      if (!found) return 'not-uploaded';
      if (found.size === 0) return 'empty';
      return (await objects.isWhole(found)) ? found : 'its-bytes-are-gone-from-the-disk';
    };
    const uploaded = async (bucket: string, key: string): Promise<string | undefined> => {
      const found = await kept(bucket, key);
      if (typeof found === 'string') return found;
      return found.size > MAX_PICTURE_BYTES ? 'over-2-MB' : undefined;
    };
    const startOf = (found: ObjectInfo) =>
      buffer(objects.read(account, found, 0, Math.min(found.size, START_BYTES) - 1));
    /** What an SDK has uploaded: a photo, or a video of any length. */
    const filmed = async (address: string): Promise<string | undefined> => {
      const form = pictureForm(address);
      if (form?.kind !== 'oss' || form.bucket !== FORM_BUCKET) return 'not-an-upload';
      const found = await kept(form.bucket, form.key);
      if (typeof found === 'string') return found;
      const start = await startOf(found);
      return isVideo(start) ? undefined : (sizeProblem(found) ?? formProblem(start));
    };

    const photos: Photos = {
      async refuse(value, { method, fromPage }) {
        const form = pictureForm(value);
        if (!form) return 'no-picture-address: http(s)://..., oss://<bucket>:<key> or base64://...';
        if (form.kind === 'web')
          return options.fetch !== 'none' && fromPage ? 'asked-for-by-a-web-page' : fetchInto(form.url);
        if (form.kind === 'oss') return uploaded(form.bucket, form.key);
        return method === 'POST' ? base64Problem(form.data) : 'base64-needs-POST';
      },

      async contrast(photo, fromPage) {
        if ('base64' in photo) {
          if (photo.base64.length > MAX_CONTRAST_DIGITS) return 'too-large';
          return base64Problem(photo.base64) ?? formProblem(Buffer.from(photo.base64, 'base64'));
        }
        if ('uploaded' in photo) return filmed(photo.uploaded);
        if ('key' in photo) {
          const found = await kept(photo.bucket, photo.key);
          if (typeof found === 'string') return found;
          return sizeProblem(found);
        }
        if (options.fetch === 'none') return 'fetch-is-none';
        if (fromPage) return 'asked-for-by-a-web-page';
        const bounds = { maxBytes: MAX_CONTRAST_BYTES, timeoutMs: CONTRAST_MS };
        const done = await download(photo.url, options.fetch, bounds);
        return 'refused' in done ? done.refused : formProblem(done.bytes);
      },

      async look(value) {
        const form = pictureForm(value);
        const found = form?.kind === 'oss' ? await kept(form.bucket, form.key) : '';
        return typeof found === 'string' ? undefined : { start: await startOf(found), size: found.size };
      },

      async keep(name, value) {
        const form = pictureForm(value);
        if (form?.kind === 'web') return fetched.get(flatKey(`${account} ${value}`)) ?? value;
        const bytes = bytesOf(form);
        return bytes ? ossAddress(VERIFY_BUCKET, await put(name, bytes)) : value;
      },

      async address(name, value, urls, seconds = ADDRESS_S) {
        const form = pictureForm(value);
        if (form?.kind === 'web') return form.url;
        // base64: of Binding, in a task that was concluded by hand
        const bytes = bytesOf(form);
        const { bucket, key } =
          form?.kind === 'oss'
            ? form
            : {
                bucket: VERIFY_BUCKET,
                key: await (bytes ? put(name, bytes) : once(`synthetic/${name}.jpg`, FACE_JPEG)),
              };
        return signed(bucket, key, urls, seconds);
      },

      async submitted(certifyId, urls) {
        const bucket = FACE_BUCKET;
        const key = await once(faceKey(certifyId), FACE_JPEG, bucket);
        return { bucket, key, address: await signed(bucket, key, urls, SUBMITTED_S) };
      },

      forget: (certifyId) => objects.remove(account, FACE_BUCKET, [faceKey(certifyId)]),

      async frame(sessionId) {
        const found = await objects.find(account, SESSION_BUCKET, `${sessionId}.jpg`);
        return found && (await objects.isWhole(found)) ? buffer(objects.read(account, found)) : undefined;
      },
    };
    return photos;
  };
}

const sizeProblem = ({ size }: ObjectInfo): string | undefined => (size > MAX_CONTRAST_BYTES ? 'too-large' : undefined);

const formProblem = (start: Uint8Array): string | undefined =>
  pictureType(start) ? undefined : 'neither-JPEG-nor-PNG-nor-BMP';

/** Of base64 that may be a picture. */
const bytesOf = (form: PictureForm | undefined): Buffer | undefined =>
  form?.kind === 'base64' && !base64Problem(form.data) ? Buffer.from(form.data, 'base64') : undefined;
