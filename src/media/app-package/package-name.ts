/** What an app package calls itself. */
import { lazy } from '../../platform/lazy.js';
import { type Platform, readName } from './reader.js';

const FILES: Readonly<Record<Platform, RegExp>> = {
  ANDROID: /^AndroidManifest\.xml$/,
  IOS: /^Payload\/[^/]+\.app\/Info\.plist$/,
};
/** Real ones have some hundred kilobytes at most. Larger strings would lie outside the heap, whose size is the thread's limit. */
const MAX_BYTES = 1_000_000;
/** Milliseconds: a tenth of a second is usual, most of it for a thread to start. */
const TIMEOUT = 10_000;
const NAME = /^[\w.-]{1,200}$/;
const zipFile = lazy(() => import('./zip-file.js'));

export type PackageName =
  | { readonly packageName: string }
  /** In ASCII. */
  | { readonly refused: string };

/**
 * @param platform as CreateRPSDK was told; null: what the package says of itself
 * @param timeoutMs for reading the name
 */
export async function packageName(
  bytes: Buffer,
  platform: string | null,
  timeoutMs: number = TIMEOUT,
): Promise<PackageName> {
  let name: unknown;
  try {
    const { findFile } = await zipFile();
    const file = await findFile(bytes, Object.values(FILES), MAX_BYTES);
    if (!file) return { refused: 'neither-apk-nor-ipa' };
    const found = FILES.ANDROID.test(file.name) ? 'ANDROID' : 'IOS';
    if (platform !== null && platform !== found) return { refused: `package-is-for-${found}` };
    name = await readName(file.bytes, found, timeoutMs);
  } catch {
    return { refused: 'package-cannot-be-read' };
  }
  return typeof name === 'string' && NAME.test(name) ? { packageName: name } : { refused: 'package-has-no-name' };
}
