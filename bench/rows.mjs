// What `npm run bench` reports: each row a call, who answers it, what that is compared with, and the marks it should keep to.

const least = (mark) => ({ least: mark });
const most = (mark) => ({ most: mark });
const LOAD = ['throughput', 'cpu'];
const OF_BARE = { throughput: least(0.2), cpu: most(6) };
const modern = Number(process.versions.node.split('.')[0]) >= 22;

/** `call` and `server` name what is loaded (bench/calls.mjs, bench/servers.mjs); rows without are measured in their own way. */
export const ROWS = {
  rpc: { title: 'signed POST GetVerifyToken', call: 'rpc', server: 'emulator', base: 'bare', marks: OF_BARE },
  log: { title: 'the same, log to a pipe', call: 'rpc', server: 'piped', base: 'bare', marks: OF_BARE },
  acs3: { title: 'the same, signed with ACS3', call: 'acs3', server: 'emulator', base: 'bare' },
  face: { title: 'InitFaceVerify', call: 'face', server: 'emulator', base: 'bare' },
  saf: { title: 'SAF face_verify query', call: 'saf', server: 'emulator', base: 'bare' },
  put: { title: 'OSS PutObject, 10 kB', call: 'put', server: 'emulator', base: 'bare' },
  db: {
    title: 'GetVerifyToken, `--db FILE`',
    call: 'rpc',
    server: 'file',
    base: 'emulator',
    figures: [...LOAD, 'p99'],
    marks: { throughput: least(0.8) },
  },
  fetch: { title: 'in process, `mock.fetch`', server: 'mock', base: 'handler' },
  start: {
    title: '',
    server: 'emulator',
    base: 'bare',
    figures: ['start'],
    marks: { start: most(modern ? 1.4 : 1.5) },
  },
  memory: { title: '', server: 'emulator', base: 'bare', figures: ['memory'], marks: { memory: most(1.3) } },
  growth: { title: '', server: 'last', base: 'first', figures: ['growth', 'growthCpu'], marks: { growth: least(0.9) } },
  peers: { title: 'GetVerifyToken', server: 'emulator', base: 'peer', figures: ['peer'], marks: { peer: least(1.5) } },
};

export const figuresOf = (row) => ROWS[row].figures ?? LOAD;

/** What the base of a ratio is called. */
export const BASES = {
  bare: 'bare',
  emulator: 'in memory',
  handler: 'static handler',
  first: 'first tenth',
  peer: 'fastest peer',
};

export const FIGURES = {
  throughput: { title: 'throughput', unit: 'requests/s', digits: 0 },
  cpu: { title: 'CPU per call', unit: 'µs', digits: 1 },
  p99: { title: 'slowest of a hundred', unit: 'ms', digits: 1 },
  start: { title: 'start to first signed answer', unit: 'ms', digits: 0 },
  memory: { title: 'idle memory', unit: 'MB', digits: 1 },
  growth: { title: 'the store grows, throughput of the last tenth', unit: '× bare', digits: 3 },
  growthCpu: { title: 'the store grows, CPU per call of the last tenth', unit: '× bare', digits: 2 },
  peer: { title: 'throughput', unit: 'requests/s', digits: 0 },
};
