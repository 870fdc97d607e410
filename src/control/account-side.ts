/**
 * What the holder of one account's token may do: everything that is about this account alone. The one place that decides,
 * before any route: what nobody has written down here is refused, so that a new route cannot be forgotten.
 */
import { maskIdNumbers } from '../platform/redact.js';

/** What follows `/_mock`: the pages, what each account has, and what the emulator tells everybody who calls it. */
const OWN = new RegExp(
  `^/_mock(?:/(?:${[
    '(?:phone|console|console/[^/]+|ca\\.crt|openapi\\.json)/?',
    'operations|errors|identities|reasons|connect(?:/snippets)?',
    'events|callbacks|verify|coverage|clock|fail-next',
    '(?:reset|requests|scenarios|verifications)(?:/.+)?',
    // opened as another account it would be that account's as well
    'snapshots(?:/[^/]+(?:/restore|/diff)?)?',
  ].join('|')})?)?$`,
);

/** Asked over HTTP by the holder of an account's token. */
interface Asked {
  /** Whose token it is. */
  readonly own: string;
  /** Whom the call names; undefined where it names nobody. */
  readonly named: string | undefined;
  readonly path: string;
}

/** @returns why it is refused; undefined where it may be done. Whether another account exists is not told */
export function outside({ own, named, path }: Asked): string | undefined {
  if (named !== undefined && named !== own)
    return `the token is that of account ${maskIdNumbers(own)}, and opens no other account`;
  if (OWN.test(path)) return undefined;
  return `the token is that of account ${maskIdNumbers(own)}, and ${path.slice(0, 100)} is about more than one account; the admin token opens it`;
}
