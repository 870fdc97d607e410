// `node bench/in-process.mjs DIR`: `mock.fetch` of the checkout in DIR, by turns with a static fetch handler that reads the same
// body and answers the same bytes. Both get a Request that is there and give a Response that is read. Figures as JSON.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GET_VERIFY_TOKEN } from './requests.mjs';
import { rpcForm } from './signing.mjs';

const [WARM_UP, BATCH, TURNS] = [3_000, 500, 6];

const { createCloudauthMock } = await import(pathToFileURL(join(process.argv[2], 'dist', 'index.js')));
const mock = createCloudauthMock();

function request() {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return new Request('https://cloudauth.aliyuncs.com/', { method: 'POST', headers, body: rpcForm(GET_VERIFY_TOKEN()) });
}
const sample = await mock.fetch(request());
const [headers, body] = [Object.fromEntries(sample.headers), await sample.text()];

const handlers = {
  mock: (request) => mock.fetch(request),
  handler: async (request) => {
    await request.text();
    return new Response(body, { headers });
  },
};

async function batch(fetch, count) {
  const requests = Array.from({ length: count }, request);
  const before = process.cpuUsage();
  const startedAt = performance.now();
  for (const each of requests) {
    const response = await fetch(each);
    if (response.status !== 200) throw new Error(await response.text());
    await response.text();
  }
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  return { ms, micros: user + system };
}

const total = { mock: { ms: 0, micros: 0 }, handler: { ms: 0, micros: 0 } };
for (const fetch of Object.values(handlers)) await batch(fetch, WARM_UP);
for (let turn = 0; turn < TURNS; turn++) {
  for (const [name, fetch] of Object.entries(handlers)) {
    const { ms, micros } = await batch(fetch, BATCH);
    total[name].ms += ms;
    total[name].micros += micros;
  }
}
await mock.close();
const calls = BATCH * TURNS;
const found = Object.entries(total).map(([name, { ms, micros }]) => [
  name,
  { throughput: (calls / ms) * 1000, cpu: micros / calls },
]);
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
