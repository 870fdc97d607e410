/**
 * What other emulators on the same schema change of what each keeps in memory: clocks and rules of accounts. The database
 * tells whoever listens, however a row came or went; what cannot have been heard is everything.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Sessions } from './sessions.js';

export type Shared = 'clocks' | 'rules';
/** @param account undefined: any may have changed */
export type Heard = (what: Shared, account?: string) => void | Promise<void>;

const CHANNEL = 'cloudauth_mock';
/** Between one attempt to listen again and the next, ms. */
const AGAIN_MS = 500;
const SHARED: readonly Shared[] = ['clocks', 'rules'];

/** What rules have counted is asked for when they count, so only those that come, go or are written anew are told of. A notice holds 8000 bytes. */
export const TRIGGERS: readonly string[] = [
  `CREATE OR REPLACE FUNCTION cloudauth_mock_tell() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE one TEXT := CASE TG_OP WHEN 'DELETE' THEN OLD.account ELSE NEW.account END;
   BEGIN
     PERFORM pg_notify('${CHANNEL}', json_build_array(TG_TABLE_SCHEMA, TG_TABLE_NAME,
       CASE WHEN octet_length(one) < 4000 THEN one END)::text);
     RETURN NULL;
   END $$`,
  ...[
    ['clocks', 'told', 'INSERT OR UPDATE OR DELETE', ''],
    ['rules', 'told', 'INSERT OR DELETE', ''],
    ['rules', 'changed', 'UPDATE', 'WHEN (OLD.rule <> NEW.rule)'],
  ].map(
    ([table, name, when, where]) => `DO $$ BEGIN
       IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'cloudauth_mock_${name}' AND tgrelid = '${table}'::regclass) THEN
         CREATE TRIGGER cloudauth_mock_${name} AFTER ${when} ON ${table} FOR EACH ROW ${where} EXECUTE FUNCTION cloudauth_mock_tell();
       END IF;
     END $$`,
  ),
];

/** @returns what ends it */
export async function hear({ listen }: Sessions, schema: string, heard: Heard): Promise<() => Promise<void>> {
  const ended = new AbortController();
  const notice = (payload: string): void => {
    const [where, table, account] = JSON.parse(payload) as [string, Shared, string | null];
    if (where === schema) void heard(table, account ?? undefined);
  };
  let stop: () => Promise<void> = async () => {};
  const begin = async (): Promise<void> => {
    stop = await listen(CHANNEL, notice, () => void again());
    if (ended.signal.aborted) await stop();
  };
  const again = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      try {
        await wait(AGAIN_MS, undefined, { ref: false, signal: ended.signal });
        await begin();
        for (const each of SHARED) void heard(each);
        return;
      } catch {
        // it is away; who asks something of it is told
      }
    }
  };
  await begin();
  return async () => {
    ended.abort();
    await stop();
  };
}
