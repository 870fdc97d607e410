/** `cloudauth-mock connect`: the code of each SDK that calls a running emulator, as the console shows it. */
import { OptionError } from '../config/options.js';
import type { Connection } from '../control/desk-view.js';
import type { Snippet } from '../control/snippets.js';
import { orAll } from '../platform/nearest.js';
import { accountSide } from './client.js';
import { type Call, Unanswered } from './command.js';
import { table } from './table.js';

/**
 * @returns the exit code: 0
 * @throws OptionError; Unanswered when the emulator cannot be reached, or has no code for that SDK
 */
export async function connect(call: Call): Promise<0> {
  const [word, extra] = call.words;
  if (extra !== undefined) throw new OptionError(`connect takes no '${extra}'`);
  const { ask, print } = accountSide(call);
  const snippets = await ask<Snippet[]>('/connect/snippets');
  if (word !== undefined) {
    const found = snippetOf(snippets, word);
    print(found, found.code);
    return 0;
  }
  const t = await call.translator();
  const { done, ...client } = await ask<Connection>('/connect');
  const facts = [
    [t('endpoint'), new URL(client.url).host],
    ...(client.https === null ? [] : [['https', client.https]]),
    ['AccessKeyId', client.accessKeyId],
    ['AccessKeySecret', client.accessKeySecret],
  ];
  const rows = snippets.map(({ sdk, name }) => [sdk, name]);
  print({ ...client, done, snippets }, `${table(facts)}\n${table([['SDK', t('WHAT IT IS')], ...rows])}`);
  return 0;
}

/** By its word, its language, or its package; of several the first. */
function snippetOf(snippets: readonly Snippet[], word: string): Snippet {
  const wordsOf = ({ sdk, language, name }: Snippet) => [sdk, language, ...name.toLowerCase().split(/[: ]+/)];
  const found = snippets.find((one) => wordsOf(one).includes(word.toLowerCase()));
  if (found) return found;
  const known = [...new Set(snippets.flatMap(({ sdk, name }) => [sdk, name.split(':')[0]!.toLowerCase()]))];
  throw new Unanswered(`connect: there is no code for '${word}'${orAll(word, known)}`);
}
