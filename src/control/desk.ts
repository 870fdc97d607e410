/** What a tester sees of accounts from outside: how much each holds, and how far a client that is being connected has come. */
import type { Engine } from '../scenarios/engine.js';
import type { BusinessClocks } from '../store/clocks.js';
import type { Store } from '../store/store.js';
import type { Journal } from './journal.js';
import type { Control } from './verbs.js';

interface DeskDeps {
  store(account: string): Store;
  readonly clocks: BusinessClocks;
  readonly engine: Engine;
  readonly journal: Journal;
  snapshots(account: string): Promise<string[]>;
}

export const deskControl = ({
  store,
  clocks,
  engine,
  journal,
  snapshots,
}: DeskDeps): Pick<Control, 'accountView' | 'progress'> => ({
  async accountView(account) {
    const { verifications = 0, builds = 0, objects = 0 } = await store(account).snapshots.counts();
    return {
      ...{ account, calls: await journal.calls(account), verifications, builds, objects },
      rules: engine.own(account).size,
      snapshots: (await snapshots(account)).length,
      now: new Date(clocks.of(account).now()).toISOString(),
      frozen: clocks.isFrozen(account),
    };
  },
  async progress(account) {
    const { verifications = 0, objects = 0 } = await store(account).snapshots.counts(1);
    const ended = await store(account).verifications.page({ status: 'ended', limit: 1 });
    const { outcomes } = await journal.counts(account);
    const answered = [...outcomes.keys()].some((outcome) => outcome.endsWith(' ok'));
    return {
      call: answered || verifications > 0,
      verification: verifications > 0,
      upload: objects > 0,
      ended: ended !== undefined && ended.rows.length > 0,
    };
  },
});
