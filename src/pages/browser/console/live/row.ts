/** An event as a row of the list. */
import type { MockEvent } from '../../../../control/events.js';
import { t } from './texts.js';

export interface Row {
  /** The event's id. */
  readonly key: string;
  readonly kind: 'call' | 'upload' | 'callback' | 'verification' | 'page' | 'refused';
  readonly at: string;
  readonly status: string;
  readonly bad: boolean;
  readonly operation: string;
  readonly subject?: string;
  readonly ms?: number;
  readonly code?: string;
  readonly why?: string;
  /** What kind of thing decided, see JournalEntry. */
  readonly cause?: string;
  readonly rules: string;
  /** Of a call: its number in the journal, and that of the call it repeats. */
  readonly id?: number;
  readonly replayOf?: number;
  /** Of the caller's trace. */
  readonly traceId?: string;
  /** Of what is no call: all that is known of it, in the names of the control side. */
  readonly about?: object;
}

export function rowOf(event: MockEvent): Row | undefined {
  if (event.kind === 'reset' || event.kind === 'missed') return undefined;
  return { key: event.id, kind: event.kind, at: event.at ?? '', rules: '', ...seen(event) };
}

/** All that is seen of it, to be searched. */
export const textOf = ({ kind, status, operation, subject, code, why, rules, traceId }: Row): string =>
  [kind, status, operation, subject, code, why, rules, traceId].join(' ');

function seen(event: Exclude<MockEvent, { kind: 'reset' | 'missed' }>) {
  switch (event.kind) {
    case 'call': {
      const { id, status, operation, subject, ms, code, why, cause, rules, replayOf, traceId } = event.call;
      const seen = { id, replayOf, traceId, operation, subject, ms, code, why, cause, rules: rules.join(' ') };
      return { ...seen, status: String(status), bad: code !== undefined };
    }
    case 'upload': {
      const { status, operation, ms, code, traceId } = event.upload;
      const bad = status >= 400;
      return { status: String(status), operation: `oss/${operation}`, ms, code, traceId, bad, about: event.upload };
    }
    case 'callback': {
      const { outcome, verification, url, hint } = event.callback;
      const seen = { operation: t(outcome), subject: verification, why: hint ?? url, about: event.callback };
      return { ...seen, status: '→', bad: outcome === 'given-up' };
    }
    case 'page': {
      const { step, id, product } = event.page;
      return { status: '☞', operation: t(step), subject: id, why: product, bad: false, about: event.page };
    }
    case 'refused': {
      const { why, more } = event.refused;
      const said = more === undefined ? why : `${why} (+${more})`;
      return { status: '✕', operation: t('keptOut'), why: said, bad: true, about: event.refused };
    }
    default: {
      const { end, product, id, reason } = event.verification;
      const why = [product, reason].filter(Boolean).join(' ');
      const seen = { operation: t(end), subject: id, why, about: event.verification };
      return { ...seen, status: '■', bad: end === 'fail' };
    }
  }
}
