/** How a picture is handed over (document 004, “关于上传图片地址的说明”). It names three forms and one size, and nothing of what a picture must look like. */
import { FORM_ADDRESS, FORM_BUCKET } from './buckets.js';

/** “单张图片大小请控制在2M内”, of the decoded bytes. */
export const MAX_PICTURE_BYTES = 2 * 1024 * 1024;

export type PictureForm =
  | { readonly kind: 'base64'; readonly data: string }
  | { readonly kind: 'oss'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'web'; readonly url: string };

const OSS = /^oss:\/\/([a-z0-9][a-z0-9-]{1,61}[a-z0-9]):(\S.*)$/s;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const WEB = /^https?:\/\/[^\s/]+/i;
const BASE64_PREFIX = 'base64://';

/**
 * `http(s)://…`, `oss://<bucket>:<path>` or `base64://<data>`.
 * @param value as sent; anything but text is no picture
 */
export function pictureForm(value: unknown): PictureForm | undefined {
  if (typeof value !== 'string') return undefined;
  if (value.startsWith(BASE64_PREFIX)) return { kind: 'base64', data: value.slice(BASE64_PREFIX.length) };
  const [, uploaded] = FORM_ADDRESS.exec(value) ?? [];
  // of an SDK's upload: it is here, whether or not its host leads here
  if (uploaded) return { kind: 'oss', bucket: FORM_BUCKET, key: uploaded };
  if (WEB.test(value)) return { kind: 'web', url: value };
  const [, bucket, key] = OSS.exec(value) ?? [];
  return bucket && key ? { kind: 'oss', bucket, key } : undefined;
}

/** By its first bytes: nothing else that is said of a picture can be believed. */
export function pictureType(bytes: Uint8Array): 'jpg' | 'png' | 'bmp' | undefined {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (start.startsWith('ffd8ff')) return 'jpg';
  if (start === '89504e470d0a1a0a') return 'png';
  return start.startsWith('424d') ? 'bmp' : undefined;
}

/** MP4 and MOV, WebM, AVI, FLV, WMV, RM: what LivenessDetect takes (help page 272564), and what browsers record. */
const VIDEO = /^(.{8}66747970|1a45dfa3|52494646.{8}41564920|464c56|3026b275|2e524d46)/;

/** Likewise, of a video. */
export const isVideo = (bytes: Uint8Array): boolean => VIDEO.test(Buffer.from(bytes.subarray(0, 12)).toString('hex'));

export const ossAddress = (bucket: string, key: string): string => `oss://${bucket}:${key}`;

/** @returns how many bytes it holds, or why it is no base64 of a picture, in ASCII */
export function base64Bytes(data: string): number | string {
  if (data.startsWith('data:')) return 'base64-with-data-header';
  const text = data.replace(/[\r\n ]/g, '');
  const digits = text.replace(/=+$/, '').length;
  // one digit of four holds six bits: no byte
  return !BASE64.test(text) || digits % 4 === 1 ? 'not-base64' : Math.floor((digits * 3) / 4);
}

/** @returns why this is no base64 of a picture, in ASCII; undefined when it may be one */
export function base64Problem(data: string): string | undefined {
  const bytes = base64Bytes(data);
  if (typeof bytes === 'string') return bytes;
  return bytes > MAX_PICTURE_BYTES ? 'over-2-MB' : undefined;
}
