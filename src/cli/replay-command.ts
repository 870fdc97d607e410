/** What `cloudauth-mock replay` takes and ends with. */
import type { Command, Flag } from './command.js';

export const replayCommand = (flags: readonly Flag[]): Command => ({
  name: 'replay',
  synopsis: 'ID',
  does: 'makes a call of the journal again, signed anew with the secret of its key',
  takesWords: true,
  flags,
  examples: [['7', 'ID: the number that logs prints, such as #7']],
  exits: '0 made again, whatever it was answered   1 no such call, or nobody answered',
  run: async (call) => (await import('./replay.js')).replay(call),
});
