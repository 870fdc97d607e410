/** A verification: an id, a person, a life, an outcome. Every product's is one; what a kind adds stands in `data` and `result`. */
import type { ReadyCallback } from './callback.js';

/** Document 004: a session lives 1,800 s. */
export const TOKEN_SECONDS = 1800;

/** What the kinds of material a person or a server hands in are called (document 004, SubmitMaterials page). */
export type Materials = Readonly<Record<string, string>>;

/** `quit`: the person left, and nobody can go on with it. `review`: people look at it. */
export type Status = 'open' | 'review' | 'passed' | 'failed' | 'quit';

/** What is known from its start. */
export interface NewVerification {
  /** The name of its kind. */
  readonly kind: string;
  /** Its own, which nobody guesses: VerifyToken, queryId, zimId. */
  readonly id: string;
  /** The other name it goes by, mostly the merchant's: TicketId, bizId. Not always unique. */
  readonly name: string;
  /** What the caller has to say beside it: Biz; for SAF, whether a mobile SDK or a web page opened it. */
  readonly scope: string;
  /** Those of one scope and name share their state: a later one goes on where the one before stood. */
  readonly shared: boolean;
  /** The identity number, where it is known from the start. */
  readonly subject?: string;
  /** The person's name, likewise. */
  readonly person?: string;
  /** What the kind adds, as JSON text. */
  readonly data: string;
  /** Business clock, ms. */
  readonly issued_at: number;
  readonly expires_at: number;
}

export interface Verification extends Omit<NewVerification, 'shared' | 'subject' | 'person'> {
  /** Which of its account's it is, from 1 on. */
  readonly seq: number;
  readonly shared: 0 | 1;
  readonly subject: string | null;
  readonly person: string | null;
  readonly status: Status;
  /** Why it failed, as the kind's list spells it. */
  readonly reason: string | null;
  /** How often it was ended. One that is open again was left, until a fresh id is issued for it. */
  readonly endings: number;
  /** How often its result was asked for before. */
  readonly asked: number;
  /** When the first of those that share its state was issued; business clock, ms. */
  readonly created_at: number;
  readonly concluded_at: number | null;
  /** What the kind adds when it has ended, as JSON text. */
  readonly result: string | null;
}

/** How it ended, ready to be stored. */
export interface Conclusion {
  /** `open`: the person left, and may come back. */
  readonly status: Status;
  readonly reason?: string;
  /** Whether a failure counts towards a limit: not what a tester ordered. */
  readonly counts: boolean;
  readonly result?: object;
  /** Who is called because of it. */
  readonly callback?: ReadyCallback;
  /** Business clock, ms. */
  readonly at: number;
}

/** Good at its 1,799th second, expired at its 1,800th. */
export const isAlive = (expiresAt: number, now: number): boolean => now < expiresAt;
