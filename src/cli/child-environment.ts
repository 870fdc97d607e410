/**
 * The variables by which a command reaches the emulator, whatever it is written in. What each client heeds was found by
 * running it: the proxy variables reach Go, Python, curl, PHP's curl and .NET; a JVM takes properties; Node up to 23 has to be
 * told by a module. Streams of PHP heed no proxy.
 */
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostName } from '../platform/hosts.js';
import { nodeWord } from '../platform/shell.js';
import { VENDOR_HOSTS } from '../platform/vendor-hosts.js';
import { trustVariables } from '../tls/clients.js';
import type { ChildTrust } from './child-trust.js';

interface Reached {
  readonly url: string;
  readonly proxy: string;
  readonly trust: ChildTrust;
}

/** Loopback is reached directly, in every way it is written. */
const DIRECT = ['localhost', '127.0.0.1', '127.0.0.0/8', '::1', '[::1]'];
/** What a JVM has unless it is told otherwise, and of its own alone. */
const DIRECT_OF_JAVA = ['localhost', '127.*', '[::1]', '0.0.0.0', '[::0]'];

/** @returns what was in NO_PROXY and would have led past the emulator */
export function childEnvironment(env: NodeJS.ProcessEnv, { url, proxy, trust }: Reached) {
  const except = (env.NO_PROXY || env.no_proxy || '').split(',').flatMap((one) => one.trim() || []);
  const leftOut = except.filter(namesVendor);
  const own = except.filter((one) => !leftOut.includes(one));
  const direct = [...new Set([...own, ...DIRECT])].join(',');
  const { JAVA_TOOL_OPTIONS: javaTrust, ...trusted } = trustVariables(trust);
  return {
    leftOut,
    env: {
      ...env,
      ...trusted,
      CLOUDAUTH_MOCK_URL: url,
      // curl reads only the second of these
      ...{ HTTP_PROXY: proxy, http_proxy: proxy, HTTPS_PROXY: proxy, https_proxy: proxy },
      ...{ NO_PROXY: direct, no_proxy: direct },
      JAVA_TOOL_OPTIONS: joined(env.JAVA_TOOL_OPTIONS, javaProxy(proxy, own), javaTrust),
      NODE_OPTIONS: joined(env.NODE_OPTIONS, `--require ${nodeWord(registerFile())}`),
      // an empty part is the folder of the distribution
      PHP_INI_SCAN_DIR: `${env.PHP_INI_SCAN_DIR ?? ''}${delimiter}${trust.phpFolder}`,
    },
  };
}

/** `*`, `.aliyuncs.com`: it would keep calls to the vendor from the proxy. */
function namesVendor(entry: string): boolean {
  const name = hostName(entry).replace(/^\*?\.?/, '');
  return name === '' || VENDOR_HOSTS.some((host) => host.name === name || host.name.endsWith(`.${name}`));
}

function javaProxy(proxy: string, own: readonly string[]): string {
  const { hostname, port } = new URL(proxy);
  const at = ['http', 'https'].map((scheme) => `-D${scheme}.proxyHost=${hostname} -D${scheme}.proxyPort=${port}`);
  // one that is called `example.com` elsewhere means what is below it as well
  const names = own.filter((one) => /^[\w.*-]+$/.test(one)).flatMap((one) => [one, `*.${one.replace(/^\*?\.?/, '')}`]);
  const direct = names.length > 0 ? [`-Dhttp.nonProxyHosts=${[...DIRECT_OF_JAVA, ...names].join('|')}`] : [];
  return [...at, ...direct].join(' ');
}

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ');

/** Of the package, beside the bundle this is in. */
const registerFile = (): string => fileURLToPath(new URL('register.cjs', import.meta.url));
