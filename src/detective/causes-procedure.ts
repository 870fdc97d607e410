/** Mistakes in the secret, the method and the order of the parameters. */
import { acs3, both, type Cause, rpc } from './cause.js';

export const keyAndOrder = {
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
  'sorted-by-another-rule': both(
    'the parameters are sorted by another rule: {name}',
    '参数按其他规则排序：{name}',
    'put all parameters into one list and sort the names by code unit',
    '把所有参数放进同一列表，按名称的字符编码排序',
  ),
  'newline-after-string': both(
    'the signed text ends with a newline, as echo prints it',
    '被签名的文本末尾多了换行（echo 会加换行）',
    'use printf %s or echo -n',
    '使用 printf %s 或 echo -n',
  ),
} as const satisfies Record<string, Cause>;
