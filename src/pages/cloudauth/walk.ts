/** Where a person stands on the page behind CloudauthPageUrl and VerifyPageUrl: all of it is in the address, so it works without script. */
import type { Context } from 'hono';
import { PAGE_PATH } from '../../gateway/urls.js';
import { nearest } from '../../platform/nearest.js';
import { bindingMaterials } from '../../products/cloudauth/materials.js';
import { taskData } from '../../products/cloudauth/task.js';
import type { Store } from '../../store/store.js';
import { needsIdentity, needsPerson, stepList } from '../../verification/solutions.js';
import { isAlive, type Materials, type Status, type Verification } from '../../verification/verification.js';
import type { PagesDeps, PagesEnv } from '../deps.js';
import { type Lang, langOf, type Text } from '../ui/language.js';
import { type Flow, type Forward, flowOf } from './flows.js';
import { readTarget, type Target } from './redirect.js';

/** TAKE_ID_PHOTO is one step of the setting and two pictures. */
const SCREENS = ['GUIDE', 'PRIVACY', 'FACE_LIVENESS', 'ID_PHOTO_FRONT', 'ID_PHOTO_BACK'] as const;
export type Screen = (typeof SCREENS)[number];

/** Why there is nothing for a person to do: the vendor's words, and for the developer what to do about it. */
export interface Stop {
  readonly title: Text;
  readonly hint: Text;
}

/** With the parameter it came by. */
export type Redirect = Target & { readonly name: string };

export interface Walk {
  readonly flow: Flow;
  readonly account: string;
  readonly store: Store;
  /** The session of this very token. */
  readonly token: Verification;
  /** What holds its state: the session of the latest token. */
  readonly task: Verification;
  readonly binding: Materials;
  readonly screens: readonly Screen[];
  readonly lang: Lang;
  readonly success: Redirect | undefined;
  readonly fail: Redirect | undefined;
  readonly stop: Stop | undefined;
  /** The same walk at another place. Relative: a proxy may have put a folder before all of it. */
  at(place: Screen | 'RESULT' | 'NEXT'): string;
}

export const RESULT_PATH = '/user_verify/result.html';
/** What an integrator may append, and what a page hands to the next one. */
const KEPT = ['token', 'successRedirect', 'failRedirect', 'lang'];
/** Names in the address of a page. */
export const PARAMETERS: readonly string[] = [...KEPT, 'auto', 'step'];

/** Asked by an open page: whether the task has ended since, and where the person goes from there. */
export const NEXT_PATH = '/user_verify/next';

/** The vendor's texts (FAQ); which of the first two is said when is not documented. */
export const TOKEN_EXPIRED: Text = { zh: '会话已过期或不存在', en: 'The session has expired or does not exist' };
export const TOKEN_INVALID: Text = {
  zh: '认证token无效或过期',
  en: 'The verification token is invalid or has expired',
};
const NO_IDENTITY: Text = { zh: '实名信息缺失', en: 'Identity information is missing' };
const NO_BIZ: Text = { zh: '非法业务标识或来源', en: 'Illegal business identifier or source' };

/** @returns what the page says instead, when there is no such session */
export async function findWalk(c: Context<PagesEnv>, deps: PagesDeps): Promise<Walk | Text> {
  const query = new URL(c.req.url).searchParams;
  const id = query.get('token') ?? '';
  const account = await deps.directory.ofVerification(id);
  if (account === undefined) return TOKEN_INVALID;
  const store = deps.storeOf(account);
  const token = await store.verifications.byId(id);
  const task = token && (await store.verifications.current(token));
  const flow = token && flowOf(token);
  // forgotten meanwhile, or another product's
  if (!flow || !task) return TOKEN_INVALID;
  const scene = await store.scenes.find(token.scope);
  const binding = bindingMaterials(taskData(token).binding);
  const { solution } = taskData(task);
  const complete = !needsIdentity(solution) || (binding.Name && binding.IdentificationNumber);
  const { redirectHosts, publicUrl } = deps.options;
  // behind a proxy the person came by another name than the request
  const hosts = publicUrl ? [...redirectHosts, new URL(publicUrl).hostname] : redirectHosts;
  const reachedBy = c.env?.incoming?.rawHost ?? c.req.header('host') ?? new URL(c.req.url).host;
  const redirect = (name: string, own: Forward | undefined): Redirect | undefined => {
    const { value, ...said } = own ?? { name, value: query.get(name) };
    return value ? { ...readTarget(value, reachedBy, hosts), ...said } : undefined;
  };
  const { passed, failed } = flow.forwards(token);
  return {
    ...{ flow, account, store, token, task, binding },
    screens: scene ? screensOf(stepList(solution, scene)) : [],
    lang: langOf(c.req.raw),
    success: redirect('successRedirect', passed),
    fail: redirect('failRedirect', failed),
    stop: !scene || !needsPerson(solution) ? noBiz(flow) : complete ? undefined : noIdentity(flow),
    at(place) {
      // a misspelt one as well: the page says so on every screen
      const kept = [...new Set(query.keys())].filter((name) => KEPT.includes(name) || nearest(name, KEPT));
      const next = new URLSearchParams(kept.map((name) => [name, query.get(name)!]));
      if (place === 'RESULT') return `${fileOf(RESULT_PATH)}?${next}`;
      if (place === 'NEXT') {
        next.set('since', endingsOf(task));
        return `${fileOf(NEXT_PATH)}?${next}`;
      }
      next.set('step', place);
      return `${fileOf(PAGE_PATH)}?${next}`;
    },
  };
}

const noIdentity = ({ identity }: Flow): Stop => ({ title: NO_IDENTITY, hint: identity });
const noBiz = ({ submission }: Flow): Stop => ({
  title: NO_BIZ,
  hint: {
    zh: `此认证方案没有页面：由服务端提交认证资料（${submission}）。`,
    en: `This scheme has no page: the server submits the materials (${submission}).`,
  },
});

const fileOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Another text after each ending. */
export const endingsOf = ({ status, endings }: Verification): string => `${status}.${endings}`;

/** Where a person goes whose task has ended: back to who sent them, where that can be opened. */
export function afterEnd({ success, fail, at }: Walk, status: Status): string {
  const target = status === 'passed' ? success : status === 'failed' ? fail : undefined;
  return target?.kind === 'web' ? target.url : at('RESULT');
}

export const isLive = ({ token, account }: Walk, deps: PagesDeps): boolean =>
  isAlive(token.expires_at, deps.clockOf(account).now());

/** @returns undefined after the last one */
export const afterScreen = ({ screens }: Walk, screen: Screen): Screen | undefined =>
  screens[screens.indexOf(screen) + 1];

const screensOf = (steps: readonly string[]): Screen[] =>
  SCREENS.filter((screen) => steps.includes(screen) || (screen.startsWith('ID_') && steps.includes('TAKE_ID_PHOTO')));
