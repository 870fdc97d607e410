/** Code that is loaded on demand, by the first request that needs it. */

/** Some of the emulator's own code could not be read, for instance because no file descriptor was left. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
}

/** Makes it at the first call and keeps it. What failed is made anew by the next call. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/**
 * @param load `() => import('…')`
 * @param make what is wanted of the module, made once; default: the module
 * @returns loads at its first call; while that fails it rejects with one and the same LoadError, so that it is logged once
 */
export function lazy<Module, T = Module>(
  load: () => Promise<Module>,
  make = (loaded: Module): T | Promise<T> => loaded as never,
): () => Promise<T> {
  let failed: LoadError | undefined;
  return once(async () => {
    const loaded = await load().catch((cause: Error) => {
      failed ??= new LoadError(`code cannot be loaded (${cause.message}); the next request tries again`, { cause });
      throw failed;
    });
    failed = undefined;
    return make(loaded);
  });
}

const files = new Map<string, () => Promise<unknown>>();

/**
 * What the bundle calls in place of `import`, see .ci/on-demand.mjs. Node 20 keeps the failure of an import for ever, also
 * of a file that another one imports, so each further try asks for a URL of its own.
 * @param file beside this one in the bundle
 */
export function load(file: string): Promise<unknown> {
  let loaded = files.get(file);
  if (!loaded) {
    let tries = 0;
    loaded = once(() => import(/* @vite-ignore */ tries++ === 0 ? file : `${file}?retry=${tries}`));
    files.set(file, loaded);
  }
  return loaded();
}
