/** Options of https and of the proxy. */
import type { Options, Setting } from './option-types.js';
import { last, oneOf, onOrOff, wholeNumber } from './readers.js';

type Names = 'https' | 'httpsPort' | 'proxy' | 'proxyPort' | 'proxyPassthrough' | 'dataDir';

export const secureSettings: { readonly [K in Names]: Setting<Options[K]> } = {
  https: {
    flag: 'https',
    value: '',
    default: '',
    en: 'opens a port for https as well, with a local CA that is made once; “cloudauth-mock ca” says how to trust it',
    zh: '同时开放 https 端口，使用只创建一次的本地 CA；如何信任它见 “cloudauth-mock ca”',
    read: onOrOff,
  },
  httpsPort: {
    flag: 'https-port',
    value: 'N',
    default: '4543',
    en: 'port for https; 0 takes any free one',
    zh: 'https 端口；0 表示任意空闲端口',
    read: wholeNumber(65_535),
  },
  proxy: {
    flag: 'proxy',
    value: '',
    default: '',
    en: 'opens a forward proxy that answers for the vendor’s hosts; see docs/exec.md',
    zh: '开放正向代理，由模拟器应答厂商域名；见 docs/exec.zh-CN.md',
    read: onOrOff,
  },
  proxyPort: {
    flag: 'proxy-port',
    value: 'N',
    default: '4580',
    en: 'port of the proxy; 0 takes any free one',
    zh: '代理端口；0 表示任意空闲端口',
    read: wholeNumber(65_535),
  },
  proxyPassthrough: {
    flag: 'proxy-passthrough',
    value: 'on|off',
    default: 'off',
    en: 'lead to other public hosts, or refuse them; never to this machine and private networks',
    zh: '是否转发到其他公网主机；从不转发到本机和私有网络',
    read: (values) => oneOf('on', 'off')([last(values)]),
  },
  dataDir: {
    flag: 'data-dir',
    value: 'FOLDER',
    default: '',
    en: 'folder the CA is kept in; unless given, this user’s for data of programs',
    zh: '保存 CA 的目录；默认为当前用户的应用数据目录',
    isFile: () => true,
    read: (values) => last(values).trim() || undefined,
  },
};
