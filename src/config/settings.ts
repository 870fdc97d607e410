/** Every option once: its flag, environment variable, default and help. The CLI, its --help and the README derive from this table. */
import { isPostgres, shownDatabase } from '../store/postgres/address.js';
import { accessSettings } from './access-settings.js';
import type { Options, Setting } from './option-types.js';
import { last, oneOf, onOrOff, readDatabase, readPublicUrl, wholeNumber } from './readers.js';
import { runSettings } from './run-settings.js';
import { secureSettings } from './secure-settings.js';
import { serviceSettings } from './service-settings.js';

export type { Setting };

/** In the order in which they are listed. */
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
  ...secureSettings,
  db: {
    flag: 'db',
    value: 'FILE|URL',
    default: ':memory:',
    en: 'SQLite file that keeps state across restarts, for one emulator at a time; or postgres://USER:PASSWORD@HOST/DATABASE',
    zh: '保存状态的 SQLite 文件，重启后仍在，同一时间只供一个模拟器使用；或 postgres://USER:PASSWORD@HOST/DATABASE',
    isFile: (value) => value !== ':memory:' && !isPostgres(value),
    masked: shownDatabase,
    read: readDatabase,
  },
  driver: {
    flag: 'driver',
    value: 'auto|better-sqlite3|node-sqlite3-wasm',
    default: 'auto',
    en: 'what runs SQLite: better-sqlite3 where it loads, else SQLite as WebAssembly; or the one named, or an error',
    zh: '用什么运行 SQLite：能加载 better-sqlite3 时用它，否则用 WebAssembly 版；也可指定其一，不可用时报错',
    read: (values) => oneOf('auto', 'better-sqlite3', 'node-sqlite3-wasm')([last(values)]),
  },
  workers: {
    flag: 'workers',
    value: 'N',
    default: '1',
    en: 'how many processes share the ports and one --db, a file or PostgreSQL; of “start” alone',
    zh: '由几个进程共用端口和同一个 --db（文件或 PostgreSQL）；仅用于 start',
    read: wholeNumber(64, 1),
  },
  ...serviceSettings,
  ...runSettings,
  ...accessSettings,
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
