// Before `npm test`: people verify on pages, so real browsers open them. Finds them, or gets them. Chromium is needed; what
// Firefox and WebKitGTK are not there for is not run, but in CI they are needed too.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const first = (...paths) => paths.find((path) => path && existsSync(path));

/** @returns the path of a Chromium or Chrome; undefined when there is none */
export const findBrowser = () =>
  first(
    process.env.CLOUDAUTH_MOCK_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    chromium.executablePath(),
  );

/** @returns the path of a Firefox; undefined when there is none */
export const findFirefox = () =>
  first(
    process.env.CLOUDAUTH_MOCK_FIREFOX,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  );

/** @returns WebKitGTK's driver, the browser it comes with, and a screen for it; undefined where one of them is missing */
export function findWebKit() {
  const driver = first('/usr/bin/WebKitWebDriver');
  const display = first('/usr/bin/Xvfb');
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => /-linux-/.test(name)) : [];
  const browser = first(
    ...folders.flatMap((name) => ['4.1', '4.0'].map((version) => `/usr/lib/${name}/webkit2gtk-${version}/MiniBrowser`)),
  );
  return driver && display && browser ? { driver, display, browser } : undefined;
}

const BROWSERS = [
  { name: 'Chromium', find: findBrowser, packages: ['chromium', 'fonts-wqy-microhei'] },
  { name: 'Firefox', find: findFirefox, packages: ['firefox-esr'] },
  { name: 'WebKitGTK', find: findWebKit, packages: ['webkit2gtk-driver', 'xvfb'] },
];
const missing = () => BROWSERS.filter(({ find }) => !find());

const say = (text) => process.stderr.write(`${text}\n`);
const run = (command, args) => spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;

function getBrowsers(wanted) {
  const packages = wanted.flatMap((each) => each.packages);
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (isDebianRoot) {
    say(`Not found for the tests of the pages: ${wanted.map(({ name }) => name).join(', ')}; installing, once …`);
    const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
    if (run('apt-get', ['update', '-qq']) && run('apt-get', install)) return;
  }
  if (findBrowser()) return;
  say('No Chromium found for the tests of the pages; getting one, some 150 MB, once …');
  run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium']);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (missing().length > 0) getBrowsers(missing());
  const still = missing();
  if (!findBrowser()) say('Still none: install Chromium or Chrome, or set CLOUDAUTH_MOCK_CHROMIUM to its path.');
  for (const { name, packages } of still.filter(({ find }) => find !== findBrowser))
    say(`No ${name}: its tests are not run. On Debian: apt-get install ${packages.join(' ')}`);
  if (!findBrowser() || (process.env.CI && still.length > 0)) process.exit(1);
}
