/** `cloudauth-mock ca`: the local CA of https, made if there is none, and how clients are told to trust it. */
import { named, OptionError } from '../config/options.js';
import { systemClock } from '../platform/clock.js';
import type { Translate } from '../platform/translate.js';
import { vendorHost } from '../platform/vendor-hosts.js';
import { trustLines, trustVariables } from '../tls/clients.js';
import { install } from '../tls/install.js';
import { permittedFor } from '../tls/names.js';
import { hasTrust, makeTrust, openTrust, STORE_PASSWORD, type Trust } from '../tls/trust.js';
import type { Call } from './command.js';
import { table } from './table.js';

/** @returns the exit code: 0. @throws OptionError; InputError where the CA cannot be used, made or installed */
export async function ca(call: Call): Promise<0> {
  const { flags, options, out, err, translator } = call;
  const { json, dataDir } = options('json', 'dataDir');
  const t = await translator();
  const trust = wanted(flags, {
    ...{ dataDir, clock: systemClock },
    tell: (what) => err(`cloudauth-mock: ${t(what)}\n`),
  });
  if (flags.install) for (const line of install(trust.caFile)) err(`${line}\n`);
  out(json ? `${JSON.stringify(viewOf(trust), null, 2)}\n` : textOf(trust, t));
  return 0;
}

/** As it is, as it is made, or anew. */
function wanted({ name, renew }: Call['flags'], options: Parameters<typeof openTrust>[0]): Trust {
  const names = name === undefined ? [] : String(name).split(',');
  const permitted = named('--name', () => permittedFor(names));
  if (renew || !hasTrust(options)) return makeTrust(options, permitted, renew === true);
  const trust = openTrust(options);
  const missing = names.find((one) => !trust.covers(one.trim()));
  if (missing === undefined) return trust;
  throw new OptionError(`--name: there is a CA already, and it does not vouch for '${missing}'; --renew makes another`);
}

const viewOf = (trust: Trust) => ({
  ca: trust.caFile,
  bundle: trust.bundleFile,
  trustStore: trust.storeFile,
  trustStorePassword: STORE_PASSWORD,
  fingerprint: trust.fingerprint,
  validTo: dayOf(trust),
  ...trust.permitted,
  variables: trustVariables(trust),
});

const dayOf = ({ validTo }: Trust): string => new Date(validTo).toISOString().slice(0, 10);

function textOf(trust: Trust, t: Translate): string {
  const { names, networks } = trust.permitted;
  const own = names.filter((name) => !vendorHost(name));
  return `${table([
    [t('CA'), trust.caFile],
    [t('fingerprint'), `SHA-256 ${trust.fingerprint}`],
    [t('valid to'), dayOf(trust)],
    [
      t('vouches for'),
      t(`${names.length - own.length} hosts of the vendor; ${own.join(', ')}; ${networks.join(', ')}`),
    ],
  ])}
${t('How each client is told to trust it:')}

${table(trustLines(trust).map(([client, line]) => [`  ${t(client)}`, line]))}
${t('The files ca-bundle.crt and truststore.p12 beside it hold the public roots too, for settings that replace them.')}
${t('“cloudauth-mock ca --install” tells this system; Node, Java and Python SDKs do not ask it.')}
`;
}
