// `node bench/scenarios.mjs`: what a thousand scenario rules cost a request, in process and in one run. A report, never an assertion.
import { parseArgs } from 'node:util';
import { createCloudauthMock } from '../dist/index.js';
import { machine, median } from './report.mjs';
import { signedRequest } from './requests.mjs';

const HELP = `node bench/scenarios.mjs [--rounds N] [--rules N]

Measures signed POST GetVerifyToken through mock.fetch without rules and with rules loaded, by turns, and prints the
ratios of the medians. Build first (npm run build). No rule fires: what is measured is looking for one that does.

  --rounds N    rounds (default 15)
  --rules N     rules loaded (default 1000)
`;
/** “1,000 rules cost under 10 % of a request”. */
const MARK = 1.1;
const REQUESTS = 600;

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, rules: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});
const rounds = Number(values.rounds ?? 15);
const count = Number(values.rules ?? 1000);

const many = (rule) => ({ rules: Array.from({ length: count }, (_, at) => rule(at)) });
const FAIL = { fail: 'Error.InternalError' };
const ON = 'GetVerifyToken';
const OTHERS = ['GetMaterials', 'SubmitMaterials', 'face_verify.query', 'GetStatus'];
const other = (at) => OTHERS[at % OTHERS.length];

/** What is compared. Only the last has to ask every rule; it is shown, and has no mark. */
const SETS = {
  'no rules': { scenario: undefined },
  'about other operations': { scenario: many((at) => ({ on: other(at), then: { delay: 1 } })), marked: true },
  'about one ticket each': {
    scenario: many((at) => ({ on: ON, when: { params: { Biz: 'RPBasic', TicketId: `order-${at}` } }, then: FAIL })),
    marked: true,
  },
  'mixed, one in twenty a glob': {
    scenario: many((at) => ({
      on: at % 2 ? ON : other(at),
      when: { params: { TicketId: at % 20 === 1 ? `order-${at}*` : `order-${at}` } },
      then: { delay: 1 },
    })),
    marked: true,
  },
  'a regular expression each': {
    scenario: many((at) => ({ on: ON, when: { params: { TicketId: `/^order-${at}$/` } }, then: FAIL })),
  },
};

/** The same bytes bench/run.mjs sends, as the Request that `fetch` would make of them. */
function request() {
  const [, body] = signedRequest(0).toString().split('\r\n\r\n');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return new Request('https://cloudauth.aliyuncs.com/', { method: 'POST', headers, body });
}

/** @returns µs of CPU per request: what else runs on the machine does not count */
async function round(mock) {
  const requests = Array.from({ length: REQUESTS }, request);
  const before = process.cpuUsage();
  for (const each of requests) {
    const response = await mock.fetch(each);
    if (response.status !== 200) throw new Error(await response.text());
    await response.arrayBuffer();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / REQUESTS;
}

async function main() {
  if (values.help) return void process.stdout.write(HELP);
  const runs = [];
  for (const [name, { scenario, marked }] of Object.entries(SETS)) {
    const mock = createCloudauthMock();
    if (scenario) await mock.scenarios.add(scenario);
    runs.push({ name, marked, mock, micros: [] });
  }
  // round 0 warms up and is not counted; every other round goes the other way round
  for (let at = 0; at <= rounds; at++) {
    for (const { mock, micros } of at % 2 ? runs : runs.toReversed()) {
      const taken = await round(mock);
      if (at > 0) micros.push(taken);
    }
  }
  const base = median(runs[0].micros);
  const about = machine();
  const lines = runs.map(({ name, marked, micros }) => {
    const ratio = median(micros) / base;
    const verdict = marked ? (ratio <= MARK ? 'met' : 'missed') : '';
    return `| ${name.padEnd(28)} | ${median(micros).toFixed(1).padStart(8)} µs | ${ratio.toFixed(3)} × | ${(marked ? `≤ ${MARK} ×` : '').padEnd(7)} | ${verdict.padEnd(6)} |`;
  });
  process.stdout.write(
    `${about.date}, Node ${about.node}, ${about.cores} cores, ${about.cpu}
Signed POST GetVerifyToken in process, ${count} rules, medians of ${rounds} rounds of ${REQUESTS} requests.

| ${'rules'.padEnd(28)} | CPU         | ratio   | mark    |        |
|${'-'.repeat(30)}|------------:|--------:|---------|--------|
${lines.join('\n')}
`,
  );
  for (const { mock } of runs) await mock.close();
}

main().catch((error) => {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exit(1);
});
