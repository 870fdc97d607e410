// Before `npm test`: people verify on pages, so a real Chromium opens them. Finds one, or gets one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** @returns the path of a Chromium or Chrome; undefined when there is none */
export const findBrowser = () =>
  [
    process.env.CLOUDAUTH_MOCK_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    chromium.executablePath(),
  ].find((path) => path && existsSync(path));

const run = (command, args) => spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;

function getBrowser() {
  process.stderr.write('No Chromium found for the tests of the pages; getting one, some 150 MB, once …\n');
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (isDebianRoot && run('apt-get', ['update', '-qq']) && run('apt-get', APT)) return;
  run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium']);
}
const APT = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-wqy-microhei'];

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!findBrowser()) getBrowser();
  if (!findBrowser()) {
    process.stderr.write('Still none: install Chromium or Chrome, or set CLOUDAUTH_MOCK_CHROMIUM to its path.\n');
    process.exit(1);
  }
}
