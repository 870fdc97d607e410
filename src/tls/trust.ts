/** The local CA in use: opened or made once, and a certificate for each name it vouches for. Loaded only for https. */
import { join } from 'node:path';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { Clock } from '../platform/clock.js';
import { calledAs } from '../platform/hosts.js';
import { InputError } from '../platform/input-error.js';
import { type Authority, newAuthority, readAuthority, serverCertificate } from './authority.js';
import { newKey } from './certificate.js';
import { dataFolder, isOpenToOthers, isThere, makeFolder, readText } from './folder.js';
import { isVouchedFor, type Permitted, permittedFor, together } from './names.js';
import { trustStore } from './trust-store.js';

/** Opens the trust store; any other would as well. */
export const STORE_PASSWORD = 'changeit';

const DAY_MS = 86_400_000;
/** Apple takes no server's certificate of more than 825 days. */
const SERVER_LIFE_MS = 90 * DAY_MS;
/** Whoever connects chooses the name of the bucket. */
const MOST_KEPT = 500;

export interface Trust extends Pick<Authority, 'ca' | 'fingerprint' | 'validTo' | 'permitted'> {
  /** The CA's certificate, PEM. */
  readonly caFile: string;
  /** The same, and the roots Node trusts: for clients whose setting replaces the system's. */
  readonly bundleFile: string;
  /** The same for a JVM. */
  readonly storeFile: string;
  /** Whether the CA may vouch for a name or address. @param host in any case, without a port */
  covers(host: string): boolean;
  /** What a server of a name shows, made at the first call for it; undefined for what the CA does not vouch for. */
  certificateFor(host: string): ServerCertificate | undefined;
  /** Likewise for a server that is called by addresses, as this machine is. */
  certificateForAddresses(addresses: readonly string[]): ServerCertificate;
}

export interface ServerCertificate {
  /** PEM, as `cert` is, which holds the issuer's as well. */
  readonly key: string;
  readonly cert: string;
  readonly context: SecureContext;
}

export interface TrustOptions {
  readonly dataDir: string | undefined;
  /** Clients judge by the machine's clock, whatever the emulator's says. */
  readonly clock: Clock;
  /** What is odd, but no reason to stop. */
  tell(what: string): void;
}

/** How a person mends a CA. */
const RENEW = 'cloudauth-mock ca --renew';

/** Whether there is one already. */
export const hasTrust = ({ dataDir }: Pick<TrustOptions, 'dataDir'>): boolean => isThere(caFolder(dataDir));

/** Makes the CA. @param replace anew where there is one, of which it keeps the names. @throws InputError */
export function makeTrust(options: TrustOptions, permitted: Permitted, replace: boolean): Trust {
  const now = options.clock.now();
  const before = replace ? permittedBefore(caFolder(options.dataDir), now) : [];
  const authority = newAuthority(together([permitted, ...before]), now);
  const known = [authority['ca.crt'], ...rootCertificates];
  const further = {
    'ca-bundle.crt': known.map((pem) => `${pem.trim()}\n`).join(''),
    'truststore.p12': trustStore(known),
  };
  makeFolder(caFolder(options.dataDir), { ...authority, ...further }, replace);
  return readTrust(options);
}

/** None, where it cannot be read any more. */
function permittedBefore(folder: string, now: number): Permitted[] {
  try {
    return [open(folder, now).permitted];
  } catch {
    return [];
  }
}

/** The CA of this user, made if there is none. @throws InputError where it cannot be used */
export const openTrust = (options: TrustOptions): Trust =>
  hasTrust(options) ? readTrust(options) : makeTrust(options, permittedFor([]), false);

const caFolder = (dataDir: string | undefined): string => join(dataFolder(dataDir), 'ca');

function readTrust({ dataDir, clock, tell }: TrustOptions): Trust {
  const folder = caFolder(dataDir);
  const authority = open(folder, clock.now());
  if (isOpenToOthers(join(folder, 'issuer.key')))
    tell(`${join(folder, 'issuer.key')} can be read by others; chmod 600 it`);
  if (authority.validTo - clock.now() < 30 * DAY_MS)
    tell(`the CA ends on ${new Date(authority.validTo).toISOString().slice(0, 10)}; “${RENEW}” makes a new one`);
  const server = newKey();
  const key = server.export({ type: 'pkcs8', format: 'pem' }).toString();
  const kept = new Map<string, { readonly made: ServerCertificate; readonly until: number }>();
  const certificateOf = (names: readonly string[]): ServerCertificate => {
    const now = clock.now();
    const id = names.join(' ');
    const found = kept.get(id);
    kept.delete(id);
    if (found && now < found.until) {
      kept.set(id, found);
      return found.made;
    }
    const life = { from: now - DAY_MS, to: Math.min(now + SERVER_LIFE_MS, authority.validTo) };
    const cert = serverCertificate(authority, names, server, life);
    const made = { key, cert, context: createSecureContext({ key, cert }) };
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    kept.set(id, { made, until: now + SERVER_LIFE_MS / 2 });
    return made;
  };
  const nameOf = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
  const covers = (host: string): boolean => isVouchedFor(nameOf(host), authority.permitted);
  return {
    ...authority,
    caFile: join(folder, 'ca.crt'),
    bundleFile: join(folder, 'ca-bundle.crt'),
    storeFile: join(folder, 'truststore.p12'),
    covers,
    certificateFor: (host) => (covers(host) ? certificateOf([nameOf(host)]) : undefined),
    certificateForAddresses: (addresses) =>
      certificateOf([...new Set(['localhost', '127.0.0.1', '::1', ...addresses.filter(covers)])]),
  };
}

function open(folder: string, now: number): Authority {
  try {
    const files = ['ca.crt', 'issuer.crt', 'issuer.key'] as const;
    const [ca, issuer, key] = files.map((name) => readText(folder, name));
    return readAuthority({ 'ca.crt': ca!, 'issuer.crt': issuer!, 'issuer.key': key! }, now);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const next = `“${RENEW}” makes a new one, which clients have to be told to trust`;
    throw new InputError(`the CA in ${folder} cannot be used: ${error.message}; ${next}`);
  }
}

export const notCovered = (name: string): string =>
  `the CA does not vouch for ${name}; “${RENEW} --name ${name}” makes one that does`;

/** @throws InputError where whoever calls the addresses handed out would refuse the certificate */
export function checkServed(
  trust: Trust,
  { host, publicUrl }: { readonly host: string; readonly publicUrl: string | undefined },
): void {
  const named = publicUrl?.startsWith('https:') ? new URL(publicUrl).hostname : undefined;
  for (const [option, name] of [
    ['--public-url', named],
    ['--host', calledAs(host)],
  ] as const) {
    const bare = name?.replace(/^\[|\]$/g, '');
    if (bare !== undefined && !trust.covers(bare)) throw new InputError(`${option}: ${notCovered(bare)}`);
  }
}
