/** The check of the CA of `--https`: whether there is one that can be used, and whether this Node trusts it. */
import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import type { Env, Options } from '../../config/options.js';
import { systemClock } from '../../platform/clock.js';
import { InputError } from '../../platform/input-error.js';
import { hasTrust, openTrust } from '../../tls/trust.js';
import { type Finding, failed, ok, unchecked, warning } from './finding.js';

export function checkAuthority({ dataDir }: Pick<Options, 'dataDir'>, env: Env): Finding {
  if (!hasTrust({ dataDir })) return unchecked('ca', 'there is none yet; --https makes one');
  const renew = '“cloudauth-mock ca --renew” makes another, which clients have to trust anew';
  const told: string[] = [];
  try {
    const { ca, caFile } = openTrust({ dataDir, clock: systemClock, tell: (what) => told.push(what) });
    const [odd] = told;
    if (odd !== undefined) return warning('ca', odd, renew);
    if (trusted(env).includes(bare(ca))) return ok('ca', `${caFile}: this Node trusts it`);
    return warning(
      'ca',
      `${caFile}: this Node does not trust it, and neither do SDKs that run in it`,
      `NODE_EXTRA_CA_CERTS=${caFile}; “cloudauth-mock ca” has a line for each client`,
    );
  } catch (error) {
    if (error instanceof InputError) return failed('ca', error.message, renew);
    throw error;
  }
}

const bare = (pem: string): string => pem.replace(/\s/g, '');

/** All of them, one behind the other; Node tells from 22.15 on, and before has those of the variable beside its own. */
function trusted(env: Env): string {
  const { getCACertificates } = tls as { getCACertificates?: (which: 'default') => string[] };
  return bare(getCACertificates ? getCACertificates('default').join('') : further(env.NODE_EXTRA_CA_CERTS));
}

function further(file: string | undefined): string {
  try {
    return file ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  }
}
