/** How a picture is handed over (document 004, “关于上传图片地址的说明”): form and size are judged, nothing is fetched. */

/** “单张图片大小请控制在2M内”, of the decoded bytes. */
export const MAX_PICTURE_BYTES = 2 * 1024 * 1024;

const OSS = /^oss:\/\/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]:\S/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const WEB = /^https?:\/\/[^\s/]+/i;

/**
 * `http(s)://…`, `oss://<bucket>:<path>` or `base64://<data>` without a `data:` header; base64 needs POST.
 * @param value as sent; anything but text is no picture
 */
export function isUsablePicture(value: unknown, method: string): boolean {
  if (typeof value !== 'string') return false;
  if (value.startsWith('base64://')) return method === 'POST' && isUsableBase64(value.slice('base64://'.length));
  return OSS.test(value) || WEB.test(value);
}

function isUsableBase64(data: string): boolean {
  const text = data.replace(/[\r\n ]/g, '');
  return BASE64.test(text) && Math.floor((text.replace(/=+$/, '').length * 3) / 4) <= MAX_PICTURE_BYTES;
}
