/** Every option once: its flag, environment variable, default and help. The CLI, its --help and the README derive from this table. */
import { checkAccessKey, parseAccessKey } from '../gateway/accounts.js';
import { checkProgression, parseProgression } from '../verification/progression.js';
import type { Options } from './option-types.js';
import {
  checkList,
  checkSafCodes,
  hostNames,
  last,
  oneOf,
  onOrOff,
  readPublicUrl,
  readSafCodes,
  wholeNumber,
} from './readers.js';

export interface Setting<T> {
  /** `--flag`; its environment variable is `CLOUDAUTH_MOCK_FLAG`. */
  readonly flag: string;
  /** What its value is called; empty for a switch, which is on when its flag stands there. */
  readonly value: string;
  readonly default: string;
  readonly en: string;
  readonly zh: string;
  readonly repeatable?: boolean;
  /** A flag of an earlier build that is still read, and what its words are called now. */
  readonly formerly?: { readonly flag: string; readonly words: ReadonlyMap<string, string> };
  /** @throws InputError with what is wrong */
  read(values: readonly string[]): T;
  /** Checks a value that is no text, where the programmatic API takes one. @throws InputError with what is wrong */
  check?(value: unknown): T;
}

export const settings: { readonly [K in keyof Options]: Setting<Options[K]> } = {
  port: {
    flag: 'port',
    value: 'N',
    default: '4520',
    en: 'port to listen on; 0 takes any free one',
    zh: '监听端口；0 表示任意空闲端口',
    read: wholeNumber(65_535),
  },
  host: {
    flag: 'host',
    value: 'ADDRESS',
    default: '127.0.0.1',
    en: 'address to bind; anything wider prints a warning',
    zh: '绑定地址；更宽的地址会有警告',
    read: last,
  },
  publicUrl: {
    flag: 'public-url',
    value: 'URL',
    default: '',
    en: 'base of the addresses handed out, e.g. behind a proxy',
    zh: '返回给客户端的地址前缀，例如在代理之后',
    read: readPublicUrl,
  },
  db: {
    flag: 'db',
    value: 'FILE',
    default: ':memory:',
    en: 'SQLite file that keeps state across restarts, for one emulator at a time',
    zh: '保存状态的 SQLite 文件，重启后仍在；同一时间只供一个模拟器使用',
    read: (values) => last(values).trim(),
  },
  driver: {
    flag: 'driver',
    value: 'auto|better-sqlite3|node-sqlite3-wasm',
    default: 'auto',
    en: 'what runs SQLite: better-sqlite3 where it loads, else SQLite as WebAssembly; or the one named, or an error',
    zh: '用什么运行 SQLite：能加载 better-sqlite3 时用它，否则用 WebAssembly 版；也可指定其一，不可用时报错',
    read: (values) => oneOf('auto', 'better-sqlite3', 'node-sqlite3-wasm')([last(values)]),
  },
  accessKeys: {
    flag: 'access-key',
    value: 'ID:SECRET[:TOKEN][@ACCOUNT]',
    default: '',
    en: 'a further key pair; without @ACCOUNT it shares account default',
    zh: '额外的密钥；不写 @ACCOUNT 则属于账号 default',
    repeatable: true,
    read: (values) => values.map(parseAccessKey),
    check: checkList((key) => (typeof key === 'string' ? parseAccessKey(key) : checkAccessKey(key))),
  },
  signature: {
    flag: 'signature',
    value: 'strict|warn|off',
    default: 'strict',
    en: 'refuse, only log, or skip the check of signature, timestamp and nonce; OSS always checks',
    zh: '签名、时间戳和随机数校验：拒绝、仅记录或跳过；OSS 始终校验',
    read: (values) => oneOf('strict', 'warn', 'off')([last(values)]),
  },
  device: {
    flag: 'device',
    value: 'auto|after:30s|polls:N|manual',
    default: 'auto',
    en: 'when the simulated person finishes a verification',
    zh: '模拟用户何时完成认证',
    read: (values) => parseProgression(last(values), ['manual']),
    check: (value) => checkProgression(value, ['manual']),
  },
  sdkBuild: {
    flag: 'sdk-build',
    value: 'immediate|after:30s|polls:N|fail',
    default: 'polls:1',
    en: 'when an SDK build is ready',
    zh: 'SDK 何时生成完成',
    read: (values) => parseProgression(last(values), ['fail']),
    check: (value) => checkProgression(value, ['fail']),
  },
  safCodes: {
    flag: 'saf-codes',
    value: 'detailed|unified[@ACCOUNT]',
    default: 'detailed',
    en: 'SAF return codes: the detailed tables, or 200/300/400/402/403/404/500 only',
    zh: 'SAF 返回码：明细，或仅 200/300/400/402/403/404/500',
    repeatable: true,
    read: readSafCodes,
    check: checkSafCodes,
  },
  failureLimit: {
    flag: 'failure-limit',
    value: 'N',
    default: '5',
    en: 'failed face verifications of one certNumber in 24 h before init answers 540; 0 = never',
    zh: '同一证件号 24 小时内失败几次后返回 540；0 表示从不',
    read: wholeNumber(1_000_000),
  },
  methods: {
    flag: 'methods',
    value: 'documented|any',
    default: 'documented',
    en: 'refuse GET where the page says POST only, or take both',
    zh: '按文档限制请求方法，或都接受',
    read: (values) => oneOf('documented', 'any')([last(values)]),
  },
  errors: {
    flag: 'errors',
    value: 'documents|gateway',
    default: 'documents',
    en: 'gateway errors of Cloudauth: as the documents print them, or as replies of the live gateway were recorded',
    zh: '实人认证的网关错误：按文档给出的格式，或按线上网关的实际返回',
    formerly: {
      flag: 'unknown-action',
      words: new Map([
        ['seed', 'documents'],
        ['popgw', 'gateway'],
      ]),
    },
    read: (values) => oneOf('documents', 'gateway')([last(values)]),
  },
  seed: {
    flag: 'seed',
    value: 'N',
    default: '',
    en: 'makes ids repeatable',
    zh: '使各种 ID 可重复',
    read: (values) => last(values) || undefined,
  },
  log: {
    flag: 'log',
    value: 'pretty|json|silent',
    default: 'pretty',
    en: 'form of the log on stderr',
    zh: '标准错误输出上的日志格式',
    read: (values) => oneOf('pretty', 'json', 'silent')([last(values)]),
  },
  scenario: {
    flag: 'scenario',
    value: 'NAME|FILE',
    default: '',
    en: 'a scenario that comes with the package, or a file; see docs/scenarios.md',
    zh: '内置场景名或场景文件，见 docs/scenarios.zh-CN.md',
    repeatable: true,
    read: (values) => values,
  },
  adminToken: {
    flag: 'admin-token',
    value: 'TOKEN',
    default: '',
    en: 'what callers of /_mock must send as “Authorization: Bearer TOKEN”; a browser asks for it as a password on /_mock/phone and /demo',
    zh: '访问 /_mock 须以 “Authorization: Bearer TOKEN” 携带的令牌；浏览器打开 /_mock/phone 和 /demo 时作为密码输入',
    read: (values) => last(values) || undefined,
  },
  allowedHosts: {
    flag: 'allowed-host',
    value: 'NAME',
    default: '',
    en: 'a further Host that may use /_mock',
    zh: '允许访问 /_mock 的其他主机名',
    repeatable: true,
    read: hostNames,
  },
  fetch: {
    flag: 'fetch',
    value: 'none|loopback|public',
    default: 'none',
    en: 'which addresses of pictures and app packages are downloaded: none, this machine’s, or public ones as well',
    zh: '下载哪些图片和应用包地址：不下载、仅本机、或包括公网',
    read: (values) => oneOf('none', 'loopback', 'public')([last(values)]),
  },
  maxObjectBytes: {
    flag: 'max-object-bytes',
    value: 'N',
    default: '1073741824',
    en: 'how many bytes all uploaded objects together may hold',
    zh: '所有已上传对象合计的字节数上限',
    read: wholeNumber(Number.MAX_SAFE_INTEGER),
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
  watch: {
    flag: 'watch',
    value: '',
    default: '',
    en: 'reads the files of --scenario again when they change; state and unchanged rules are kept',
    zh: '场景文件变化时重新读取 --scenario；保留状态和未变化的规则',
    read: onOrOff,
  },
  json: {
    flag: 'json',
    value: '',
    default: '',
    en: 'prints JSON on stdout instead of the ready line, or of what a command has found',
    zh: '在标准输出打印 JSON，代替就绪行或命令的结果',
    read: onOrOff,
  },
};
