/** `cloudauth-mock snapshots`: states of an account of a running emulator. */
import { OptionError } from '../config/options.js';
import type { Change, SnapshotDifference } from '../control/difference.js';
import { didYouMean } from '../platform/nearest.js';
import type { Translate } from '../platform/translate.js';
import { accountSide } from './client.js';
import type { Call } from './command.js';
import { table } from './table.js';

const VERBS = ['list', 'save', 'restore', 'delete', 'diff', 'open'] as const;
type Verb = (typeof VERBS)[number];

/**
 * @returns the exit code: 0
 * @throws OptionError; Unanswered when the emulator cannot be reached, or refuses
 */
export async function snapshots(call: Call): Promise<0> {
  const [verb, name, other] = orderOf(call.words);
  const { ask, print, account } = accountSide(call);
  const t = await call.translator();
  const path = `/snapshots/${encodeURIComponent(name)}`;
  const say = (answer: unknown, sentence: string): void => print(answer, `${t(sentence)}\n`);
  switch (verb) {
    case 'list': {
      const names = await ask<string[]>('/snapshots');
      print(names, names.length === 0 ? `${t(`account ${account()} has no snapshots`)}\n` : `${names.join('\n')}\n`);
      break;
    }
    case 'save': {
      const saved = await ask<{ rows: number }>(path, {});
      say(saved, `${name} holds ${saved.rows} row(s)`);
      break;
    }
    case 'restore': {
      const restored = await ask<{ rows: number }>(`${path}/restore`, {});
      say(restored, `account ${account()} is as ${name} was, ${restored.rows} row(s)`);
      break;
    }
    case 'delete':
      say(await ask(path, undefined, 'DELETE'), `${name} is deleted`);
      break;
    case 'open': {
      const opened = await ask<{ account: string }>(`${path}/open`, { as: other });
      say(opened, `account ${opened.account} begins as ${name} was`);
      break;
    }
    case 'diff': {
      const query = other === undefined ? '' : `?${new URLSearchParams({ with: other })}`;
      const found = await ask<SnapshotDifference>(`${path}/diff${query}`);
      print(found, report(found, t));
    }
  }
  return 0;
}

function orderOf([word = 'list', name, other, extra]: readonly string[]): [verb: Verb, name: string, other?: string] {
  const verb = VERBS.find((each) => each === word);
  if (!verb)
    throw new OptionError(
      `snapshots: there is no '${word}'${didYouMean(word, VERBS, `there are: ${VERBS.join(', ')}`)}`,
    );
  if (verb === 'list') {
    if (name !== undefined) throw new OptionError(`snapshots takes no '${name}'`);
    return [verb, ''];
  }
  if (!name) throw new OptionError(`snapshots ${verb} needs the name of a snapshot`);
  if (verb === 'open' && !other)
    throw new OptionError('snapshots open needs a snapshot and an account, as in: snapshots open paid LTAImockOther');
  const unused = verb === 'open' || verb === 'diff' ? extra : other;
  if (unused !== undefined) throw new OptionError(`snapshots takes no '${unused}'`);
  return [verb, name, other];
}

const MARKS = { added: '+', removed: '-', changed: '~' } as const;

function report({ tables, rows }: SnapshotDifference, t: Translate): string {
  const counted = Object.entries(tables).filter(([, { added, removed, changed }]) => added + removed + changed > 0);
  if (counted.length === 0) return `${t('nothing differs')}\n`;
  const head = ['TABLE', 'ADDED', 'REMOVED', 'CHANGED'].map(t);
  const counts = counted.map(([name, { added, removed, changed }]) => [name, ...[added, removed, changed].map(String)]);
  const total = counted.reduce((sum, [, { added, removed, changed }]) => sum + added + removed + changed, 0);
  const more = total > rows.length ? `${t(`and ${total - rows.length} more`)}\n` : '';
  return `${table([head, ...counts])}\n${rows.map(line).join('')}${more}`;
}

function line({ table: name, change, name: what, fields }: Change): string {
  const said = fields.map(({ field, before, after }) => {
    if (before === undefined && after === undefined) return field;
    return change === 'changed' ? `${field} ${before ?? '–'} → ${after ?? '–'}` : `${field} ${before ?? after}`;
  });
  return `${MARKS[change]} ${[name, what].filter(Boolean).join(' ')}${said.length > 0 ? `: ${said.join(', ')}` : ''}\n`;
}
