/** What the options say of how verifications of one account go. */
import type { Options } from '../config/options.js';
import type { Behaviour } from '../gateway/context.js';
import type { People } from '../verification/people.js';

export const behaviourOf = (options: Options, people: People, account: string): Behaviour => ({
  device: options.device,
  sdkBuild: options.sdkBuild,
  safCodes: options.safCodes[account] ?? options.safCodes.default!,
  failureLimit: options.failureLimit,
  dailyFailureLimit: options.dailyFailureLimit,
  sceneIds: options.sceneId,
  onlyDeclaredSceneIds: options.scenes === 'declared' && options.sceneId.length > 0,
  people,
});
