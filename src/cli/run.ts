/** argv → the command and what it was given. Flags may stand before the command or after it. */
import { parseArgs } from 'node:util';
import { fileSettings } from '../config/file-settings.js';
import type { Setting } from '../config/option-types.js';
import {
  checkEnv,
  commandSettings,
  type Env,
  namedConfig,
  namesOf,
  OptionError,
  readOptions,
  settings,
  sourceOf,
} from '../config/options.js';
import type { ConfigFile } from '../config-file/read.js';
import { configFile } from '../config-file/read-config.js';
import { nearest, orAll } from '../platform/nearest.js';
import { translator } from '../platform/translate.js';
import { VERSION } from '../platform/version.js';
import { type Call, type Command, type Streams, Unanswered } from './command.js';
import { commands } from './commands.js';

const OPTIONS = new Map(
  Object.values<Setting<unknown>>(commandSettings).flatMap((setting) =>
    namesOf(setting).map((flag) => [flag, setting.value] as const),
  ),
);
const OWN = new Map(commands.flatMap(({ flags }) => flags.map(({ flag, value = '' }) => [flag, value])));
const SHORT = new Map(commands.flatMap(({ flags }) => flags.map(({ flag, short }) => [flag, short])));

/** All there are, whatever the command: where a flag ends and a word begins must not depend on what comes later. */
const FLAGS = {
  ...Object.fromEntries(
    [...OWN, ...OPTIONS].map(([flag, value]) => [
      flag,
      {
        type: value === '' ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(SHORT.get(flag) && { short: SHORT.get(flag) }),
      },
    ]),
  ),
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/**
 * @returns the exit code; undefined while the command goes on
 * @throws OptionError, or what `parseArgs` says, when the line is wrong; else what the command throws
 */
export async function run(argv: readonly string[], env: Env, streams: Streams): Promise<number | undefined> {
  const lang = streams.reader?.lang ?? 'en';
  // who asks for help has not got the rest right yet
  const asked = parse(argv, false);
  if (asked.help || asked.words[0] === 'help') {
    const [name] = asked.words[0] === 'help' ? asked.words.slice(1) : asked.words;
    const command = name === undefined ? commands[0] : commandOf(name);
    streams.out((await import('./help.js')).help(command, lang, await translator(lang)));
    return 0;
  }
  const [misspelt] = Object.keys(asked.given).filter((flag) => !Object.hasOwn(FLAGS, flag));
  const near = misspelt === undefined ? undefined : nearest(misspelt, Object.keys(FLAGS));
  if (near) throw new OptionError(`Unknown option '--${misspelt}'; did you mean --${near}?`);
  const {
    version,
    given,
    words: [name = commands[0].name, ...before],
    after,
  } = parse(argv, true);
  const command = commandOf(name);
  if (version) {
    streams.out(`${VERSION}\n`);
    return 0;
  }
  checkEnv(env);
  const takes = new Set([
    ...command.flags.map(({ flag }) => flag),
    ...(command.takesOptions ? OPTIONS.keys() : []),
    ...(command.config === 'none' ? [] : Object.values(fileSettings).map(({ flag }) => flag)),
  ]);
  const [strange] = Object.keys(given).filter((flag) => !takes.has(flag));
  if (strange !== undefined) throw new OptionError(`${name} takes no '--${strange}'`);
  const words = [...before, ...after];
  if (command.takesCommand && (before.length > 0 || after.length === 0))
    throw new OptionError(`${name} takes a command after --, as in: cloudauth-mock ${name} -- npm test`);
  if (words.length > 0 && !command.takesWords && !command.takesCommand)
    throw new OptionError(`${name} takes no '${words[0]}'`);
  const options = texts(given);
  let config: ConfigFile | undefined;
  const call: Call = {
    ...streams,
    lang,
    translator: () => translator(lang),
    env,
    words,
    flags: Object.fromEntries(Object.entries(given).map(([flag, values]) => [flag, values.at(-1)])),
    async configFile() {
      config ??= await configFile(namedConfig(options, env));
      return config;
    },
    options: (...names) =>
      readOptions(options, env, names.length > 0 ? names : undefined, { ...command.defaults, ...config?.options }),
    sourceOf: (name) => sourceOf(settings[name], options, env),
  };
  try {
    if (command.config === undefined) await call.configFile();
    return await command.run(call);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    streams.err(`cloudauth-mock: ${(await translator(lang))(error.message)}\n`);
    return 1;
  }
}

type Given = Readonly<Record<string, readonly (string | true)[]>>;

/** @param strict whether a flag there is not is refused @returns `after`: the words after `--` */
function parse(argv: readonly string[], strict: boolean) {
  const { values, tokens } = parseArgs({
    ...{ args: [...argv], allowPositionals: true, strict, options: FLAGS, tokens: true },
  });
  const { help, version, ...given } = values;
  const end = tokens.findIndex(({ kind }) => kind === 'option-terminator');
  const wordsOf = (some: typeof tokens) => some.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const [before, after] = end < 0 ? [tokens, []] : [tokens.slice(0, end), tokens.slice(end)];
  return { help, version, given: given as Given, words: wordsOf(before), after: wordsOf(after) };
}

const texts = (given: Given): Record<string, string[]> =>
  Object.fromEntries(Object.entries(given).map(([flag, values]) => [flag, values.map(String)]));

function commandOf(name: string): Command {
  const command = commands.find((one) => one.name === name);
  if (command) return command;
  const names = [...commands.map((one) => one.name), 'help'];
  throw new OptionError(`unknown command '${name}'${orAll(name, names)}`);
}
