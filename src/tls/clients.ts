/**
 * How each client is told to trust the CA. Which settings the vendor's SDKs read was found by running them: some that
 * their language is known for they do not. A setting that replaces what the client trusts is given the bundle.
 */
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
  JAVA_TOOL_OPTIONS: javaOptions(storeFile),
});

const javaOptions = (storeFile: string): string =>
  `-Djavax.net.ssl.trustStore=${quoted(storeFile)} -Djavax.net.ssl.trustStorePassword=${STORE_PASSWORD}`;

/** Of an option of a JVM; for a shell likewise. */
const quoted = (text: string): string => (/^[\w./:\\-]+$/.test(text) ? text : `"${text}"`);

/** @returns a line for each client, to be copied */
export function trustLines(place: Place): readonly (readonly [client: string, line: string])[] {
  const [ca, bundle] = [quoted(place.caFile), quoted(place.bundleFile)];
  return [
    ['Node', `NODE_EXTRA_CA_CERTS=${ca}`],
    ['Java', javaOptions(place.storeFile)],
    ['Python, classic SDK', `ALIBABA_CLOUD_CA_BUNDLE=${bundle}`],
    ['Python, Tea SDK', `Config(ca=${JSON.stringify(place.caFile)})`],
    ['Python, other', `SSL_CERT_FILE=${bundle} REQUESTS_CA_BUNDLE=${bundle}`],
    ['Go and .NET on Linux', `SSL_CERT_FILE=${bundle}`],
    ['PHP', `php -d curl.cainfo=${bundle} -d openssl.cafile=${bundle}`],
    ['curl', `curl --cacert ${ca}`],
    ['Windows', `certutil -user -addstore Root ${ca}`],
    ['macOS', `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${ca}`],
  ];
}
