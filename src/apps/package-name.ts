/** What an app package calls itself. */
import { manifestPackage } from './android-manifest.js';
import { bundleIdentifier } from './info-plist.js';
import { findFile } from './zip-file.js';

const APK = /^AndroidManifest\.xml$/;
const IPA = /^Payload\/[^/]+\.app\/Info\.plist$/;
/** Real ones have some hundred kilobytes at most. */
const MAX_BYTES = 2 * 1024 * 1024;
const NAME = /^[\w.-]{1,200}$/;

export type PackageName =
  | { readonly packageName: string }
  /** In ASCII. */
  | { readonly refused: string };

/** @param platform as CreateRPSDK was told; null: what the package says of itself */
export async function packageName(bytes: Buffer, platform: string | null): Promise<PackageName> {
  let name: string | undefined;
  try {
    const file = findFile(bytes, [APK, IPA], MAX_BYTES);
    if (!file) return { refused: 'neither-apk-nor-ipa' };
    const found = APK.test(file.name) ? 'ANDROID' : 'IOS';
    if (platform !== null && platform !== found) return { refused: `package-is-for-${found}` };
    name = found === 'ANDROID' ? manifestPackage(file.bytes) : await bundleIdentifier(file.bytes);
  } catch {
    return { refused: 'package-cannot-be-read' };
  }
  return name && NAME.test(name) ? { packageName: name } : { refused: 'package-has-no-name' };
}
