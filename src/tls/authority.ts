/**
 * The local CA: a root that clients trust, and an issuer below it that signs for servers. The root's key signs the
 * issuer and is forgotten, so whoever takes the issuer's key can still make no certificate for another name: constraints
 * of a root are not looked at everywhere (Java), those of an issuer are.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { certificateSerial } from '../platform/ids.js';
import { InputError } from '../platform/input-error.js';
import { certificate, newKey, permittedBy } from './certificate.js';
import type { Permitted } from './names.js';

const DAY_MS = 86_400_000;
const LIFE_MS = 3650 * DAY_MS;
/** Some clocks are late. */
const EARLIER_MS = DAY_MS;

export interface Authority {
  /** PEM of the root. */
  readonly ca: string;
  /** PEM of the issuer, which servers send along; and its name. */
  readonly issuer: string;
  readonly name: string;
  readonly key: KeyObject;
  /** SHA-256 of the root, as the tools of systems write it. */
  readonly fingerprint: string;
  /** ms since the epoch */
  readonly validTo: number;
  readonly permitted: Permitted;
}

/** The files of an authority, by name. */
export interface AuthorityFiles {
  readonly 'ca.crt': string;
  readonly 'issuer.crt': string;
  readonly 'issuer.key': string;
}

export function newAuthority(permitted: Permitted, now: number): AuthorityFiles {
  const [root, key] = [newKey(), newKey()];
  const life = { from: now - EARLIER_MS, to: now + LIFE_MS };
  // of two CAs with one name some clients take the wrong one
  const mark = certificateSerial().toString('hex', 0, 4);
  const name = `cloudauth-mock CA ${mark}`;
  const below = { subject: `cloudauth-mock issuer ${mark}`, key, by: { name, key: root } };
  return {
    'ca.crt': certificate({ subject: name, key: root, ...life, is: { permitted, depth: 1 } }),
    'issuer.crt': certificate({ ...below, ...life, is: { permitted, depth: 0 } }),
    'issuer.key': key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** @throws InputError with what is wrong with them */
export function readAuthority(files: AuthorityFiles, now: number): Authority {
  const root = read('ca.crt', () => new X509Certificate(files['ca.crt']));
  const issuer = read('issuer.crt', () => new X509Certificate(files['issuer.crt']));
  const key = read('issuer.key', () => createPrivateKey(files['issuer.key']));
  if (!issuer.checkPrivateKey(key)) throw new InputError('issuer.key is not the key of issuer.crt');
  if (!issuer.verify(root.publicKey)) throw new InputError('issuer.crt is not signed by ca.crt');
  const [from, validTo] = [Date.parse(issuer.validFrom), Date.parse(issuer.validTo)];
  if (now < from) throw new InputError(`it is not valid before ${issuer.validFrom}; is this machine's clock right?`);
  if (now >= validTo) throw new InputError(`it has expired, on ${issuer.validTo}`);
  return {
    ca: root.toString(),
    issuer: issuer.toString(),
    name: issuer.subject.replace(/^CN=/, ''),
    key,
    fingerprint: root.fingerprint256,
    validTo,
    permitted: read('issuer.crt', () => permittedBy(issuer)),
  };
}

function read<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new InputError(`${file} cannot be read as ${file.endsWith('.key') ? 'a private key' : 'a certificate'}`);
  }
}

/** @returns PEM: the certificate of a server, and the issuer's, as servers send them */
export function serverCertificate(
  { issuer, name, key }: Authority,
  names: readonly string[],
  server: KeyObject,
  life: { readonly from: number; readonly to: number },
): string {
  return (
    certificate({ subject: 'cloudauth-mock server', key: server, ...life, by: { name, key }, is: { serves: names } }) +
    issuer
  );
}
