/** What the view that connects a client says, in both languages. */
import { withOwn } from '../texts.js';

export const t = withOwn({
  where: ['SDK 调用的地址', 'Where SDKs call'],
  none: [
    '还没有调用：第一次调用一到，根地址就改为显示“实时”。',
    'Nothing has been called yet: with the first call the base URL shows “Live” instead.',
  ],
  others: [
    '以 LTAImock 开头的任何 AccessKeyId 都是一个独立账号，密钥相同。OSS 上传也用此地址。使用 https 时，“cloudauth-mock ca” 说明如何信任其证书。',
    'Any AccessKeyId that begins with LTAImock is an account of its own, with the same secret. OSS uploads go to this address too. With https, “cloudauth-mock ca” says how to trust it.',
  ],
  copyFact: ['复制', 'Copy'],
  next: ['接下来', 'Next'],
  demo: [
    '示例商户：不写代码，走一遍 Web 实人认证',
    'The demo merchant: a web verification to walk through without code',
  ],
  beUser: ['替用户操作：决定认证如何结束', 'Be the user: decide how a verification ends'],
  order: ['让下一次调用失败', 'Make the next call fail'],
  operations: ['支持的接口（JSON）', 'Operations there are (JSON)'],
  address: ['地址', 'Address'],
  endpoint: ['Endpoint（不带协议）', 'Endpoint, without a scheme'],
  https: ['https', 'https'],
  noHttps: ['未开启；启动时加 --https', 'off; start with --https'],
  sdk: ['SDK', 'SDK'],
  copyIt: ['复制代码', 'Copy the code'],
  progress: ['进度', 'How far it is'],
  call: ['第一次签名调用', 'The first signed call'],
  verification: ['第一次发起认证', 'The first verification'],
  upload: ['第一次上传', 'The first upload'],
  ended: ['第一次认证结束', 'The first verification that has ended'],
  done: ['已完成', 'done'],
  open: ['未完成', 'not yet'],
});
