// Uploads of the built emulator against a bare node:http server that reads the same bodies, in one run and by turns. A report, never an assertion.
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpuMicros, residentMegabytes, start } from './child.mjs';
import { ask, load } from './load.mjs';
import { signedRequest } from './requests.mjs';

const HELP = `node bench/oss.mjs [--rounds N] [--dist DIR]

Measures signed PutObject of 1 MB, kept on disk, against a bare node:http server that reads the same bodies, and one
that takes their MD5 and writes them to files as well; then how much memory grows by while 100 objects of 5 MB are streamed to disk. Loopback only, a minute.

  --rounds N    rounds of each (default 5)
  --dist DIR    which build (default dist)
  --help        this text
`;

const MB = 1024 * 1024;
const CONNECTIONS = 4;
const UPLOADS = 300;
/** The marks: share of the bare server's throughput, MB of growth. */
const MARKS = { ratio: 0.5, growth: 40 };
const LARGE = { count: 100, bytes: 5 * MB };

const say = (text) => process.stderr.write(`${text}\n`);
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** A PutObject as ali-oss sends a stream: V1, no Content-MD5. */
function upload(sts, name, bytes) {
  const key = sts.Path + name;
  const date = new Date().toUTCString();
  const text = `PUT\n\n\n${date}\nx-oss-date:${date}\nx-oss-security-token:${sts.Token}\n/${sts.BucketName}/${key}`;
  const signature = createHmac('sha1', sts.AccessKeySecret).update(text).digest('base64');
  const head = [
    `PUT /${sts.BucketName}/${key} HTTP/1.1`,
    'Host: 127.0.0.1',
    `x-oss-date: ${date}`,
    `x-oss-security-token: ${sts.Token}`,
    `Authorization: OSS ${sts.AccessKeyId}:${signature}`,
    `Content-Length: ${bytes}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.alloc(bytes, name)]);
}

const stsOf = async (port) => JSON.parse((await ask(port, signedRequest(port))).body).Data.StsToken;

/** @returns MB/s, and ms of CPU a MB */
async function throughput(child, requests) {
  await load(child.port, requests.slice(0, UPLOADS / 3), CONNECTIONS);
  const before = cpuMicros(child.pid);
  const ms = await load(child.port, requests, CONNECTIONS);
  return { speed: requests.length / (ms / 1000), cpu: (cpuMicros(child.pid) - before) / 1000 / requests.length };
}

async function measure({ rounds, dist }) {
  const scratch = mkdtempSync(join(tmpdir(), 'bench-oss-'));
  const measured = { 'bare-server': [], 'bare-upload': [], emulator: [] };
  const growths = [];
  const emulator = (name) =>
    start([join(dist, 'cli.js'), '--port', '0', '--log', 'silent', '--db', join(scratch, `${name}.db`)]);
  try {
    for (let round = 1; round <= rounds; round++) {
      say(`round ${round}/${rounds}`);
      const ours = await emulator(`speed-${round}`);
      const sts = await stsOf(ours.port);
      const bodies = Array.from({ length: 16 }, (_, index) => upload(sts, `object-${index}`, MB));
      const requests = Array.from({ length: UPLOADS }, (_, index) => bodies[index % bodies.length]);
      const { headers } = await ask(ours.port, bodies[0]);
      for (const name of ['Date', 'date', 'Connection', 'Keep-Alive']) delete headers[name];
      const env = { BENCH_ANSWER: JSON.stringify({ headers, body: '' }), BENCH_FOLDER: scratch };
      for (const name of ['bare-server', 'bare-upload']) {
        const bare = await start([`bench/${name}.mjs`], env);
        measured[name].push(await throughput(bare, requests));
        await bare.stop();
      }
      measured.emulator.push(await throughput(ours, requests));
      await ours.stop();
    }
    say('memory');
    const child = await emulator('memory');
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
  const lines = Object.entries(measured).map(([name, values]) => {
    const speeds = values.map(({ speed }) => Math.round(speed)).join(', ');
    return `${name.padEnd(12)} MB/s: ${speeds}; ${median(values.map(({ cpu }) => cpu)).toFixed(2)} ms of CPU a MB`;
  });
  const ratio = (base) =>
    median(measured.emulator.map(({ speed }, round) => speed / measured[base][round].speed)).toFixed(2);
  return [
    ...lines,
    `of bare-server's throughput: ${ratio('bare-server')} (mark: at least ${MARKS.ratio})`,
    `of bare-upload's, which takes the MD5 and writes a file: ${ratio('bare-upload')}`,
    `memory: ${growth.toFixed(1)} MB more after ${LARGE.count} × ${LARGE.bytes / MB} MB (mark: less than ${MARKS.growth})`,
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
