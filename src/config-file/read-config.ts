/** Config files for whoever asks: the command at its start, and `readConfig` of the programmatic API. */
import type { Options } from '../config/options.js';
import { lazy } from '../platform/lazy.js';
import { findConfig } from './find.js';
import type { ConfigFile } from './read.js';

const reader = lazy(() => import('./read.js'));

/** @param file undefined: it is looked for; false: none is read. @throws ConfigError; OptionError */
export async function configFile(file?: string | false): Promise<ConfigFile | undefined> {
  const found = file === undefined ? findConfig() : file;
  return found === undefined || found === false ? undefined : (await reader()).readConfigFile(found);
}

/**
 * What a config file says, as options of createCloudauthMock, which reads no file by itself.
 * @param file relative to the working folder; without it, `cloudauth-mock.config.*` is looked for as the command does
 * @returns no options where there is no such file. @throws ConfigError, OptionError: what is wrong, and where
 */
export const readConfig = async (file?: string): Promise<Partial<Options>> => ({
  ...(await configFile(file))?.options,
});
