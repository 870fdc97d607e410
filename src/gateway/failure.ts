/** The gateway's error envelope, in the key order real replies and the documents print. */
import type { ApiError } from './errors.js';
import { type Fields, text } from './fields.js';
import type { FailedCall, Failure, Version } from './operation.js';
import { isVendorHost } from './urls.js';
import type { Format } from './wire-format.js';

/** Document 000: RequestId, HostId, Code, Message. Live gateway errors of 2017-2021 put Recommend first in JSON, last in XML. */
const PRODUCT_FIELDS: Fields = { RequestId: text(), HostId: text(), Code: text(), Message: text() };
const GATEWAY_FIELDS: Record<Format, Fields> = {
  JSON: { Recommend: text(), Message: text(), RequestId: text(), HostId: text(), Code: text() },
  XML: { ...PRODUCT_FIELDS, Recommend: text({ cdata: true }) },
};

/** @param host the Host the caller used: names the site when the version is unknown */
export function failureDocument(
  error: ApiError,
  version: Version | undefined,
  host: string,
  call: FailedCall,
): Failure {
  const own = version?.dialect.failure?.(error, call);
  if (own) return own;
  const fromGateway = error.row.raisedBy === 'gateway';
  return {
    status: error.row.status,
    root: version?.errorRoot ?? 'Error',
    fields: fromGateway ? GATEWAY_FIELDS[call.format] : PRODUCT_FIELDS,
    value: {
      RequestId: call.requestId,
      HostId: version?.host ?? (isVendorHost(host) ? host : 'cloudauth.aliyuncs.com'),
      // always a string: a number in a non-2xx body panics the Go SDK
      Code: error.code,
      Message: error.message,
      Recommend: `https://error-center.aliyun.com/status/search?Keyword=${error.code}&source=PopGw`,
    },
  };
}
