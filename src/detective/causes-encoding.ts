/** Mistakes in how characters are encoded. */
import { both, type Cause, rpc } from './cause.js';

export const encoding = {
  'plus-for-space': both(
    'a space is encoded as “+”',
    '空格被编码为“+”',
    'replace + by %20 after encoding',
    '编码后把 + 替换为 %20',
  ),
  'raw-star': both('“*” is left as it is', '“*”没有编码', 'replace * by %2A after encoding', '编码后把 * 替换为 %2A'),
  'raw-marks': both(
    "“!'()*” are left as they are, as encodeURIComponent does",
    "“!'()*”没有编码（encodeURIComponent 的行为）",
    "encode ! ' ( ) * too",
    "对 ! ' ( ) * 也要编码",
  ),
  'encoded-tilde': both(
    '“~” is encoded',
    '“~”被编码为 %7E',
    'replace %7E by ~ after encoding',
    '编码后把 %7E 还原为 ~',
  ),
  'raw-slash-in-values': both(
    '“/” in values is left as it is, as Python’s quote does',
    '值中的“/”没有编码（Python quote 的默认行为）',
    'encode / as %2F, e.g. quote(value, safe="~")',
    '把 / 编码为 %2F，例如 quote(value, safe="~")',
  ),
  'lower-case-hex': both(
    'percent escapes are in lower case',
    '百分号编码使用了小写',
    'write %2F, not %2f',
    '写 %2F 而不是 %2f',
  ),
  gbk: both(
    'text is signed as GBK but sent as UTF-8',
    '签名用 GBK 编码，发送用 UTF-8 编码',
    'encode text as UTF-8 before signing',
    '签名前以 UTF-8 编码',
  ),
  'sent-as-gbk': both(
    'text is signed as UTF-8 but sent as GBK',
    '签名用 UTF-8 编码，发送用 GBK 编码',
    'send text as UTF-8',
    '以 UTF-8 发送',
  ),
  'gbk-on-the-wire': both(
    'text is signed and sent as GBK',
    '签名和发送都用了 GBK 编码',
    'encode text as UTF-8 everywhere',
    '统一使用 UTF-8 编码',
  ),
  'values-not-encoded': both(
    'names and values are not encoded',
    '参数名和值没有先编码',
    'encode each name and value',
    '对每个参数名和值进行编码',
  ),
  'values-encoded-twice': both(
    'names and values are encoded twice',
    '参数名和值编码了两次',
    'encode each name and value once',
    '每个参数名和值只编码一次',
  ),
  'not-encoded-as-a-whole': rpc(
    'the joined parameters are not encoded once more',
    '拼接后的参数没有再次编码',
    'percent-encode the joined parameters as a whole',
    '对拼接后的整体再编码一次',
  ),
  'whole-encoded-twice': rpc(
    'the joined parameters are encoded twice',
    '拼接后的参数多编码了一次',
    'percent-encode the joined parameters once',
    '对拼接后的整体只编码一次',
  ),
  'sent-unencoded-plus': both(
    'a “+” was sent unencoded and arrives as a space',
    '“+”未编码就发送，到达时变成空格',
    'percent-encode values when sending, + as %2B',
    '发送时对值编码，+ 写成 %2B',
  ),
  'sent-encoded-twice': both(
    'values are encoded twice when sent: the HTTP library encodes them again',
    '发送时值被编码了两次（HTTP 库又编码了一次）',
    'hand the library plain values, or a finished query string',
    '把原始值交给 HTTP 库，或直接使用拼好的查询串',
  ),
} as const satisfies Record<string, Cause>;
