/** Options of what is let in and out: who may call what, which addresses may be reached, how much is kept. */
import { maskedKeyId } from '../platform/redact.js';
import { checkAccountTokens, readAccountTokens } from './account-tokens.js';
import type { Options, Setting } from './option-types.js';
import { bytes, callbackHosts, hostNames, last, oneOf, origins } from './readers.js';

type Names =
  | 'adminToken'
  | 'accountTokens'
  | 'allowedHosts'
  | 'allowedOrigins'
  | 'fetch'
  | 'callback'
  | 'callbackHosts'
  | 'maxObjectBytes'
  | 'redirectHosts';

export const accessSettings: { readonly [K in Names]: Setting<Options[K]> } = {
  adminToken: {
    flag: 'admin-token',
    value: 'TOKEN',
    default: '',
    en: 'what callers of /_mock must send as “Authorization: Bearer TOKEN”; a browser asks for it as a password on /_mock/console, /_mock/phone and /demo',
    zh: '访问 /_mock 须以 “Authorization: Bearer TOKEN” 携带的令牌；浏览器打开 /_mock/console、/_mock/phone 和 /demo 时作为密码输入',
    read: (values) => last(values) || undefined,
    masked: (token) => (token === undefined ? '' : '…'),
  },
  accountTokens: {
    flag: 'account-token',
    value: 'ACCOUNT=TOKEN',
    default: '',
    en: 'a token that opens /_mock for one account alone, given as the admin token is; with one, whoever has no token is refused',
    zh: '只能用于一个账号的 /_mock 令牌，使用方式与管理令牌相同；设置后，没有令牌者一律拒绝',
    repeatable: true,
    read: readAccountTokens,
    check: checkAccountTokens,
    masked: (tokens) => tokens.map(({ account }) => `${maskedKeyId(account)}=…`),
  },
  allowedHosts: {
    flag: 'allowed-host',
    value: 'NAME',
    default: '',
    en: 'a further Host that may use /_mock; no access control, for anybody can send it',
    zh: '允许访问 /_mock 的其他主机名；不是访问控制，任何人都能发送它',
    repeatable: true,
    read: hostNames,
  },
  allowedOrigins: {
    flag: 'allowed-origin',
    value: 'ORIGIN',
    default: '',
    en: 'a further web page origin that may call the gateway, e.g. https://app.example.com; * lets any',
    zh: '允许调用网关的其他网页来源，例如 https://app.example.com；* 表示任意',
    repeatable: true,
    read: origins,
  },
  fetch: {
    flag: 'fetch',
    value: 'none|loopback|public',
    default: 'none',
    en: 'which addresses of pictures and app packages are downloaded: none, this machine’s, or public ones as well',
    zh: '下载哪些图片和应用包地址：不下载、仅本机、或包括公网',
    read: (values) => oneOf('none', 'loopback', 'public')([last(values)]),
  },
  callback: {
    flag: 'callback',
    value: 'off|loopback|public',
    default: 'loopback',
    en: 'which CallbackUrls are called when a verification has ended: none, this machine’s, or public ones as well',
    zh: '认证结束后调用哪些 CallbackUrl：不调用、仅本机、或包括公网',
    read: (values) => oneOf('off', 'loopback', 'public')([last(values)]),
  },
  callbackHosts: {
    flag: 'callback-host',
    value: 'NAME',
    default: '',
    en: 'a further host that is called back, though its address be private: that of a compose service, say',
    zh: '允许回调的其他主机名，其地址可以是内网地址，例如 compose 中的服务',
    repeatable: true,
    read: callbackHosts,
  },
  maxObjectBytes: {
    flag: 'max-object-bytes',
    value: 'N[KB|MB|GB]',
    default: '1GB',
    en: 'how many bytes all uploaded objects together may hold; a KB is 1024 bytes',
    zh: '所有已上传对象合计的字节数上限；1 KB 为 1024 字节',
    read: bytes,
  },
  redirectHosts: {
    flag: 'redirect-host',
    value: 'NAME',
    default: '',
    en: 'a host the verification page may send the person to, beside those of this machine',
    zh: '认证页面可以跳转到的其他主机名',
    repeatable: true,
    read: hostNames,
  },
};
