// Uploads of the built emulator against a bare node:http server that reads the same bodies, in one run and by turns. A report, never an assertion.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import OSS from 'ali-oss';
import { cpuMicros, residentMegabytes, start } from './child.mjs';
import { ask, load } from './load.mjs';
import { median } from './report.mjs';
import { signedRequest, putRequest as upload } from './requests.mjs';

const HELP = `node bench/oss.mjs [--rounds N] [--dist DIR]

Measures signed PutObject of 1 MB, kept in memory and with --db, against a bare node:http server that reads the same
bodies, and one that takes their MD5 and writes them to files as well: once sent by the vendor's client (ali-oss), once as
ready-made bytes over bare sockets. Then how much memory grows by while 100 objects of 5 MB are streamed to disk. Each in
a process of its own, by turns; loopback only, two minutes. The digest is taken by a second thread: on two cores it shares
one with the client that makes the load.

  --rounds N    rounds of each, at least 3 (default 5)
  --dist DIR    which build (default dist)
  --help        this text
`;

const MB = 1024 * 1024;
const [CONNECTIONS, UPLOADS] = [4, 300];
/** The marks: share of the bare server's throughput, MB of growth. */
const MARKS = { ratio: 0.5, growth: 40 };
const LARGE = { count: 100, bytes: 5 * MB };

const say = (text) => process.stderr.write(`${text}\n`);

const stsOf = async (port) => JSON.parse((await ask(port, signedRequest(port))).body).Data.StsToken;

/** For servers that look at nothing. */
const BARE = { Path: 'path/', Token: 'token', BucketName: 'bucket', AccessKeyId: 'id', AccessKeySecret: 'secret' };

function uploads(sts) {
  const bodies = Array.from({ length: 16 }, (_, index) => upload(sts, `object-${index}`, MB));
  return Array.from({ length: UPLOADS }, (_, index) => bodies[index % bodies.length]);
}

/** As an application uploads: the vendor's client signs each and takes its MD5. @returns MB/s */
async function byClient(port, sts) {
  const client = new OSS({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'oss-cn-shanghai',
    bucket: sts.BucketName,
    accessKeyId: sts.AccessKeyId,
    accessKeySecret: sts.AccessKeySecret,
    stsToken: sts.Token,
    refreshSTSToken: async () => sts,
    refreshSTSTokenInterval: 3_600_000,
  });
  const body = Buffer.alloc(MB, 'photo');
  const some = async (count) => {
    let left = count;
    const one = async () => {
      while (left-- > 0) await client.put(`${sts.Path}object-${left % 16}`, body);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, one));
  };
  await some(UPLOADS / 3);
  const startedAt = performance.now();
  await some(UPLOADS);
  return UPLOADS / ((performance.now() - startedAt) / 1000);
}

/** @returns MB/s, and ms of CPU a MB */
async function throughput(child, sts, requests = uploads(sts)) {
  await load(child.port, requests.slice(0, UPLOADS / 3), CONNECTIONS);
  const before = cpuMicros(child.pid);
  const ms = await load(child.port, requests, CONNECTIONS);
  const cpu = (cpuMicros(child.pid) - before) / 1000 / requests.length;
  return { speed: requests.length / (ms / 1000), cpu, client: await byClient(child.port, sts) };
}

async function measure({ rounds, dist }) {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-oss-'));
  const measured = { 'bare-server': [], 'bare-upload': [], 'in memory': [], 'with --db': [] };
  const growths = [];
  const emulator = (...more) => start([join(dist, 'cli.js'), '--port', '0', '--log', 'silent', ...more]);
  const db = (name) => ['--db', join(scratch, `${name}.db`)];
  try {
    for (let round = 1; round <= rounds; round++) {
      say(`round ${round}/${rounds}`);
      let answer;
      for (const [name, ...more] of [['in memory'], ['with --db', ...db(`speed-${round}`)]]) {
        const ours = await emulator(...more);
        const sts = await stsOf(ours.port);
        answer ??= (await ask(ours.port, upload(sts, 'first', MB))).headers;
        measured[name].push(await throughput(ours, sts));
        await ours.stop();
      }
      for (const name of ['Date', 'date', 'Connection', 'Keep-Alive']) delete answer[name];
      const env = { BENCH_ANSWER: JSON.stringify({ headers: answer, body: '' }), BENCH_FOLDER: scratch };
      for (const name of ['bare-server', 'bare-upload']) {
        const bare = await start([join(import.meta.dirname, `${name}.mjs`)], env);
        measured[name].push(await throughput(bare, BARE));
        await bare.stop();
      }
    }
    say('memory');
    const child = await emulator(...db('memory'));
    const sts = await stsOf(child.port);
    const large = Array.from({ length: 5 }, (_, index) => upload(sts, `large-${index}`, LARGE.bytes));
    const some = (count) => Array.from({ length: count }, (_, index) => large[index % large.length]);
    await load(child.port, some(LARGE.count / 5), 2);
    const before = residentMegabytes(child.pid);
    for (let sent = 0; sent < LARGE.count; sent += 10) {
      await load(child.port, some(10), 2);
      growths.push(residentMegabytes(child.pid) - before);
    }
    await child.stop();
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return { measured, growth: Math.max(...growths) };
}

function report({ measured, growth }) {
  const of = (figure) => (name) => median(measured[name].map((round) => round[figure]));
  const [speed, client, cpu] = [of('speed'), of('client'), of('cpu')];
  const share = (figure, name, base = 'bare-server') => (figure(name) / figure(base)).toFixed(2);
  const rows = Object.keys(measured).map((name) => [
    name,
    ...[Math.round(client(name)), share(client, name)],
    ...[Math.round(speed(name)), share(speed, name), share(speed, name, 'bare-upload')],
    cpu(name).toFixed(2),
  ]);
  return [
    '| 1 MB objects | ali-oss, MB/s | of bare-server | bare sockets, MB/s | of bare-server | of bare-upload | server CPU, ms a MB |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `in memory, of bare-server: ${share(client, 'in memory')} with ali-oss, ${share(speed, 'in memory')} over bare sockets (mark: at least ${MARKS.ratio})`,
    `memory with --db: ${growth.toFixed(1)} MB more after ${LARGE.count} × ${LARGE.bytes / MB} MB (mark: less than ${MARKS.growth})`,
    '',
  ].join('\n');
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    dist: { type: 'string', default: 'dist' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) process.stdout.write(HELP);
else process.stdout.write(report(await measure({ rounds: Number(values.rounds), dist: values.dist })));
