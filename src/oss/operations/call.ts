/** What an operation gets, and what it gives back. */
import type { OssCaller } from '../authenticate.js';
import type { OssRequest } from '../message.js';
import type { OssObjects } from '../object-store.js';

export interface OssCall {
  readonly request: OssRequest;
  readonly caller: OssCaller;
  readonly objects: OssObjects;
}

export interface OssResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
}

export type Operation = (call: OssCall) => Promise<OssResult>;

export const xmlResult = (xml: string, headers: Record<string, string> = {}): OssResult => {
  const body = Buffer.from(xml);
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', 'content-length': String(body.length), ...headers },
    body,
  };
};
