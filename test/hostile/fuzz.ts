/**
 * Hostile calls at every door of one emulator, each made from a seed and its number. What must not happen is noted by
 * kind, with the first call that showed it.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { createCloudauthMock } from '../../src/emulator/create-mock.js';
import type { CloudauthMock } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { scratch } from '../support/child.js';
import { bytesInUse } from '../support/collector.js';
import { FACE, WEB } from '../support/face.js';
import { stsOf } from '../support/oss.js';
import { controlCall, scenariosCall } from './doors/control.js';
import { gatewayCall, NOW } from './doors/gateway.js';
import { ossCall } from './doors/oss.js';
import { pagesCall } from './doors/pages.js';
import { proxyCall } from './doors/proxy.js';
import { ruined } from './doors/raw.js';
import { ofCall, type Random } from './random.js';
import { type Answer, asBytes, type Door, type House, inProcess, overSocket, type Sent, toRequest } from './sent.js';
import { complaint } from './verdict.js';

export interface FuzzOptions {
  readonly calls: number;
  readonly seed: number;
  /** The number of the first call; default 0. */
  readonly from?: number;
  readonly create: typeof createCloudauthMock;
  readonly clockAt: (instant: string) => { now(): number };
  /** Told now and then. */
  readonly progress?: (summary: Summary) => void;
  /** Told of each call before it is sent. */
  readonly tell?: (index: number, sent: Sent, raw: Buffer | undefined) => void;
}

export interface Fault {
  count: number;
  /** The number of the first call that showed it, and the call. */
  readonly index: number;
  readonly example: string;
}

export interface Summary {
  calls: number;
  seconds: number;
  /** Failures of the emulator's own, as it logged them, and calls that were never answered. */
  readonly crashes: Record<string, Fault>;
  /** Answers that no document and no table of ours has. */
  readonly complaints: Record<string, Fault>;
  /** Milliseconds for which nothing else could run, the making of the calls included. */
  block: number;
  /** Milliseconds of the longest call in process. */
  longest: { ms: number; index: number; door: string };
  /** By door and status. */
  readonly answers: Record<string, number>;
  /** MB in use after the first epoch, and after the last. */
  memory: { before: number; after: number };
}

/** After so many calls the emulator's state is made anew, so that a failing call can be made again by few. */
export const EPOCH = 5_000;
const SHARES: readonly (readonly [Door, number])[] = [
  ...([
    ['gateway', 46],
    ['oss', 17],
    ['pages', 15],
    ['control', 12],
    ['scenarios', 6],
    ['proxy', 4],
  ] as const),
];
const WHEEL = SHARES.flatMap(([door, share]) => Array<Door>(share).fill(door));
/** One call in so many goes over a socket, most of them with bytes no client would send. */
const OVER_SOCKET = 12;
const PATIENCE_MS = 30_000;
const ACCOUNTS = ['default', 'LTAImockControl'];

const MAKERS: Record<Door, (random: Random, house: House) => Sent> = {
  gateway: gatewayCall,
  oss: ossCall,
  pages: pagesCall,
  control: controlCall,
  scenarios: scenariosCall,
  proxy: proxyCall,
};

export async function fuzz({ calls, seed, from = 0, create, clockAt, progress, tell }: FuzzOptions): Promise<Summary> {
  const startedAt = performance.now();
  const summary: Summary = {
    ...{ calls: 0, seconds: 0, block: 0, crashes: {}, complaints: {}, answers: {} },
    longest: { ms: 0, index: 0, door: '' },
    memory: { before: 0, after: 0 },
  };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let crashed: unknown;
  const crash = (error: unknown) => {
    crashed = error;
  };
  const log = { call() {}, info() {}, warn() {}, crash };
  const clock = clockAt(NOW);
  await using folder = await scratch();
  const ports = { port: 0, proxy: true, proxyPort: 0, dataDir: folder.path };
  await using mock = await create({ ...ports, seed: String(seed), clock, sdkBuild: 'immediate' }, log).listen();
  let house: House | undefined;
  for (let index = from; index < from + calls; index++) {
    if (house === undefined || index % EPOCH === 0) {
      summary.block = Math.max(summary.block, delay.max / 1e6);
      if (house !== undefined && summary.memory.before === 0) summary.memory.before = await inUse(mock);
      house = await furnish(mock, Math.floor(index / EPOCH));
      progress?.(summary);
      // what it takes to begin anew is nobody's call
      delay.reset();
    }
    const random = ofCall(seed, index);
    const door = random.pick(WHEEL);
    const sent = MAKERS[door](random, house);
    const byProxy = door === 'proxy';
    const request = random.below(OVER_SOCKET) === 0 || byProxy ? undefined : toRequest(sent);
    const sound = asBytes(sent);
    // of the proxy it is more often what stands in a request that is odd
    const raw = request ? undefined : byProxy && random.chance(0.7) ? sound : ruined(sound, random);
    const isRuined = raw !== undefined && !raw.equals(sound);
    tell?.(index, sent, raw);
    const note = (notes: Record<string, Fault>, kind: string) => {
      notes[kind] ??= { count: 0, index, example: told(sent, raw) };
      notes[kind].count++;
    };
    crashed = undefined;
    const began = performance.now();
    try {
      // nobody goes on with a tunnel
      const isTunnel = sent.method === 'CONNECT';
      const answered = request
        ? inProcess(mock, request)
        : overSocket(byProxy ? mock.proxy!.url : mock.url, raw!, isRuined || isTunnel, isTunnel);
      const answer = await inTime(answered);
      const ms = performance.now() - began;
      if (request && ms > summary.longest.ms) summary.longest = { ms, index, door };
      const known = `${door} ${answer.status}`;
      summary.answers[known] = (summary.answers[known] ?? 0) + 1;
      const wrong = judged(door, answer, sent.method, isRuined);
      if (wrong !== undefined) note(summary.complaints, kindOf(wrong));
    } catch (error) {
      note(summary.crashes, kindOf(`${door}: ${error instanceof Error ? error.stack : error}`));
    }
    if (crashed !== undefined)
      note(summary.crashes, kindOf(`${door}: ${crashed instanceof Error ? crashed.stack : crashed}`));
    summary.calls++;
    summary.seconds = (performance.now() - startedAt) / 1000;
  }
  summary.block = Math.max(summary.block, delay.max / 1e6);
  summary.memory.after = await inUse(mock);
  return summary;
}

/** Whatever a call left behind in the accounts it may use is gone. */
async function inUse(mock: CloudauthMock): Promise<number> {
  for (const account of ACCOUNTS) await mock.reset({ account });
  return bytesInUse() / 2 ** 20;
}

/** Of a ruined request nobody knows what was asked for, and a connection may end without an answer. */
function judged(door: Door, answer: Answer, method: string, isRuined: boolean): string | undefined {
  if (Number.isNaN(answer.status)) return isRuined ? undefined : `${door}: no answer`;
  if (!isRuined) return complaint(door, answer, method);
  // ruined in what does not matter it may earn a documented 500, such as that of a picture that cannot be used
  return answer.status >= 500 && answer.status !== 501 ? complaint(door, answer, method) : undefined;
}

/** Numbers and long words of a complaint differ from call to call. */
const kindOf = (wrong: string): string =>
  wrong
    .split('\n    at ')
    .slice(0, 3)
    .join(' < ')
    .replace(/\d{4,}/g, 'N')
    .slice(0, 400);

const told = ({ method, target, headers, body }: Sent, raw: Buffer | undefined): string =>
  raw
    ? `raw ${JSON.stringify(raw.toString('latin1').slice(0, 1500))}`
    : `${method} ${target.slice(0, 600)} ${JSON.stringify(headers).slice(0, 600)} ${JSON.stringify(body.toString().slice(0, 600))}`;

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const PICTURES = [
  'https://x/\u0001]]>',
  'base64:///9j/4AAQ',
  'oss://bucket:a',
  'oss://bucket:\ud800',
  'x',
  1,
  null,
  {},
];
const SCENES = ['RPMin', 'RPBasic', 'RPBioID', 'RPH5BioOnly', 'RPManual'];

/** Tasks with odd Bindings, sessions, builds and a credential, all alive. */
async function furnish(mock: CloudauthMock, epoch: number): Promise<House> {
  for (const account of ACCOUNTS) await mock.reset({ account });
  let count = 0;
  const ask = async (params: Record<string, string>) => {
    const common = { SignatureNonce: `house-${epoch}-${count++}` };
    return (await call(mock, params, { at: Date.parse(NOW), common })).json;
  };
  const tasks = [];
  for (let at = 0; at < 30; at++) {
    const pictures = { FacePic: PICTURES[at % PICTURES.length], 张Pic: PICTURES[(at * 3) % PICTURES.length] };
    const Binding = JSON.stringify({ Name: '\ud800<&]]>', IdentificationNumber: 'x', ...pictures });
    const TicketId = `t${at}<>&"'`;
    const sound: Record<string, string> = at % 3 === 0 ? {} : { Binding };
    const json = await ask(cloudauth2017('GetVerifyToken', { Biz: SCENES[at % SCENES.length]!, TicketId, ...sound }));
    if (json.Data?.VerifyToken) tasks.push({ TicketId, VerifyToken: json.Data.VerifyToken.Token as string });
  }
  const sessions: string[] = [];
  for (let at = 0; at < 6; at++) {
    const members = { method: 'initH5', name: 'a', certNumber: `b${at}`, metainfo: '{}' };
    sessions.push((await ask(faceVerify(members))).Data.zimId);
  }
  const certified: string[] = [];
  for (const ReturnUrl of [
    'iframe',
    'http://localhost/#/<&"',
    '\ufffd',
    '//evil.example',
    '/pages/x',
    'x'.repeat(4000),
  ])
    certified.push(
      (await ask(cloudauth2019('InitFaceVerify', { ...FACE, MetaInfo: WEB, ReturnUrl }))).ResultObject.CertifyId,
    );
  const builds: string[] = [];
  for (let at = 0; at < 3; at++)
    builds.push((await ask(cloudauth2019('CreateRPSDK', { AppUrl: `https://example.com/${at}.apk` }))).TaskId);
  const sts = await stsOf(mock, 'sts', { at: Date.parse(NOW), common: { SignatureNonce: `sts-${epoch}` } });
  return { tasks, sessions, certified, builds, sts };
}
