/** cloudauth-mock: the programmatic API. */
import './products/eager.js';

export type { GivenOptions as Config } from './config/option-forms.js';
export { OptionError } from './config/options.js';
export { readConfig } from './config-file/read-config.js';
export type { Bill, BilledOperation } from './control/billing.js';
export type { AccountView, Connection } from './control/desk-view.js';
export type { EndEvent, MockEvent, UploadEvent } from './control/events.js';
export type { JournalEntry } from './control/journal-entry.js';
export type { NeverFired } from './control/never-fired.js';
export type { Snippet } from './control/snippets.js';
export {
  ControlError,
  type NamedScenario,
  type RuleView,
  type TimelineStep,
  type Verdict,
  type VerificationDetail,
  type VerificationView,
} from './control/verbs.js';
export type { AccountOption, Verifications } from './control/verifications.js';
export type { CloudauthMock, MockOptions } from './emulator/api.js';
export { createCloudauthMock } from './emulator/create-mock.js';
export { ClosedError } from './emulator/lifecycle.js';
export type { AccessKey } from './gateway/accounts.js';
export { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from './gateway/accounts.js';
export type { Fault } from './gateway/intervention.js';
export type { CallbackAttempt, CallbackEntry } from './outgoing/callback-journal.js';
export type { Clock, ManualClock } from './platform/clock.js';
export { manualClock } from './platform/clock.js';
export { type Identity, identities, type PictureName, pictures, type TestValue, testValues } from './products/magic.js';
export type { Coverage } from './scenarios/coverage.js';
/** Its `name` says so: the class is loaded with the first scenario. */
export type { ScenarioError } from './scenarios/reader.js';
export type {
  ErrorCode,
  ErrorCodeOf,
  FailureReason,
  OperationName,
  OperationPath,
  OperationPattern,
  ReasonOf,
  Scenario,
  ScenarioRule,
} from './scenarios/words.js';
export { StorageError } from './store/database.js';
