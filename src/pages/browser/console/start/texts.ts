/** What the first view says, in both languages. */
import { withOwn } from '../texts.js';

export const t = withOwn({
  where: ['SDK 调用的地址', 'Where SDKs call'],
  none: [
    '还没有调用：第一次调用一到，这里就变为“实时”。',
    'Nothing has been called yet: with the first call this becomes “Live”.',
  ],
  endpoint: ['地址', 'Endpoint'],
  host: ['主机（不写协议的 SDK）', 'Host, for SDKs that take no scheme'],
  key: ['AccessKeyId', 'AccessKeyId'],
  secret: ['AccessKeySecret', 'AccessKeySecret'],
  others: [
    '以 LTAImock 开头的任何 AccessKeyId 都是一个独立账号，密钥相同。OSS 上传也用此地址。',
    'Any AccessKeyId that begins with LTAImock is an account of its own, with the same secret. OSS uploads go to this address too.',
  ],
  copyIt: ['复制', 'Copy'],
  next: ['接下来', 'Next'],
  connect: ['各语言 SDK 的代码和检查表', 'Code for each SDK, and a checklist'],
  demo: [
    '示例商户：不写代码，走一遍 Web 实人认证',
    'The demo merchant: a web verification to walk through without code',
  ],
  beUser: ['替用户操作：决定认证如何结束', 'Be the user: decide how a verification ends'],
  order: ['让下一次调用失败', 'Make the next call fail'],
  operations: ['支持的接口（JSON）', 'Operations there are (JSON)'],
});
