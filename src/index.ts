/** cloudauth-mock: the programmatic API. */

export type { CloudauthMock, MockOptions } from './api.js';
export type { Clock, ManualClock } from './clock.js';
export { manualClock } from './clock.js';
export { ControlError, type RuleView, type Verdict, type VerificationView } from './control.js';
export type { AccessKey } from './gateway/accounts.js';
export { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from './gateway/accounts.js';
export type { JournalEntry } from './journal.js';
export { createCloudauthMock } from './mock.js';
export { OptionError } from './options.js';
export { type Identity, identities, type PictureName, pictures } from './products/magic.js';
export type { Coverage } from './scenarios/coverage.js';
/** Its `name` says so: the class is loaded with the first scenario. */
export type { ScenarioError } from './scenarios/reader.js';
export { StorageError } from './store/database.js';
export type { AccountOption, Verifications } from './verifications.js';
