/**
 * Reads the name in a compiled AndroidManifest.xml or an Info.plist, with the libraries kept for that, in a thread that
 * has bounds: a hostile file keeps these libraries busy for ever (a chunk of length 0, lists that hold the next one twice).
 */
import { Worker } from 'node:worker_threads';

export type Platform = 'ANDROID' | 'IOS';

const LIBRARIES: Readonly<Record<Platform, string>> = {
  // its reader of whole packages unpacks without a bound, so only this part is taken
  ANDROID: '@devicefarmer/adbkit-apkreader/lib/apkreader/parser/binaryxml.js',
  IOS: 'plist',
};

/** A text and not a file: the sources run unbundled in tests, and as one bundle when released; a path would fit only one. */
const THREAD = `
const { parentPort, workerData: { platform, library, file } } = require('node:worker_threads');
const bytes = Buffer.from(file);
const READ = {
  ANDROID: ({ default: BinaryXml }) => new BinaryXml(bytes).parse().attributes.find(({ name }) => name === 'package')?.value,
  IOS: ({ parse }) => parse(bytes.toString('latin1', 0, 6) === 'bplist' ? bytes : bytes.toString()).CFBundleIdentifier,
};
import(library).then((loaded) => parentPort.postMessage(READ[platform](loaded)));
`;

/**
 * @param timeoutMs after which it is given up
 * @returns what stands where the name should be
 * @throws Error when the file cannot be read
 */
export function readName(file: Uint8Array, platform: Platform, timeoutMs: number): Promise<unknown> {
  const worker = new Worker(THREAD, {
    eval: true,
    // options such as --import, given to the process, are not meant for this thread
    execArgv: [],
    workerData: { platform, library: import.meta.resolve(LIBRARIES[platform]), file },
    resourceLimits: { maxOldGenerationSizeMb: 128 },
    // what the libraries print about the file
    stdout: true,
    stderr: true,
  });
  // the process may end while a package is read: its build asks again after the next start
  worker.unref();
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('takes too long')), timeoutMs).unref();
    worker
      .once('message', resolve)
      .once('error', reject)
      .once('exit', () => {
        clearTimeout(late);
        reject(new Error('ended without an answer'));
      });
  }).finally(() => worker.terminate());
}
