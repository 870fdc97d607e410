/**
 * How each client is told to trust the CA. Which settings the vendor's SDKs read was found by running them: some that
 * their language is known for they do not. A setting that replaces what the client trusts is given the bundle.
 */
import { javaWord, wordsOf } from '../platform/shell.js';
import { STORE_PASSWORD, type Trust } from './trust.js';

type Place = Pick<Trust, 'caFile' | 'bundleFile' | 'storeFile'>;

/** Variables that a process and its children heed. */
export const trustVariables = ({ caFile, bundleFile, storeFile }: Place): Readonly<Record<string, string>> => ({
  NODE_EXTRA_CA_CERTS: caFile,
  // Go and .NET on Linux, Ruby, Python's ssl, curl's OpenSSL
  SSL_CERT_FILE: bundleFile,
  REQUESTS_CA_BUNDLE: bundleFile,
  CURL_CA_BUNDLE: bundleFile,
  // aliyun-python-sdk-core reads this, and not REQUESTS_CA_BUNDLE
  ALIBABA_CLOUD_CA_BUNDLE: bundleFile,
  JAVA_TOOL_OPTIONS: javaOptions(storeFile, javaWord),
});

const javaOptions = (storeFile: string, word: (text: string) => string): string =>
  `-Djavax.net.ssl.trustStore=${word(storeFile)} -Djavax.net.ssl.trustStorePassword=${STORE_PASSWORD}`;

/** @returns a line for each client, to be copied into the shell of the platform; variables as they are set there */
export function trustLines(
  place: Place,
  platform: NodeJS.Platform = process.platform,
): readonly (readonly [client: string, line: string])[] {
  const word = wordsOf(platform);
  const [ca, bundle] = [word(place.caFile), word(place.bundleFile)];
  const set = (file: string, ...names: string[]): string =>
    platform === 'win32'
      ? names.map((name) => `set "${name}=${file}"`).join(' && ')
      : names.map((name) => `${name}=${word(file)}`).join(' ');
  return [
    ['Node', set(place.caFile, 'NODE_EXTRA_CA_CERTS')],
    ['Java', javaOptions(place.storeFile, word)],
    ['Python, classic SDK', set(place.bundleFile, 'ALIBABA_CLOUD_CA_BUNDLE')],
    ['Python, Tea SDK', `Config(ca=${JSON.stringify(place.caFile)})`],
    ['Python, other', set(place.bundleFile, 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE')],
    ['Go and .NET on Linux', set(place.bundleFile, 'SSL_CERT_FILE')],
    ['PHP', `php -d curl.cainfo=${bundle} -d openssl.cafile=${bundle}`],
    ['curl', `curl --cacert ${ca}`],
    ['Windows', `certutil -user -addstore Root ${ca}`],
    ['macOS', `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${ca}`],
  ];
}
