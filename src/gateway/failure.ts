/** The gateway's error envelope, as the documents print it or as real replies were recorded. */
import type { ApiError } from './errors.js';
import { type Fields, text } from './fields.js';
import type { FailedCall, Failure, Version } from './operation.js';
import { isVendorHost } from './urls.js';
import type { Format, Quotes } from './wire-format.js';

/** How errors are printed: `--errors`. */
export type ErrorSource = 'documents' | 'gateway';

interface ErrorStyle {
  /** What an Action answers that a version has not. */
  readonly unknownAction: 'UnsupportedOperation' | 'InvalidAction.NotFound';
  readonly prolog: Quotes;
  /** Of an error the gateway raises; a product's own has the printed fields in either style. */
  readonly fields: Record<Format, Fields>;
}

const PRINTED: Fields = { RequestId: text(), HostId: text(), Code: text(), Message: text() };

const STYLES: Record<ErrorSource, ErrorStyle> = {
  // documents 000 and 002, 错误结果
  documents: { unknownAction: 'UnsupportedOperation', prolog: 'double', fields: { JSON: PRINTED, XML: PRINTED } },
  // replies of 2017-2021: Recommend is the first in JSON, the last in XML
  gateway: {
    unknownAction: 'InvalidAction.NotFound',
    prolog: 'single',
    fields: {
      JSON: { Recommend: text(), Message: text(), RequestId: text(), HostId: text(), Code: text() },
      XML: { ...PRINTED, Recommend: text({ cdata: true }) },
    },
  },
};

/** The recorded replies stand in where no document prints an error: for SAF, and for a Version nobody knows. */
export const errorStyle = (version: Version | undefined, asked: ErrorSource): ErrorStyle =>
  STYLES[version?.printsErrors ? asked : 'gateway'];

/** @param host the Host the caller used: names the site when the version is unknown */
export function failureDocument(
  error: ApiError,
  version: Version | undefined,
  host: string,
  call: FailedCall,
  errors: ErrorSource,
): Failure {
  const own = version?.dialect.failure?.(error, call);
  if (own) return own;
  const style = errorStyle(version, errors);
  return {
    status: error.row.status,
    root: version?.errorRoot ?? 'Error',
    prolog: style.prolog,
    fields: error.row.raisedBy === 'gateway' ? style.fields[call.format] : PRINTED,
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
