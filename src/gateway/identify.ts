/** Which version, Action and format a call asks for. ACS3 carries them in headers, RPC in parameters. */

import type { Hint } from '../platform/hint.js';
import { type ErrorSource, errorStyle } from './failure.js';
import { gatewayError } from './gateway-errors.js';
import type { Registry, Version } from './operation.js';
import type { RpcRequest } from './request.js';
import type { Format } from './wire-format.js';

export const versionOf = (request: RpcRequest): string => common(request, 'x-acs-version', 'Version');
export const actionOf = (request: RpcRequest): string => common(request, 'x-acs-action', 'Action');

const common = (request: RpcRequest, header: string, name: string): string =>
  (request.scheme === 'ACS3' ? request.headers[header] : undefined) ?? request.params.get(name) ?? '';

/**
 * The live gateway judged Version before a missing Action or Signature, and called an absent one invalid.
 * @param hints told of a version that another one stands in for
 */
export function identify(request: RpcRequest, registry: Registry, hints: Hint[]): Version {
  const date = versionOf(request);
  const known = registry.find(date);
  if (known) return known;
  const version = registry.standIn(date, actionOf(request));
  if (!version) throw gatewayError('InvalidVersion');
  hints.push(['stand-in', { date, product: version.product, version: version.version }]);
  return version;
}

export function checkAction(request: RpcRequest, version: Version, errors: ErrorSource): void {
  const action = actionOf(request);
  if (!action) throw gatewayError('Missing{ParameterName}', { ParameterName: 'Action' });
  if (!version.dialect.knows(version, action)) throw gatewayError(errorStyle(version, errors).unknownAction);
}

/** The format to answer in, even when what was asked for is no format or the version is unknown. */
export function formatOf(request: RpcRequest, version: Version | undefined): Format {
  const asked = request.params.get('Format')?.toUpperCase();
  if (asked === 'JSON' || asked === 'XML') return asked;
  return request.scheme === 'ACS3' ? 'JSON' : (version?.defaultFormat ?? 'XML');
}

export function checkFormat(request: RpcRequest): void {
  const asked = request.params.get('Format');
  if (asked && !/^(json|xml)$/i.test(asked)) throw gatewayError('InvalidParameter.Format');
}
