/** `--help`: of all, and of each command. It is made of the tables of commands and options. */
import { envName, settings } from '../config/options.js';
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

export const help = (command: Command): string => (command === start ? ofAll() : ofCommand(command));

const ofCommand = ({ name, synopsis, does, flags, examples, exits }: Command): string => `${called(name, synopsis)}
  ${does}

Options
${indented(flags.map((flag) => [written(flag), flag.does]))}

Examples
${indented(examples.map(([words, meaning]) => [called(name, words), meaning]))}

Exit codes
  ${exits}   2 wrong usage
`;

const ofAll =
  (): string => `cloudauth-mock ${VERSION}: a local emulator of Alibaba Cloud identity verification (实人认证)

Usage
  ${called(`[${start.name}]`, start.synopsis)}
      ${start.does}
${others.map(({ name, synopsis, does }) => `  ${called(name, synopsis)}\n      ${does}`).join('\n')}
  cloudauth-mock COMMAND --help
      its options and examples

Examples
${indented([
  ...start.examples.map(([words, meaning]) => [called(words), meaning] as const),
  ...others.flatMap(({ name, examples: [first] }) => (first ? [[called(name, first[0]), first[1]] as const] : [])),
])}

Options (flag, else environment variable, else default)
${Object.values(settings).map(optionHelp).join('\n')}
  --help, --version

Exit codes
  0 stopped   1 crash; of a command: no, or nobody answered   2 wrong usage or scenario   3 port in use   5 storage

stdout carries one line, \`cloudauth-mock ready http=<url> pid=<n>\`; the log goes to stderr.
`;

function optionHelp({
  flag,
  value,
  default: byDefault,
  en,
  repeatable,
}: (typeof settings)[keyof typeof settings]): string {
  const notes = [byDefault && `default ${byDefault}`, repeatable && 'repeatable', envName(flag)].filter(Boolean);
  return `  ${written({ flag, value, does: en })}\n      ${en}  [${notes.join('; ')}]`;
}
