/** `--help`: of all, and of each command. It is made of the tables of commands and options. */
import type { Setting } from '../config/option-types.js';
import { commandSettings, envName } from '../config/options.js';
import type { Lang } from '../platform/language.js';
import type { Translate } from '../platform/translate.js';
import { VERSION } from '../platform/version.js';
import type { Command, Flag } from './command.js';
import { commands } from './commands.js';

const indented = (rows: readonly (readonly [left: string, right: string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
};
const called = (...words: string[]): string => ['cloudauth-mock', ...words].filter(Boolean).join(' ');
const written = ({ flag, value, word }: Flag): string => [`--${flag}`, value, word].filter(Boolean).join(' ');

/** The first command needs no name, and what it takes is what there is to know of all. */
const [start, ...others] = commands;

/** @param t into the reader's language */
export const help = (command: Command, lang: Lang, t: Translate): string =>
  command === start ? ofAll(lang, t) : ofCommand(command, t);

const ofCommand = ({ name, synopsis, does, flags, examples, exits }: Command, t: Translate): string =>
  `${called(name, synopsis)}
  ${t(does)}
${flags.length > 0 ? `\n${t('Options')}\n${indented(flags.map((flag) => [written(flag), t(flag.does)]))}\n` : ''}
${t('Examples')}
${indented(examples.map(([words, meaning]) => [called(name, words), t(meaning)]))}

${t('Exit codes')}
  ${t(exits)}   ${t('2 wrong usage')}
`;

const ofAll = (
  lang: Lang,
  t: Translate,
): string => `cloudauth-mock ${VERSION}: ${t('a local emulator of Alibaba Cloud identity verification (实人认证)')}

${t('Usage')}
  ${called(`[${start.name}]`, start.synopsis)}
      ${t(start.does)}
${others.map(({ name, synopsis, does }) => `  ${called(name, synopsis)}\n      ${t(does)}`).join('\n')}
  cloudauth-mock COMMAND --help
      ${t('its options and examples')}

${t('Examples')}
${indented([
  ...start.examples.map(([words, meaning]) => [called(words), t(meaning)] as const),
  ...others.flatMap(({ name, examples: [first] }) => (first ? [[called(name, first[0]), t(first[1])] as const] : [])),
])}

${t('Options (flag, else environment variable, else config file, else default)')}
${Object.values(commandSettings)
  .map((setting) => optionHelp(setting, lang, t))
  .join('\n')}
  --help, --version

${t('Exit codes')}
  ${t('0 stopped   1 crash; of a command: no, or nobody answered   2 wrong usage or scenario   3 port in use   5 storage')}

${t('stdout carries one line, `cloudauth-mock ready http=<url> pid=<n>` (with --https also https=<url>, with --proxy also proxy=<url>); the log goes to stderr.')}
`;

function optionHelp(setting: Setting<unknown>, lang: Lang, t: Translate): string {
  const { flag, value, default: byDefault, repeatable } = setting;
  const notes = [byDefault && t(`default ${byDefault}`), repeatable && t('repeatable'), envName(flag)].filter(Boolean);
  return `  ${written({ flag, value, does: setting.en })}\n      ${setting[lang]}  [${notes.join('; ')}]`;
}
