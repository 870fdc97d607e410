// `node bench/console-page.mjs`: how the console draws with a hundred thousand events in it, at rest, while calls come in
// bursts, and while somebody scrolls and filters. A report, never an assertion.
import { chromium } from 'playwright-core';
import { findBrowser } from '../.ci/browser.mjs';
import { createCloudauthMock } from '../dist/index.js';
import { machine } from './report.mjs';

const EVENTS = Number(process.argv[2] ?? 100_000);
const BURSTS = 15;
const BURST = 400;
const MARK_MS = 50;

const mock = await createCloudauthMock({ port: 0, journal: EVENTS + BURSTS * BURST + 1000, signature: 'off' }).listen();
let made = 0;
async function calls(count) {
  for (let one = 0; one < count; one++) {
    const query = `Version=2017-11-17&Action=GetStatus&Biz=RPBasic&TicketId=order-${made++}`;
    await mock.fetch(new Request(`${mock.url}/?${query}`));
  }
}

/** What the page's thread has worked on in one piece, ms of its own CPU: a busy machine does not lengthen it. */
function tasksOf(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  return traceEvents
    .filter(({ name, pid, tid, tdur }) => /RunTask$/.test(name) && mains.has(`${pid}/${tid}`) && tdur > 500)
    .map(({ tdur }) => tdur / 1000)
    .sort((one, other) => one - other);
}

/** Ms between frames, and what took longer than half a millisecond, while `work` is done. */
async function frames(page, work) {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await page.evaluate(() => {
    window.frames_ = [];
    window.measures = true;
    let last = performance.now();
    const next = (now) => {
      window.frames_.push(now - last);
      last = now;
      if (window.measures) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await work();
  const between = await page.evaluate(() => {
    window.measures = false;
    return window.frames_.slice(1).sort((one, other) => one - other);
  });
  return { between, tasks: tasksOf(await browser.stopTracing()) };
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${mock.url}/_mock/console?lang=en`);
  await page.locator('.pill.connected').waitFor();
  for (let done = 0; done < EVENTS; done += 500) {
    await calls(500);
    // the page must have read them, or it would be told that it missed some
    await rest(10);
  }
  const shown = () => page.evaluate(() => Number(document.querySelector('.row')?.getAttribute('aria-setsize') ?? 0));
  for (let tries = 0; (await shown()) < EVENTS && tries < 120; tries++) await rest(500);
  const seen = await shown();
  const measured = {
    'at rest': await frames(page, () => rest(2000)),
    [`${BURSTS} bursts of ${BURST} calls`]: await frames(page, async () => {
      for (let burst = 0; burst < BURSTS; burst++) {
        await calls(BURST);
        await rest(50);
      }
      await rest(500);
    }),
    'scrolled through': await frames(page, async () => {
      for (let part = 1; part <= 40; part++) {
        await page.evaluate((part) => {
          const rows = document.querySelector('.rows');
          rows.scrollTop = (rows.scrollHeight * part) / 45;
        }, part);
        await rest(40);
      }
    }),
    'a filter typed': await frames(page, async () => {
      await page.locator('#filter').pressSequentially('ticket:order-77', { delay: 80 });
      await rest(300);
    }),
  };
  const drawn = await page.locator('.row').count();
  const about = machine();
  process.stdout.write(
    `${about.date}, Node ${about.node}, ${about.cores} cores, ${about.cpu}, ${about.system}; load average ${about.loadBefore}
${seen} events in the page, ${drawn} rows drawn; the mark is ${MARK_MS} ms.
Between frames: wall clock. The page's own work: CPU of its thread, in one piece.

| | frames | between: p50 | p99 | longest | own work: p99 | longest |
|---|---:|---:|---:|---:|---:|---:|
`,
  );
  for (const [name, { between, tasks }] of Object.entries(measured)) {
    const figures = [at(between, 0.5), at(between, 0.99), between.at(-1), at(tasks, 0.99) ?? 0, tasks.at(-1) ?? 0];
    process.stdout.write(
      `| ${name} | ${between.length} | ${figures.map((ms) => `${ms.toFixed(0)} ms`).join(' | ')} |\n`,
    );
  }
} finally {
  await browser.close();
  await mock.close();
}
