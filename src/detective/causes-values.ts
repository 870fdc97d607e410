/** Mistakes by which the value that is signed is not the value that is sent. */
import { both, type Cause } from './cause.js';

export const values = {
  'sent-with-entities': both(
    'a value is signed as it is, but sent with HTML entities such as &amp;',
    '签名用原值，发送的值含有 HTML 实体（如 &amp;）',
    'do not escape values for HTML before they are sent',
    '发送前不要对值做 HTML 转义',
  ),
  'signed-with-entities': both(
    'a value is signed with HTML entities such as &amp;, but sent as it is',
    '签名的值含有 HTML 实体（如 &amp;），发送的是原值',
    'sign the value that is sent, not one escaped for HTML',
    '按实际发送的值签名，不要先做 HTML 转义',
  ),
  'signed-trimmed': both(
    'a value is signed without the white space around it, but sent with it',
    '签名的值去掉了首尾空白，发送的值没有',
    'trim the value before both',
    '在签名和发送之前统一去掉首尾空白',
  ),
  'sent-trimmed': both(
    '{name} is signed with white space around it, but sent without',
    '{name} 签名时带有首尾空白，发送时被去掉',
    'trim {name} before signing',
    '签名之前先去掉 {name} 的首尾空白',
  ),
  'line-ends-differ': both(
    'line ends are signed as {name}, but sent as others; HTML forms send CRLF',
    '换行以 {name} 签名，发送时却不同（HTML 表单发送 CRLF）',
    'make line ends alike before signing and sending',
    '签名和发送之前统一换行符',
  ),
  'unicode-form-differs': both(
    'text is signed in the Unicode form {name}, but sent in another; file names of macOS are NFD',
    '文本以 Unicode 规范形式 {name} 签名，发送的却是另一种（macOS 文件名为 NFD）',
    'normalize text, e.g. to NFC, before both',
    '在签名和发送之前统一规范化，例如 NFC',
  ),
} as const satisfies Record<string, Cause>;
