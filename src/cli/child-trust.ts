/**
 * What a command trusts: everything it would without the emulator, and the emulator's CA. Most clients read one file that
 * replaces what they trust, so it holds the roots of the system, those its variables name, and Node's.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { Trust } from '../tls/trust.js';
import { trustStore } from '../tls/trust-store.js';

export interface ChildTrust extends Pick<Trust, 'caFile' | 'bundleFile' | 'storeFile'> {
  /** A folder whose file adds to PHP's settings. */
  readonly phpFolder: string;
  /** Takes the files away. */
  remove(): void;
}

/** Variables that name a file of roots, for one client or another. */
const NAMED = [
  ...['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'ALIBABA_CLOUD_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'],
];
/** Debian and Alpine; Fedora and Red Hat; SUSE; macOS and BSD. */
const OF_SYSTEMS = [
  ...['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem'],
  '/etc/ssl/cert.pem',
];
const LARGEST = 8 * 1024 * 1024;

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z\d+/=\s]+-----END CERTIFICATE-----/g;

/** @returns none, where it cannot be read: clients that are told of it say so */
function certificatesIn(file: string | undefined): string[] {
  try {
    if (!file || statSync(file).size > LARGEST) return [];
    return (readFileSync(file, 'latin1').match(PEM) ?? []).map((pem) => pem.replaceAll('\r', ''));
  } catch {
    return [];
  }
}

/** @param env of this process */
export function childTrust({ ca, caFile }: Pick<Trust, 'ca' | 'caFile'>, env: NodeJS.ProcessEnv): ChildTrust {
  const system = OF_SYSTEMS.map(certificatesIn).find((found) => found.length > 0) ?? [];
  const named = NAMED.flatMap((name) => certificatesIn(env[name]));
  const all = [...new Set([ca.trim(), ...named, ...system, ...rootCertificates.map((pem) => pem.trim())])];
  const extra = [ca.trim(), ...certificatesIn(env.NODE_EXTRA_CA_CERTS)];

  const folder = mkdtempSync(join(tmpdir(), 'cloudauth-mock-exec-'));
  const write = (name: string, content: string | Buffer): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const bundleFile = write('ca-bundle.crt', `${all.join('\n')}\n`);
  write('php.ini', `curl.cainfo="${bundleFile}"\nopenssl.cafile="${bundleFile}"\n`);
  return {
    caFile: extra.length > 1 ? write('ca.crt', `${extra.join('\n')}\n`) : caFile,
    bundleFile,
    storeFile: write('truststore.p12', trustStore(all)),
    phpFolder: folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
