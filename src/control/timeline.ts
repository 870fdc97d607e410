/**
 * What happened to one verification, in order: computed when somebody looks, from what is stored of it. Of callbacks it is
 * known what this process has made.
 */
import type { CallbackEntry } from '../outgoing/callback-journal.js';
import { maskIdNumbers, maskText } from '../platform/redact.js';
import { kindOf } from '../products/kinds.js';
import type { StoredObject } from '../store/objects.js';
import type { PageStep, StepDone } from '../store/page-steps.js';
import type { Store } from '../store/store.js';
import type { End } from '../verification/outcome.js';
import type { People } from '../verification/people.js';
import { isAlive, type Verification } from '../verification/verification.js';
import { iso, type VerificationView, viewOf } from './view.js';

export interface TimelineStep {
  readonly what: /** It was begun; a task that is gone on with has a fresh `token` later. */
    | 'started'
    | 'token'
    /** The first time that a person did so on its page. */
    | PageStep
    /** A person has its page open now. */
    | 'page'
    /** Uploaded, or taken on its page. */
    | 'picture'
    /** A person left before anything was submitted. */
    | 'left'
    | 'review'
    | 'passed'
    | 'failed'
    | 'quit'
    /** The caller's server was called, or would have been. */
    | 'callback'
    /** The time of its token or session is over, or will be. */
    | 'expires';
  /** Business clock, ISO 8601. Absent where nobody knows when. */
  readonly at?: string;
  /** Which picture, why it failed, what came of the callback. */
  readonly text?: string;
}

export interface VerificationDetail extends VerificationView {
  /** The business clock when this was asked, ISO 8601. */
  readonly now: string;
  /** How often its result was asked for. */
  readonly asked: number;
  /** Address of the page a person opens for it, with its token. Absent where it has none. */
  readonly page?: string;
  /** How a tester can end it as it stands. */
  readonly ends: readonly End[];
  readonly timeline: readonly TimelineStep[];
}

interface Known {
  readonly one: Verification;
  readonly view: VerificationView;
  /** Business clock, ms. */
  readonly now: number;
  readonly pageSteps: readonly StepDone[];
  readonly pictures: readonly StoredObject[];
  readonly callbacks: readonly CallbackEntry[];
}

function timelineOf({ one, view, now, pageSteps, pictures, callbacks }: Known): TimelineStep[] {
  const { created_at, issued_at, concluded_at, expires_at, status, reason } = one;
  // those of one instant, a clock can stand still, in this order
  const onPage = (what: PageStep): TimelineStep[] =>
    pageSteps.filter(({ step }) => step === what).map(({ done_at }) => ({ what, at: iso(done_at) }));
  const steps: TimelineStep[] = [
    { what: 'started', at: iso(created_at) },
    ...(issued_at > created_at ? [{ what: 'token' as const, at: iso(issued_at) }] : []),
    ...onPage('opened'),
    ...onPage('agreed'),
    ...pictures.map(({ key, modified_at }) => ({
      what: 'picture' as const,
      at: iso(modified_at),
      text: maskIdNumbers(key.slice(key.lastIndexOf('/') + 1)),
    })),
    ...(status !== 'open' && concluded_at !== null
      ? [{ what: status, at: iso(concluded_at), ...(status === 'failed' && reason && { text: reason }) }]
      : []),
    // it is owed from the very statement that ended it
    ...callbacks.map((callback) => ({ what: 'callback' as const, at: iso(concluded_at ?? now), text: came(callback) })),
    ...onPage('result'),
    ...(status === 'open' || expires_at <= now ? [{ what: 'expires' as const, at: iso(expires_at) }] : []),
  ];
  const over = steps.filter(({ at }) => at! <= iso(now));
  return [
    ...over.sort((a, b) => a.at!.localeCompare(b.at!)),
    ...(view.left ? [{ what: 'left' as const }] : []),
    ...(view.pageOpen ? [{ what: 'page' as const }] : []),
    ...(isAlive(expires_at, now) ? steps.filter((step) => !over.includes(step)) : []),
  ];
}

/** `delivered 200`, `given-up 500, timeout`. */
const came = ({ outcome, attempts }: CallbackEntry): string =>
  [outcome, attempts.map((attempt) => ('status' in attempt ? attempt.status : attempt.failure)).join(', ')]
    .filter(Boolean)
    .join(' ');

function endsOf({ kind, status, shared }: Verification): End[] {
  const endable = kindOf(kind).endable.includes(status);
  return [
    ...(endable ? (['pass', 'fail'] as const) : []),
    ...(status === 'open' ? (['quit'] as const) : []),
    // where several share a state the time of each is its own
    ...(endable || shared ? (['expire'] as const) : []),
  ];
}

interface Around {
  readonly store: Store;
  /** Business clock, ms. */
  readonly now: number;
  readonly people: People;
  readonly baseUrl: string;
  callbacks(): Promise<readonly CallbackEntry[]>;
}

/** More pictures than a person takes are somebody's uploads. */
const PICTURES = 20;

export async function detailOf(
  one: Verification,
  { store, now, people, baseUrl, callbacks }: Around,
): Promise<VerificationDetail> {
  const kind = kindOf(one.kind);
  const view = viewOf(one, new Set(await store.visits.subjects()), now, people);
  const place = kind.pictures?.(one);
  const pictures = place ? await store.objects.list(place.bucket, place.prefix, '', PICTURES) : [];
  const calls =
    one.status !== 'open' && kind.callback?.(one, { status: one.status, reason: one.reason ?? undefined })
      ? await callbacks()
      : [];
  const own = calls.filter(({ verification }) => verification === maskText(one.id));
  const page = kind.page?.(one);
  const pageSteps = await store.pageSteps.list(one.id);
  return {
    ...view,
    ...{ now: iso(now), asked: one.asked },
    ...(page !== undefined && { page: baseUrl + page }),
    ends: endsOf(one),
    timeline: timelineOf({ one, view, now, pageSteps, pictures, callbacks: own }),
  };
}
