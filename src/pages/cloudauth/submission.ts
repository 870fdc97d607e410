/** What a person hands in on the page behind CloudauthPageUrl and VerifyPageUrl, kept as objects under the token, and how that ends. */
import { outcomeOf } from '../../products/outcome-of.js';
import { VERIFY_BUCKET } from '../../verification/buckets.js';
import type { Outcome } from '../../verification/outcome.js';
import type { Materials } from '../../verification/verification.js';
import type { PagesDeps } from '../deps.js';
import { concludeOnPage } from '../ui/conclude.js';
import type { Text } from '../ui/language.js';
import { keepPicture } from '../ui/picture.js';
import { PICTURES } from './screens.js';
import { afterEnd, type Screen, type Walk } from './walk.js';

export interface Submission {
  /** Keeps what the screen asked for. @returns why it cannot be taken */
  take(walk: Walk, screen: Screen, form: FormData): Promise<Text | undefined>;
  /** The screen whose picture is not there yet. The address can be written by hand: one may have been skipped. */
  missing(walk: Walk): Promise<Screen | undefined>;
  /**
   * @param chosen by the tester; without it a magic value of the task decides
   * @returns where the person goes from here
   */
  end(walk: Walk, chosen?: Outcome): Promise<string>;
}

const keyOf = (token: string, name: string): string => `${token}/h5/${name}.jpg`;

export function submission(deps: PagesDeps): Submission {
  const { objects } = deps;
  async function handedIn({ account, token }: Walk): Promise<Materials> {
    const given: Record<string, string> = {};
    for (const name of Object.values(PICTURES)) {
      const key = keyOf(token.id, name);
      if (await objects.find(account, VERIFY_BUCKET, key)) given[name] = `oss://${VERIFY_BUCKET}:${key}`;
    }
    return given;
  }
  return {
    async take({ account, token }, screen, form) {
      if (screen === 'PRIVACY' && form.get('agree') === null)
        return { zh: '请先勾选同意。', en: 'Tick that you agree first.' };
      const name = PICTURES[screen];
      if (!name) return undefined;
      return keepPicture(form, name, ({ bytes, contentType }) =>
        objects.put(account, { bucket: VERIFY_BUCKET, key: keyOf(token.id, name), contentType }, bytes),
      );
    },
    async missing(walk) {
      const given = await handedIn(walk);
      return walk.screens.find((screen) => PICTURES[screen] && !given[PICTURES[screen]]);
    },
    async end(walk, chosen) {
      const { account, token, flow } = walk;
      const ending = chosen ?? outcomeOf(flow.kind.endings, flow.kind.values(token), deps.people);
      const { kind } = ending;
      await concludeOnPage(deps, account, token.id, ending, { handedIn: await handedIn(walk), onPage: true });
      if (kind === 'quit' || kind === 'expire') return walk.at('RESULT');
      const task = await walk.store.verifications.current(token);
      return afterEnd(walk, task?.status ?? 'open');
    },
  };
}
