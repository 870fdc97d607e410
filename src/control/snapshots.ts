/** The verbs of snapshots: saved, brought back, compared, dropped, and opened as an account beside the old one. */
import type { BusinessClocks } from '../store/clocks.js';
import type { Store } from '../store/store.js';
import { changeOf, type SnapshotDifference, TABLES } from './difference.js';
import { type Control, ControlError } from './verbs.js';

type SnapshotControl = Pick<
  Control,
  'saveSnapshot' | 'restoreSnapshot' | 'snapshot' | 'snapshots' | 'deleteSnapshot' | 'compareSnapshots' | 'openSnapshot'
>;

interface SnapshotDeps {
  store(account: string): Store;
  readonly clocks: BusinessClocks;
  /** Whether somebody may call as this account. */
  isAccount(account: string): boolean;
}

/** Rows of each table that a comparison shows. */
const SHOWN = 50;

export function snapshotControl({ store, clocks, isAccount }: SnapshotDeps): SnapshotControl {
  const noSnapshot = async (account: string, name: string): Promise<ControlError> =>
    new ControlError(`no snapshot '${name}'; there are: ${(await verbs.snapshots(account)).join(', ') || 'none'}`, 404);
  const known = async (account: string, name: string): Promise<number> => {
    const rows = await store(account).snapshots.size(nameOf(name));
    if (rows === undefined) throw await noSnapshot(account, name);
    return rows;
  };
  const verbs: SnapshotControl = {
    saveSnapshot: (account, name) => store(account).snapshots.save(nameOf(name)),
    async restoreSnapshot(account, name) {
      const rows = await store(account).snapshots.restore(nameOf(name));
      if (rows === undefined) throw await noSnapshot(account, name);
      await clocks.reload(account);
      return rows;
    },
    snapshot: known,
    // what a reset keeps to be undone has a name nobody can give
    snapshots: async (account) => (await store(account).snapshots.names()).filter((name) => !name.includes('/')),
    async deleteSnapshot(account, name) {
      if (!(await store(account).snapshots.remove(nameOf(name)))) throw await noSnapshot(account, name);
    },
    async compareSnapshots(account, before, after) {
      await known(account, before);
      if (after !== undefined) await known(account, after);
      const found = Object.entries(await store(account).snapshots.differences(before, after, SHOWN));
      const tables = found.map(([table, { added, removed, changed }]) => [TABLES[table]!, { added, removed, changed }]);
      return {
        before,
        after: after ?? null,
        tables: Object.fromEntries(tables) as SnapshotDifference['tables'],
        rows: found.flatMap(([table, { rows }]) => rows.map((row) => changeOf(table, row))),
      };
    },
    async openSnapshot(account, name, other) {
      await known(account, name);
      if (!isAccount(other))
        throw new ControlError(
          `'${other.slice(0, 100)}' is no account; write an AccessKeyId that begins with LTAImock, or an account of --access-key`,
        );
      const target = store(other).snapshots;
      const rows = Object.values(await target.counts(1));
      if (other === account || rows.some((count) => count > 0))
        throw new ControlError(`account ${other} has a state of its own; reset it, or name another`, 409);
      if ((await target.names()).includes(name))
        throw new ControlError(`account ${other} has a snapshot '${name}' already; delete it, or name another`, 409);
      await store(account).snapshots.giveTo(name, other);
      return verbs.restoreSnapshot(other, name);
    },
  };
  return verbs;
}

function nameOf(name: string): string {
  if (!/^[\w.-]{1,64}$/.test(name))
    throw new ControlError(`'${name}' is no snapshot name; use up to 64 letters, digits, '-', '_' and '.'`);
  return name;
}
