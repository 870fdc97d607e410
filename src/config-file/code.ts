/** A config file that is a program: it is run, as the user who put it there wants it, and gives its default export. */
import { pathToFileURL } from 'node:url';
import { ConfigError } from './config-error.js';
import { shownPath } from './find.js';

/** @returns what it exports by default. @throws ConfigError */
export async function runConfig(file: string): Promise<unknown> {
  const name = shownPath(file);
  const exported = await load(file, name).catch((error) => {
    throw error instanceof ConfigError
      ? error
      : new ConfigError(`${name}: it cannot be loaded: ${reason(error)}`, { cause: error });
  });
  if (exported === undefined)
    throw new ConfigError(`${name}: it has no default export; write “export default { port: 4600 };”`);
  return exported;
}

async function load(file: string, name: string): Promise<unknown> {
  const exported = file.endsWith('.ts') && !readsTypes() ? await withJiti(file, name) : await withNode(file);
  // plain values: whatever reading them runs, it runs here
  return typeof exported === 'object' ? structuredClone(exported) : exported;
}

async function withNode(file: string): Promise<unknown> {
  return ((await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default?: unknown }).default;
}

/** From Node 22.18 and 23.6 on it takes types for white space. */
const readsTypes = (): boolean => Boolean((process.features as { typescript?: unknown }).typescript);

async function withJiti(file: string, name: string): Promise<unknown> {
  const { createJiti } = await import('jiti').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ConfigError(
      `${name}: Node ${process.versions.node} reads no TypeScript; use Node 22.18 or newer, npm install --save-dev jiti, or call it .mjs`,
    );
  });
  return createJiti(file, { fsCache: false }).import(file, { default: true });
}

/** The first line, and the place where Node names one. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [at = ''] = /file:\/\/\S+:\d+(:\d+)?(?=\)?$)/m.exec(error.stack ?? '') ?? [];
  return `${error.message.split('\n')[0]}${at && ` (${at})`}`;
}
