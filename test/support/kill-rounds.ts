/** Rounds of violence under constant load, and whether anything that was acknowledged is lost by them. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../hostile/random.js';
import { cloudauth2017 } from './call.js';
import type { Emulator } from './child.js';
import type { PostgresServer } from './postgres-server.js';
import type { Replicas } from './replicas.js';
import { materialParams, PERSON } from './tasks.js';
import { until } from './until.js';

/** Resolves once it is done, and what was struck is being mended. */
export type Blow = (random: Random) => Promise<void>;

export interface Told {
  rounds: number;
  /** Tickets of which something was answered with 200. */
  acknowledged: number;
  /** Of these: not there, or not as far as was answered. */
  lost: string[];
  /** Answered 503. */
  refused: number;
  /** Broken off, of which a balancer makes 502. */
  brokenOff: number;
  /** Any other answer. */
  unexpected: string[];
  /** The longest time in which no call was acknowledged, ms. */
  longestMs: number;
  /** For each round, from the blow until every `/readyz` is 200, ms. */
  recoveriesMs: number[];
}

export interface Rounds {
  readonly replicas: Replicas;
  readonly rounds: number;
  readonly blow: Blow;
  readonly random: Random;
  /** What tickets and nonces begin with. */
  readonly name: string;
  told?(so: Told): void;
}

const CLIENTS = 8;
/** A blow falls within so many ms of quiet, and after it so many calls have to be acknowledged. */
const [WITHIN_MS, AFTER] = [300, 30];
/** A client that was refused waits, ms. */
const REFUSED_MS = 20;
/** Of ten tasks so many are also handed in. */
const SUBMITTED = 7;

export async function killRounds({ replicas, rounds, blow, random, name, told = () => {} }: Rounds): Promise<Told> {
  const sofar: Told = {
    ...{ rounds: 0, acknowledged: 0, lost: [], refused: 0, brokenOff: 0, unexpected: [] },
    ...{ longestMs: 0, recoveriesMs: [] },
  };
  /** Ticket → whether it was handed in. */
  const acknowledged = new Map<string, boolean>();
  let unchecked: string[] = [];
  let ended = false;
  let last = performance.now();
  /** @returns the answer, when it is 200 */
  const asked = async (ticket: string, Action: string, params: Record<string, string>) => {
    const common = { SignatureNonce: `${ticket}-${Action}` };
    const answer = await replicas.call(cloudauth2017(Action, params), { common }).catch(() => undefined);
    if (answer?.status === 200) {
      const now = performance.now();
      [sofar.longestMs, last] = [Math.max(sofar.longestMs, now - last), now];
      return answer;
    }
    if (answer?.status === 503) sofar.refused++;
    else if (!answer || answer.status === 502) sofar.brokenOff++;
    else sofar.unexpected.push(`${Action} of ${ticket}: ${answer.status} ${answer.text}`);
    await wait(REFUSED_MS);
    return undefined;
  };
  const client = async (number: number) => {
    for (let n = 0; !ended; n++) {
      const TicketId = `${name}-${number}-${n}`;
      const opened = await asked(TicketId, 'GetVerifyToken', { Biz: 'RPBasic', TicketId });
      if (!opened) continue;
      const VerifyToken = opened.json.Data.VerifyToken.Token;
      const submitted =
        n % 10 < SUBMITTED &&
        (await asked(TicketId, 'SubmitMaterials', { VerifyToken, ...materialParams(PERSON) })) !== undefined;
      acknowledged.set(TicketId, submitted);
      unchecked.push(TicketId);
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  // told of when all of them have ended
  clients.catch(() => {});
  const check = async (tickets: readonly string[], at: readonly Emulator[]) => {
    let next = 0;
    const checking = async () => {
      for (let n = next++; n < tickets.length; n = next++) {
        const ticket = tickets[n]!;
        if (!(await isKept(at[n % at.length]!, ticket, acknowledged.get(ticket)!))) sofar.lost.push(ticket);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, checking));
  };
  try {
    for (; sofar.rounds < rounds; sofar.rounds++) {
      await wait(random.below(WITHIN_MS));
      const running = new Set(replicas.each);
      const struckAt = performance.now();
      await blow(random);
      await replicas.ready();
      sofar.recoveriesMs.push(performance.now() - struckAt);
      const wanted = acknowledged.size + AFTER;
      await until(() => acknowledged.size >= wanted);
      const tickets = unchecked;
      unchecked = [];
      await check(
        tickets,
        replicas.each.filter((one) => running.has(one)),
      );
      sofar.acknowledged = acknowledged.size;
      told(sofar);
    }
  } finally {
    ended = true;
    await clients;
  }
  // what was kept after its own round has to outlive those that came
  await check([...acknowledged.keys()], replicas.each);
  sofar.acknowledged = acknowledged.size;
  return { ...sofar, lost: [...new Set(sofar.lost)] };
}

/** GetStatus says -1 of a ticket it does not know as well, so one that was only opened is asked for at the control side. */
async function isKept(at: Emulator, ticket: string, submitted: boolean): Promise<boolean> {
  const params = cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: ticket });
  const ask = async () =>
    submitted
      ? (await at.call(params)).json.Data?.StatusCode === 1
      : (await fetch(`${at.url}/_mock/verifications/${ticket}`)).status === 200;
  // it is a question: a kept connection may end as it is asked
  return ask().catch(ask);
}

/** One of the emulators, which is then started again. */
export const killReplica =
  (replicas: Replicas): Blow =>
  async (random) => {
    const index = random.below(replicas.each.length);
    await replicas.kill(index);
    await replicas.start(index);
  };

/** A process of PostgreSQL that serves an emulator: the server then ends all its sessions, and recovers. */
export const killBackend =
  (server: PostgresServer): Blow =>
  async (random) => {
    const client = await server.connect();
    client.on('error', () => {});
    const ended = new Promise((resolve) => client.once('end', resolve));
    const { rows } = await client.query(
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'cloudauth-mock' ORDER BY state, pid`,
    );
    process.kill(random.pick(rows).pid, 'SIGKILL');
    await ended;
  };

/** The server as a whole, without a word to its processes, which is then started again. */
export const killPostgres =
  (server: PostgresServer): Blow =>
  async () => {
    await server.stop('SIGKILL');
    // until the last of its processes has noticed
    await until(() =>
      server.start().then(
        () => true,
        () => false,
      ),
    );
  };
