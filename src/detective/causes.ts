/** Every mistake the detective knows, in words: one row each. docs/signature-detective.md lists them from here. */

export interface Cause {
  readonly schemes: 'RPC' | 'ACS3' | 'RPC, ACS3';
  /** `{name}` stands for the parameter, header or key it is about. */
  readonly en: string;
  readonly zh: string;
  /** One line that mends it. */
  readonly fix: string;
  readonly fixZh: string;
}

const rows =
  (schemes: Cause['schemes']) =>
  (en: string, zh: string, fix: string, fixZh: string): Cause => ({ schemes, en, zh, fix, fixZh });
const rpc = rows('RPC');
const acs3 = rows('ACS3');
const both = rows('RPC, ACS3');

/** The ids are ASCII: they go into a response header. */
export const causes = {
  'key-without-ampersand': rpc(
    'the HMAC key lacks the “&” after the secret',
    'HMAC 密钥缺少 Secret 末尾的“&”',
    'use secret + "&" as the HMAC key',
    '以 secret + "&" 作为 HMAC 密钥',
  ),
  'key-with-ampersand': acs3(
    'the HMAC key has an “&” after the secret, as RPC 1.0 wants it',
    'HMAC 密钥末尾多了“&”（那是 RPC 1.0 的做法）',
    'use the bare secret as the HMAC key',
    '直接以 Secret 作为 HMAC 密钥',
  ),
  'whitespace-in-secret': both(
    'the secret was read with white space around it',
    'Secret 首尾带有空白字符',
    'trim the secret where it is read',
    '读取 Secret 时去掉首尾空白',
  ),
  'quotes-around-secret': both(
    'the secret was read with its quotes',
    'Secret 连同引号一起被读入',
    'strip the quotes where the secret is read, often a Docker env file',
    '读取 Secret 时去掉引号（常见于 Docker env 文件）',
  ),
  'secret-of-another-key': both(
    'signed with the secret of {name}, another key known here',
    '使用了另一个已知密钥 {name} 的 Secret',
    'pair the AccessKeyId with its own secret',
    'AccessKeyId 与 Secret 要成对使用',
  ),
  'access-key-id-as-secret': both(
    'the AccessKeyId was used as the secret',
    '把 AccessKeyId 当作 Secret 使用',
    'sign with the AccessKeySecret',
    '使用 AccessKeySecret 签名',
  ),
  'key-and-text-swapped': both(
    'key and text of the HMAC are swapped',
    'HMAC 的密钥与原文颠倒了',
    'the secret is the key, the string to sign is the text',
    'Secret 是密钥，待签名字符串是原文',
  ),
  'wrong-method': both(
    'signed as {name}, but sent with another method',
    '以 {name} 方法签名，实际发送的方法不同',
    'sign with the method that is sent',
    '用实际发送的请求方法签名',
  ),
  'lower-case-method': both(
    'the method is signed in lower case',
    '请求方法以小写参与签名',
    'write GET or POST in upper case',
    '请求方法用大写 GET 或 POST',
  ),
  'raw-slash': rpc(
    'the path is signed as “/”, not “%2F”',
    '路径以“/”而不是“%2F”参与签名',
    'write &%2F& between the method and the parameters',
    '请求方法与参数之间写 &%2F&',
  ),
  'path-signed': rpc(
    'the request’s own path is signed; RPC calls always sign “/”',
    '以实际路径签名；RPC 调用总是签“/”',
    'write &%2F& whatever the path is',
    '无论路径为何都写 &%2F&',
  ),
  'empty-path': acs3('the canonical path is empty', '规范化路径为空', 'sign “/” as the path', '路径写“/”'),
  unsorted: both('the parameters are not sorted', '参数没有排序', 'sort the parameters by name', '参数按名称排序'),
  'sorted-ignoring-case': both(
    'the parameters are sorted without regard to case',
    '参数排序忽略了大小写',
    'sort by code unit: upper case before lower case',
    '按字符编码排序：大写在小写之前',
  ),
  'sorted-as-pairs': both(
    'name=value texts are sorted, not names: “A.1=” comes before “A=”',
    '按 name=value 整体排序，而不是按名称排序',
    'sort by name before joining',
    '先按名称排序再拼接',
  ),
  'newline-after-string': both(
    'the signed text ends with a newline, as echo prints it',
    '被签名的文本末尾多了换行（echo 会加换行）',
    'use printf %s or echo -n',
    '使用 printf %s 或 echo -n',
  ),
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
  'body-not-signed': rpc(
    'the parameters of the form body are not signed',
    '表单中的参数没有参与签名',
    'sign query and form parameters together',
    '查询参数与表单参数一起签名',
  ),
  'query-not-signed': both(
    'the parameters of the query are not signed',
    '查询串中的参数没有参与签名',
    'sign the query parameters too',
    '查询参数也要参与签名',
  ),
  'body-not-a-form': rpc(
    'the body is signed but not sent as a form, so nobody reads it',
    '请求体参与了签名，但不是以表单发送，网关不会读取',
    'send Content-Type: application/x-www-form-urlencoded',
    '设置 Content-Type: application/x-www-form-urlencoded',
  ),
  'empty-left-out': rpc(
    'parameters with an empty value are left out',
    '空值参数没有参与签名',
    'sign name= for an empty value, or do not send it',
    '空值参数以 name= 参与签名，或不发送',
  ),
  'not-signed': rpc(
    'the parameter {name} is not signed',
    '参数 {name} 没有参与签名',
    'add {name} before signing',
    '在签名之前加入 {name}',
  ),
  'signed-but-not-sent': rpc(
    '{name} is signed but not sent',
    '{name} 参与了签名但没有发送',
    'send {name}, or do not sign it',
    '发送 {name}，或不让它参与签名',
  ),
  'repeated-name': rpc(
    'a name was sent twice; here its first value counts, the last was signed',
    '同名参数发送了两次：此处以第一个为准，签名用了最后一个',
    'send each name once',
    '每个参数名只发送一次',
  ),
  'hex-digest': rpc(
    'the signature is the hex digest',
    '签名使用了十六进制摘要',
    'base64-encode the raw digest',
    '对原始摘要做 base64',
  ),
  'base64-of-hex': both(
    'the signature is base64 of the hex digest',
    '对十六进制摘要做了 base64',
    'encode the raw digest, not its hex text',
    '对原始摘要编码，而不是它的十六进制文本',
  ),
  'base64-digest': acs3(
    'the signature is base64',
    '签名使用了 base64',
    'write the digest in lower-case hex',
    '签名用小写十六进制',
  ),
  'upper-case-hex-digest': acs3(
    'the signature is in upper-case hex',
    '签名使用了大写十六进制',
    'write the digest in lower-case hex',
    '签名用小写十六进制',
  ),
  'url-safe-base64': rpc(
    'the signature is URL-safe base64',
    '签名使用了 URL 安全的 base64',
    'use plain base64 with + and /, then percent-encode it',
    '使用标准 base64（+ 和 /），再做百分号编码',
  ),
  'base64-without-padding': rpc(
    'the “=” at the end of the signature is missing',
    '签名末尾缺少“=”',
    'keep the padding of base64',
    '保留 base64 末尾的“=”',
  ),
  'newline-after-signature': rpc(
    'the signature ends with a newline',
    '签名末尾多了换行',
    'strip the base64 text, e.g. encodestring(…).strip()',
    '去掉 base64 文本末尾的换行，例如 encodestring(…).strip()',
  ),
  'signature-encoded-twice': rpc(
    'the signature is percent-encoded twice when sent',
    '签名在发送时被编码了两次',
    'hand the HTTP library the plain base64 text',
    '把原始 base64 文本交给 HTTP 库',
  ),
  sha256: rpc(
    'signed with HMAC-SHA256',
    '使用了 HMAC-SHA256',
    'RPC signature 1.0 uses HMAC-SHA1',
    'RPC 签名 1.0 使用 HMAC-SHA1',
  ),
  sha1: acs3(
    'signed with HMAC-SHA1',
    '使用了 HMAC-SHA1',
    'ACS3-HMAC-SHA256 uses HMAC-SHA256',
    'ACS3-HMAC-SHA256 使用 HMAC-SHA256',
  ),
  'wrong-payload-hash': acs3(
    'x-acs-content-sha256 is not the hash of the body that was sent',
    'x-acs-content-sha256 不是实际请求体的哈希',
    'hash the exact bytes of the body',
    '对实际发送的请求体字节求哈希',
  ),
  'payload-hash-of-nothing': acs3(
    'the canonical request ends in the hash of an empty body',
    '规范化请求末尾是空请求体的哈希',
    'end the canonical request with the hash of the body',
    '规范化请求末尾写请求体的哈希',
  ),
  'payload-hash-missing': acs3(
    'the canonical request does not end in the payload hash',
    '规范化请求末尾缺少请求体哈希',
    'end the canonical request with the value of x-acs-content-sha256',
    '规范化请求末尾写 x-acs-content-sha256 的值',
  ),
  'payload-not-hashed': acs3(
    'the canonical request ends in the body itself, not its hash',
    '规范化请求末尾是请求体本身而非其哈希',
    'end the canonical request with hex(sha256(body))',
    '规范化请求末尾写 hex(sha256(body))',
  ),
  'canonical-without': acs3(
    'the canonical request lacks the header {name} that SignedHeaders declares',
    '规范化请求缺少 SignedHeaders 声明的 {name}',
    'add {name} to the canonical headers',
    '在规范化请求头中加入 {name}',
  ),
  'headers-unsorted': acs3(
    'the headers are not sorted',
    '请求头没有排序',
    'sort the headers by lower-case name',
    '请求头按小写名称排序',
  ),
  'no-line-after-headers': acs3(
    'the empty line after the canonical headers is missing',
    '规范化请求头之后缺少空行',
    'end every header line with a newline, then join with newlines',
    '每个请求头以换行结尾，再用换行拼接各部分',
  ),
  'signed-headers-missing': acs3(
    'the line of SignedHeaders is missing from the canonical request',
    '规范化请求缺少 SignedHeaders 一行',
    'write the names joined by “;” after the headers',
    '在请求头之后写以“;”连接的名称',
  ),
  'host-without-port': acs3(
    'the host is signed without its port',
    'host 签名时缺少端口',
    'sign the Host header as it is sent, with the port',
    '按实际发送的 Host（含端口）签名',
  ),
  'host-of-the-vendor': acs3(
    'the host is signed as {name} but sent as another',
    'host 以 {name} 签名，实际发送的不同',
    'sign the Host header as it is sent',
    '按实际发送的 Host 签名',
  ),
  'form-signed-as-query': acs3(
    'the parameters of the form body are signed as query',
    '表单参数被当作查询串签名',
    'the third line holds the query only; the body counts by its hash',
    '第三行只写查询串；请求体以哈希参与签名',
  ),
  'not-hashed': acs3(
    'the canonical request itself is signed, not its hash',
    '对规范化请求本身而非其哈希签名',
    'sign "ACS3-HMAC-SHA256\\n" + hex(sha256(canonical request))',
    '对 "ACS3-HMAC-SHA256\\n" + hex(sha256(规范化请求)) 签名',
  ),
  'algorithm-line-missing': acs3(
    'the string to sign lacks its first line, ACS3-HMAC-SHA256',
    '待签名字符串缺少首行 ACS3-HMAC-SHA256',
    'sign "ACS3-HMAC-SHA256\\n" + hex(sha256(canonical request))',
    '对 "ACS3-HMAC-SHA256\\n" + hex(sha256(规范化请求)) 签名',
  ),
} as const satisfies Record<string, Cause>;

export type CauseId = keyof typeof causes;
