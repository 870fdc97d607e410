/** A call from the journal as a shell command that signs itself anew: a stale signature could not be tried again. */

import { DEFAULT_SECRET } from '../gateway/accounts.js';
import { actionOf, versionOf } from '../gateway/identify.js';
import type { RpcRequest } from '../gateway/request.js';
import { isSecret, maskParams, maskText, oneLine } from '../platform/redact.js';
import { posixWord } from '../platform/shell.js';

/** Made anew by the script. */
const MADE = new Set([
  'Signature',
  'SignatureNonce',
  'Timestamp',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureType',
]);
/** The beginning of a JPEG: what stands for a picture that was masked must still be one. */
const PICTURE = '/9j/4AAQSkZJRg==';

const SECRET = 'ALIBABA_CLOUD_ACCESS_KEY_SECRET';

/** What a caller chose must not end the comment it stands in. */
const comment = (text: string): string => maskText(oneLine(text)).slice(0, 120);

/** @returns a bash script; ID numbers and pictures in it are masked, every secret but the printed one is read from the environment */
export function signedCurl(
  request: RpcRequest,
  baseUrl: string,
  secretOf: (accessKeyId: string) => string | undefined,
): string {
  const method = request.method === 'GET' ? 'GET' : 'POST';
  const accessKeyId =
    request.params.get('AccessKeyId') ?? /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const params = new Map([...request.params].filter(([name]) => !MADE.has(name)));
  params.set('Action', actionOf(request));
  params.set('Version', versionOf(request));
  params.set('AccessKeyId', accessKeyId);
  // an id of a real account is masked: it comes from where the SDKs read it
  const isMasked = maskText(accessKeyId) !== accessKeyId;
  const secret = secretOf(accessKeyId);
  // the one that is printed in the README is no secret; any other comes from where it is kept
  const isPublic = secret === DEFAULT_SECRET;
  const variables = [
    ...(isMasked ? [variableOf('AccessKeyId')] : []),
    ...(isPublic ? [] : [SECRET]),
    ...[...params.keys()].filter(isSecret).map(variableOf),
  ];
  const lines = maskParams(params).map(
    ([name, value]) => `  ${isMasked && name === 'AccessKeyId' ? fromVariable(name) : line(name, value)}`,
  );
  return `#!/usr/bin/env bash
# ${method} ${comment(actionOf(request))}, signed anew.${secret === undefined ? ' The AccessKeyId is unknown here.' : ''}
set -euo pipefail
${[...(isPublic ? [`${SECRET}=${DEFAULT_SECRET}`] : []), ...variables.map((name) => `: "\${${name}:?export it first}"`)].join('\n')}
params=(
${lines.join('\n')}
  'SignatureMethod=HMAC-SHA1' 'SignatureVersion=1.0'
  "SignatureNonce=$RANDOM$RANDOM$(date +%s%N)" "Timestamp=$(date -u +%Y-%m-%dT%H:%M:%SZ)"
)
enc() { local LC_ALL=C s=$1 i c; for ((i = 0; i < \${#s}; i++)); do c=\${s:i:1}; case $c in [A-Za-z0-9._~-]) printf %s "$c" ;; *) printf '%%%02X' "'$c" ;; esac; done; }
query=$(for p in "\${params[@]}"; do printf '%s=%s\\n' "$(enc "\${p%%=*}")" "$(enc "\${p#*=}")"; done | LC_ALL=C sort -t= -k1,1 | paste -sd '&' -)
signature=$(printf %s "${method}&%2F&$(enc "$query")" | openssl dgst -sha1 -hmac "$${SECRET}&" -binary | base64)
curl -sS ${method === 'GET' ? '-G ' : ''}${posixWord(`${baseUrl}/`)} -d "$query&Signature=$(enc "$signature")"
`;
}

function line(name: string, value: string): string {
  if (isSecret(name)) return fromVariable(name);
  return posixWord(`${name}=${value.replace(/<\d+ characters of base64>/g, PICTURE)}`);
}

const fromVariable = (name: string): string => `"${name}=$${variableOf(name)}"`;

/** `SecurityToken` → `ALIBABA_CLOUD_SECURITY_TOKEN`, as the SDKs name it. */
const variableOf = (name: string): string =>
  ['SecurityToken', 'AccessKeyId'].includes(name)
    ? `ALIBABA_CLOUD_${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`
    : name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
