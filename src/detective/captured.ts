/** A captured request, whatever form it was handed in. */
import type { KnownKey } from './keys.js';

/** What was handed in is no request: the message says what would be one. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
}

export interface Capture {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** A recording may name the key it was signed with. */
  readonly key?: KnownKey;
}

/** Keeps path and query as they were written, which a URL object would not. */
export class TargetUrl {
  readonly host: string;
  target: string;
  constructor(url: string) {
    const [, host = '', rest = ''] = /^[a-z]+:\/\/(?:[^/?#@]*@)?([^/?#]*)([^#]*)/i.exec(url) ?? [];
    this.host = host;
    this.target = rest.startsWith('/') ? rest : `/${rest}`;
  }
  append(query: string): void {
    this.target += (this.target.includes('?') ? '&' : '?') + query;
  }
}
