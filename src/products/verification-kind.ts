/**
 * What one kind of verification adds to the table all of them share. The control side, the phone and the simulated person
 * know kinds, not products: a new one is a file that makes one of these, and a line in kinds.ts.
 */
import type { Photos } from '../gateway/context.js';
import { type Callback, readyCallback } from '../verification/callback.js';
import type { Endings } from '../verification/endings.js';
import type { End, Outcome } from '../verification/outcome.js';
import type { Conclusion, Materials, Status, Verification } from '../verification/verification.js';

/** What may be a magic value, by where it stands. */
export interface MagicValues {
  readonly ticket?: string;
  /** Addresses; other text among them says nothing. */
  readonly pictures?: readonly string[];
  readonly name?: string;
  readonly number?: string;
}

/** A picture that cannot be used, and why: one of the reasons in hint-texts.ts. */
export type Unusable = Readonly<Record<'name' | 'why', string>>;

export interface VerificationKind {
  /** As it is stored, and as the control side calls the product. */
  readonly name: string;
  readonly endings: Endings;
  /** What the client SDK tells the app: its code. */
  readonly callbacks: Readonly<Record<End, string>>;
  /** And the reason beside it, where one is known. */
  readonly callbackReasons?: Readonly<Partial<Record<End, string>>>;
  /** Who is called on the caller's server once it has passed or failed; absent, or undefined: nobody. */
  callback?(one: Verification, ended: Pick<Conclusion, 'status' | 'reason'>): Callback | undefined;
  /** States in which a tester's word can still end it. */
  readonly endable: readonly Status[];
  /** What it is once the person has left: `open` can be gone on with. */
  readonly left: 'open' | 'quit';
  /** What people call it, and what else is told of it. */
  shown(one: Verification): { readonly id: string; readonly detail: string };
  /** Path and query of the page a person opens for it; absent, or undefined: it has none. */
  page?(one: Verification): string | undefined;
  /** Where objects lie that were uploaded or taken for it. */
  pictures?(one: Verification): { readonly bucket: string; readonly prefix: string };
  /** A person has something to do, on a phone or on a page. */
  hasPerson(one: Verification): boolean;
  /** What was sent with it that may choose how it ends. */
  values(one: Verification): MagicValues;
  /**
   * What is kept of one that has passed or failed, or why what was sent with it cannot be used, and the reason it fails for.
   * @param handedIn goes before what was sent with it
   */
  result?(
    one: Verification,
    handedIn: Materials,
    photos: Photos,
  ): Promise<{ readonly kept: object } | { readonly unusable: Unusable; readonly reason?: string }>;
}

/** Code and reason as people read them. */
export const clientReport = ({ callbacks, callbackReasons }: VerificationKind, end: End): string =>
  [callbacks[end], callbackReasons?.[end]].filter((each) => each !== undefined).join(' ');

const STATUS = { pass: 'passed', fail: 'failed' } as const;

/** With why it cannot pass, where what was sent with it cannot be used: then it has failed, and nothing is kept of it. */
export type Judged = Conclusion & { readonly unusable?: Unusable };

/**
 * The one place where what was sent with a verification is judged, whoever ends it.
 * @param outcome one that ends it for a reason of the kind's; not `expire`, which ends a life and no verification
 * @throws StoreFullError when there is no room for what was handed in
 */
export async function conclusionOf(
  kind: VerificationKind,
  one: Verification,
  { kind: end, reason }: Outcome & { readonly kind: Exclude<End, 'expire'> },
  at: number,
  photos: Photos,
  { handedIn = {}, counts = false }: { readonly handedIn?: Materials; readonly counts?: boolean } = {},
): Promise<Judged> {
  if (end === 'quit') return { status: kind.left, counts: false, at };
  const result = await kind.result?.(one, handedIn, photos);
  const ended: Judged =
    !result || 'kept' in result
      ? { status: STATUS[end], reason, counts, result: result?.kept, at }
      : {
          ...{ status: 'failed', reason: reason ?? result.reason ?? kind.endings.usual },
          ...{ counts: false, at, unusable: result.unusable },
        };
  const callback = kind.callback?.(one, ended);
  return { ...ended, callback: callback && readyCallback(callback) };
}
