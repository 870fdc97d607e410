/** Options of the service: who its callers are, how strictly they are judged, and how its people and builds behave. */
import { checkAccessKey, parseAccessKey } from '../gateway/accounts.js';
import { maskedKeyId } from '../platform/redact.js';
import { checkProgression, parseProgression } from '../verification/progression.js';
import type { Options, Setting } from './option-types.js';
import { checkList, checkSafCodes, last, oneOf, readQps, readSafCodes, wholeNumber } from './readers.js';

type Names =
  | 'accessKeys'
  | 'keys'
  | 'signature'
  | 'device'
  | 'sdkBuild'
  | 'safCodes'
  | 'failureLimit'
  | 'dailyFailureLimit'
  | 'methods'
  | 'qps'
  | 'versions'
  | 'errors';

export const serviceSettings: { readonly [K in Names]: Setting<Options[K]> } = {
  accessKeys: {
    flag: 'access-key',
    value: 'ID:SECRET[:TOKEN][@ACCOUNT]',
    default: '',
    en: 'a further key pair; without @ACCOUNT it shares account default',
    zh: '额外的密钥；不写 @ACCOUNT 则属于账号 default',
    repeatable: true,
    read: (values) => values.map(parseAccessKey),
    check: checkList((key) => (typeof key === 'string' ? parseAccessKey(key) : checkAccessKey(key))),
    masked: (keys) =>
      keys.map(({ id, account }) => `${maskedKeyId(id)}:…${account === undefined ? '' : `@${maskedKeyId(account)}`}`),
  },
  keys: {
    flag: 'keys',
    value: 'known|any',
    default: 'known',
    en: 'refuse an AccessKeyId nobody declared, or give it an account of its own, its signature unchecked for want of its secret',
    zh: '拒绝未声明的 AccessKeyId，或为其单独建立账号；因不知其密钥而不校验签名',
    read: (values) => oneOf('known', 'any')([last(values)]),
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
  dailyFailureLimit: {
    flag: 'daily-failure-limit',
    value: 'N',
    default: '20',
    en: 'failed financial-grade verifications of one CertNo in a day before InitFaceVerify answers 418; 0 = never',
    zh: '同一 CertNo 当日金融级认证失败几次后 InitFaceVerify 返回 418；0 表示从不',
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
  qps: {
    flag: 'qps',
    value: 'off|documented|N',
    default: 'off',
    en: 'calls of one operation that an account may make in a second: any, as many as the vendor’s pages say, or N; more are refused as throttled',
    zh: '每个账号每秒可调用同一接口的次数：不限、按厂商文档，或 N 次；超出时返回限流错误',
    read: readQps,
  },
  versions: {
    flag: 'versions',
    value: 'known|any',
    default: 'known',
    en: 'refuse a Version that no source of the vendor knows, or let the nearest one answer, with a hint',
    zh: '拒绝厂商资料中没有的 Version，或由最接近的版本应答并给出提示',
    read: (values) => oneOf('known', 'any')([last(values)]),
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
};
