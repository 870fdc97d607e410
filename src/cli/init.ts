/** `cloudauth-mock init`: a config file with every option, commented out. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Setting } from '../config/option-types.js';
import { type Options, settings } from '../config/options.js';
import { CONFIG_NAMES, configIn, shownPath } from '../config-file/find.js';
import type { Lang } from '../platform/language.js';
import { type Call, Unanswered } from './command.js';

const SCHEMA = './node_modules/cloudauth-mock/config.schema.json';

/** Of those without a default, what one might write where that is not the first of its words. */
const EXAMPLES: Partial<Record<keyof Options, string | readonly string[]>> = {
  publicUrl: 'https://mock.example.com',
  accessKeys: ['my-key-id:my-secret@my-account'],
  dataDir: './.cloudauth-mock',
  seed: '7',
  scenario: ['not-finished', './my-scenario.yaml'],
  people: ['李小明=fail:204'],
  scene: ['Sign-Up:RPBasic'],
  sceneId: ['1000000006:ID_PRO'],
  adminToken: 'change-me',
  accountTokens: ['team-a=change-me-too'],
  allowedHosts: ['mock.example.com'],
  allowedOrigins: ['https://app.example.com'],
  callbackHosts: ['app'],
  redirectHosts: ['app.example.com'],
};

/** @returns 0. @throws Unanswered where there is a config file already */
export async function init({ lang, out, translator }: Call): Promise<0> {
  const t = await translator();
  const there = configIn(process.cwd());
  if (there !== undefined) throw new Unanswered(`${shownPath(there)} is there already; it is left as it is`);
  const file = join(process.cwd(), CONFIG_NAMES[0]!);
  try {
    writeFileSync(file, template(lang, t), { flag: 'wx' });
  } catch (error) {
    throw new Unanswered(`cannot write ${shownPath(file)}: ${(error as Error).message}`);
  }
  out(`${t(`${shownPath(file)} is written; “cloudauth-mock config print” says what counts`)}\n`);
  return 0;
}

function template(lang: Lang, t: (english: string) => string): string {
  const head = [
    ...(existsSync(SCHEMA) ? [`# yaml-language-server: $schema=${SCHEMA}`] : []),
    `# ${t('Options of cloudauth-mock. Commented out, each has its default or an example.')}`,
    `# ${t('A flag and an environment variable go before what stands here; relative paths are relative to this file.')}`,
  ];
  const options = (Object.keys(settings) as (keyof Options)[]).map((name) => {
    const setting: Setting<unknown> = settings[name];
    return `\n# ${setting[lang]}${setting.value && `  [${setting.value}]`}\n${entry(name, setting)}`;
  });
  return [...head, ...options, ''].join('\n');
}

function entry(name: keyof Options, { value, default: byDefault, repeatable }: Setting<unknown>): string {
  const example = EXAMPLES[name] ?? (byDefault || (value === '' ? 'false' : value.split('|')[0]!));
  if (!repeatable) return `# ${name}: ${quoted(String(example))}`;
  return [`# ${name}:`, ...[example].flat().map((item) => `#   - ${quoted(item)}`)].join('\n');
}

/** Bare where YAML reads it as it stands. */
const quoted = (text: string): string => (/^[A-Za-z\d./][\w./:@-]*[\w]$|^\w$/.test(text) ? text : JSON.stringify(text));
