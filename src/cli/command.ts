/** What a command of the CLI is made of; they stand in commands.ts. */
import type { Configured, Env, Options, Source } from '../config/options.js';
import type { ConfigFile } from '../config-file/read.js';
import type { Lang } from '../platform/language.js';
import type { Reader } from '../platform/log.js';
import type { Translate } from '../platform/translate.js';

export interface Flag {
  readonly flag: string;
  /** One letter for it. */
  readonly short?: string;
  /** What its value is called; absent for a switch. */
  readonly value?: string;
  /** Of a switch: the further word it makes sense of. */
  readonly word?: string;
  readonly does: string;
}

export interface Command {
  readonly name: string;
  /** What follows its name, for help. */
  readonly synopsis: string;
  readonly does: string;
  /** Takes words beside its flags. */
  readonly takesWords?: true;
  /** Takes a command of its user's after `--`, and no other words. */
  readonly takesCommand?: true;
  /** Options that are others than the emulator's own, unless somebody says otherwise. */
  readonly defaults?: Configured;
  /** Takes every option of the emulator, beside its flags. */
  readonly takesOptions?: true;
  /** Absent: the config file is read before it runs. `itself`: it asks for it when it wants it. */
  readonly config?: 'itself' | 'none';
  /** Those of the emulator's options among them keep their variables. */
  readonly flags: readonly Flag[];
  readonly examples: readonly (readonly [words: string, meaning: string])[];
  readonly exits: string;
  /**
   * Its file is loaded on demand.
   * @returns the exit code; undefined while it goes on
   * @throws OptionError when words or flags are wrong
   */
  run(call: Call): Promise<number | undefined>;
}

export interface Streams {
  out(text: string): void;
  err(text: string): void;
  /** Who reads stderr. */
  readonly reader?: Reader;
  /** From now on a failure that ends the process is a line of JSON, as every other line of stderr. */
  failAsJson?(): void;
}

export interface Call extends Streams {
  /** The reader's language. */
  readonly lang: Lang;
  /** Loads what it needs. */
  translator(): Promise<Translate>;
  readonly env: Env;
  /** What follows the command's name. */
  readonly words: readonly string[];
  /** The command's own flags that were given; a switch is true. */
  readonly flags: Readonly<Record<string, string | true | undefined>>;
  /** The config file that counts here; undefined where there is none. @throws ConfigError; OptionError */
  configFile(): Promise<ConfigFile | undefined>;
  /** Options of the emulator, from flags, environment and config file; without names, all of them. @throws OptionError */
  options<K extends keyof Options = keyof Options>(...names: K[]): Pick<Options, K>;
  /** Where one comes from, the config file aside. */
  sourceOf(name: keyof Options): Source;
}

/** Refused by the emulator or by the system, or nobody answered: exit code 1, and the message is for people. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}
