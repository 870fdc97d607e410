/** What is wrong with options only where they are used. */
import { named, OptionError, type Options } from '../config/options.js';
import type { Clock } from '../platform/clock.js';
import { checkPeople } from '../products/people.js';
import type { Fellows } from './fellows.js';

/** @throws OptionError */
export function checkHere(options: Options, clock: Clock, fellows: Fellows | undefined): void {
  if (typeof clock.now !== 'function')
    throw new OptionError('clock: it has no now(); manualClock() makes one that does');
  if (options.workers > 1 && !fellows)
    throw new OptionError('--workers: an emulator in this process is one; “cloudauth-mock --workers N” starts several');
  named('--person', () => checkPeople(options.people));
}
