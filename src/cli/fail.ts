/** `cloudauth-mock fail`: orders a documented failure at a running emulator, or lists those an operation can answer. */
import { OptionError } from '../config/options.js';
import type { CatalogueError } from '../control/catalogue.js';
import type { Translate } from '../platform/translate.js';
import { accountSide } from './client.js';
import { type Call, Unanswered } from './command.js';
import { table } from './table.js';

/**
 * @returns the exit code: 0
 * @throws OptionError; Unanswered when the emulator cannot be reached, or documents no such failure
 */
export async function fail(call: Call): Promise<0> {
  const {
    words: [operation, code, extra],
    flags: { times, delay },
  } = call;
  if (!operation)
    throw new OptionError('fail needs an operation, as in: cloudauth-mock fail GetStatus Throttling.User');
  if (extra !== undefined) throw new OptionError(`fail takes no '${extra}'`);
  if (times !== undefined && !/^\d+$/.test(String(times)))
    throw new OptionError(`--times: '${times}' is no whole number`);
  const { ask, print } = accountSide(call);
  const t = await call.translator();
  const answersOf = async () => {
    const found = await ask<CatalogueError[]>(`/errors?${new URLSearchParams({ q: operation, lang: call.lang })}`);
    return found.filter(({ operations }) =>
      operations.some((path) => path === operation || path.endsWith(`/${operation}`)),
    );
  };
  if (code === undefined) {
    const answers = await answersOf();
    // the emulator says what may have been meant
    if (answers.length === 0) await ask('/fail-next', { operation, code: 'unknown' });
    print(answers, listOf(answers, t));
    return 0;
  }
  const order = { operation, code, times: times && Number(times), delay };
  try {
    const ordered = await ask<object>('/fail-next', order);
    print(ordered, `${t(`the next ${times ?? 1} call(s) of ${operation} answer ${code}`)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Unanswered) || !error.message.includes(' documents no error ')) throw error;
    const codes = [...new Set((await answersOf()).map((answer) => answer.code))];
    throw new Unanswered(codes.length === 0 ? error.message : `${t(error.message)}\n${operation}: ${codes.join(' ')}`);
  }
}

const listOf = (answers: readonly CatalogueError[], t: Translate): string =>
  table([['CODE', 'HTTP', 'WHEN'].map(t), ...answers.map(({ code, status, when }) => [code, String(status), when])]);
