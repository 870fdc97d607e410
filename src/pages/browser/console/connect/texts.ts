/** What the view that connects a client says, in both languages. */
import { withOwn } from '../texts.js';

export const t = withOwn({
  address: ['地址', 'Address'],
  endpoint: ['Endpoint（不带协议）', 'Endpoint, without a scheme'],
  https: ['https', 'https'],
  noHttps: ['未开启；启动时加 --https', 'off; start with --https'],
  caHint: ['“cloudauth-mock ca” 说明如何信任其证书', '“cloudauth-mock ca” says how to trust it'],
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
