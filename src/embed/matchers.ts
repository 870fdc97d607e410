/** What a test expects of an emulator, in the words of `expect`; of vitest and of Jest alike. */
import type { VerificationView } from '../control/view.js';
import type { CloudauthMock } from '../emulator/api.js';
import { InputError } from '../platform/input-error.js';
import { kindOf } from '../products/kinds.js';
import type { OperationPattern } from '../scenarios/words.js';
import { reasonIn } from '../verification/endings.js';
import type { End } from '../verification/outcome.js';

/** The emulator, or an account of it. */
export type Expected = Pick<CloudauthMock, 'verify'> & {
  readonly verifications: { get(id: string): Promise<VerificationView> };
};

/** How a verification stands: how it has ended, or that nobody has ended it. */
export type Standing = End | `fail:${string}` | 'open' | 'review';

export interface CloudauthMatchers<R = Promise<void>> {
  /**
   * It was called.
   * @param params names and values, `*` globs and `/regex/` as in a scenario's `when.params`; those of SAF without ServiceParameters
   * @param options `times`: so often, no more and no less
   */
  toHaveReceived(
    operation: OperationPattern,
    params?: Readonly<Record<string, string | number | boolean>>,
    options?: { readonly times?: number },
  ): R;
  /** @param id as `verifications.pass` takes it. @param outcome with `fail:` and a reason, that one alone */
  toHaveOutcome(id: string, outcome: Standing): R;
}

interface Result {
  readonly pass: boolean;
  message(): string;
}

const ENDED = { passed: 'pass', failed: 'fail', quit: 'quit', review: 'review' } as const;
const STANDINGS = ['pass', 'fail', 'fail:<reason>', 'quit', 'expire', 'open', 'review'];

function standing({ status, reason, left, expired }: VerificationView): string {
  if (status === 'open') return left ? 'quit' : expired ? 'expire' : 'open';
  return reason === undefined ? ENDED[status] : `${ENDED[status]}:${reason}`;
}

/** A reason goes by any of its spellings. @throws InputError naming those there are */
function spelt(outcome: Standing, { product }: VerificationView): string {
  const [, reason] = /^fail:(.*)$/.exec(outcome) ?? [];
  return reason === undefined ? outcome : `fail:${reasonIn(kindOf(product).endings, reason)}`;
}

export const matchers = {
  async toHaveReceived(
    received: Expected,
    on: OperationPattern,
    params?: Readonly<Record<string, string | number | boolean>>,
    { times }: { readonly times?: number } = {},
  ): Promise<Result> {
    const { ok, matched, message } = await received.verify({ on, ...(params && { when: { params } }), times });
    const call = `${on}${params ? ` with ${JSON.stringify(params)}` : ''}`;
    return { pass: ok, message: () => (ok ? `${call} was not expected and was called ${matched} time(s)` : message) };
  },

  async toHaveOutcome(received: Expected, id: string, outcome: Standing): Promise<Result> {
    if (!STANDINGS.includes(outcome) && !/^fail:./.test(outcome))
      throw new InputError(`'${outcome}' is no outcome; there are: ${STANDINGS.join(', ')}`);
    const view = await received.verifications.get(id);
    const found = standing(view);
    const pass = found === spelt(outcome, view) || (outcome === 'fail' && found.startsWith('fail:'));
    return {
      pass,
      message: () =>
        `verification '${id}' was ${pass ? 'not ' : ''}expected to have the outcome ${outcome}; it has ${found}`,
    };
  },
};
