/** Options of the command that say which file the others are read from. They stand in no file themselves. */
import type { Setting } from './option-types.js';
import { last, onOrOff } from './readers.js';

export interface FileOptions {
  readonly config: string | undefined;
  readonly noConfig: boolean;
}

export const fileSettings: { readonly [K in keyof FileOptions]: Setting<FileOptions[K]> } = {
  config: {
    flag: 'config',
    value: 'FILE',
    default: '',
    en: 'the config file, instead of cloudauth-mock.config.yaml, .json, .mjs or .ts here or above; see docs/config.md',
    zh: '配置文件，代替当前目录或上级目录中的 cloudauth-mock.config.yaml、.json、.mjs 或 .ts；见 docs/config.zh-CN.md',
    read: (values) => last(values) || undefined,
  },
  noConfig: {
    flag: 'no-config',
    value: '',
    default: '',
    en: 'reads no config file',
    zh: '不读取配置文件',
    read: onOrOff,
  },
};
