/** `cloudauth-mock reset`: an account of a running emulator forgets what it has done, or has it back. */
import { accountSide } from './client.js';
import type { Call } from './command.js';

/**
 * @returns the exit code: 0
 * @throws OptionError; Unanswered when the emulator cannot be reached, or the reset cannot be undone any more
 */
export async function reset(call: Call): Promise<0> {
  const { ask, print } = accountSide(call);
  const t = await call.translator();
  const { undo } = call.flags;
  if (undo !== undefined) {
    const undone = await ask<{ undone: string }>('/reset/undo', { undo });
    print(undone, `${t(`the reset of account ${undone.undone} is undone`)}\n`);
    return 0;
  }
  const done = await ask<{ reset: string; undo: string; until: string }>('/reset', {});
  const named = call.flags.account === undefined ? '' : ` --account ${call.flags.account}`;
  print(
    done,
    `${t(`account ${done.reset} is reset; until ${done.until} this undoes it: cloudauth-mock reset --undo ${done.undo}${named}`)}\n`,
  );
  return 0;
}
