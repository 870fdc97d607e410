/** An event as a row of the list. */
import type { MockEvent } from '../../../../control/events.js';

export interface Row {
  /** The event's id. */
  readonly key: string;
  readonly kind: 'call' | 'upload' | 'callback' | 'verification';
  readonly at: string;
  readonly status: string;
  readonly bad: boolean;
  readonly operation: string;
  readonly subject?: string;
  readonly ms?: number;
  readonly code?: string;
  readonly why?: string;
  readonly rules: string;
  /** Of a call: its number in the journal. */
  readonly id?: number;
  /** All that is seen of it, to be searched. */
  readonly text: string;
}

export function rowOf(event: MockEvent): Row | undefined {
  if (event.kind === 'reset' || event.kind === 'missed') return undefined;
  const row = { key: event.id, kind: event.kind, at: event.at ?? '', rules: '', ...seen(event) };
  const { status, operation, subject, code, why, rules } = row;
  return { ...row, text: [row.kind, status, operation, subject, code, why, rules].join(' ').toLowerCase() };
}

function seen(event: Exclude<MockEvent, { kind: 'reset' | 'missed' }>) {
  switch (event.kind) {
    case 'call': {
      const { id, status, operation, subject, ms, code, why, rules } = event.call;
      const seen = { id, operation, subject, ms, code, why, rules: rules.join(' ') };
      return { ...seen, status: String(status), bad: code !== undefined };
    }
    case 'upload': {
      const { status, operation, ms, code } = event.upload;
      return { status: String(status), operation: `oss/${operation}`, ms, code, bad: status >= 400 };
    }
    case 'callback': {
      const { outcome, verification, url, hint } = event.callback;
      return { status: '→', operation: outcome, subject: verification, why: hint ?? url, bad: outcome === 'given-up' };
    }
    default: {
      const { end, product, id, reason } = event.verification;
      return {
        status: '■',
        operation: end,
        subject: id,
        why: [product, reason].filter(Boolean).join(' '),
        bad: end === 'fail',
      };
    }
  }
}
