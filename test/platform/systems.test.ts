/** What differs by operating system, asked for each of them by name: the tests themselves run on one. */
import { expect, test } from 'vitest';
import { commandFor, signalsOf } from '../../src/cli/child-process.js';
import { withBlock } from '../../src/cli/hosts-block.js';
import { hostsFile } from '../../src/cli/hosts-file.js';
import { trustLines } from '../../src/tls/clients.js';
import { dataFolder } from '../../src/tls/folder.js';
import { stepsFor } from '../../src/tls/install.js';

const WINDOWS = { platform: 'win32', home: 'C:\\Users\\u' } as const;
const MACOS = { platform: 'darwin', home: '/Users/u' } as const;

test.each([
  [{ ...WINDOWS, env: {} }, 'C:\\Users\\u\\AppData\\Local\\cloudauth-mock'],
  [{ ...WINDOWS, env: { LOCALAPPDATA: 'D:\\Local' } }, 'D:\\Local\\cloudauth-mock'],
  // a variable of another system counts for nothing
  [{ ...WINDOWS, env: { XDG_DATA_HOME: '/data' } }, 'C:\\Users\\u\\AppData\\Local\\cloudauth-mock'],
  [{ ...MACOS, env: { XDG_DATA_HOME: '/data' } }, '/Users/u/Library/Application Support/cloudauth-mock'],
])('%j keeps the CA in %s', (machine, folder) => {
  expect(dataFolder(undefined, machine)).toBe(folder);
});

test.each([
  ['win32', {}, 'C:\\Windows\\System32\\drivers\\etc\\hosts'],
  ['win32', { SystemRoot: 'D:\\W' }, 'D:\\W\\System32\\drivers\\etc\\hosts'],
  ['darwin', {}, '/etc/hosts'],
] as const)('on %s with %j the hosts file is %s', (platform, env, file) => {
  expect(hostsFile(platform, env)).toBe(file);
});

test('the block in a hosts file of Windows ends its lines as the others do, and leaves the file as it was', () => {
  const before = '# Copyright (c) Microsoft Corp.\r\n\r\n127.0.0.1 localhost\r\n';
  const after = withBlock(before, ['127.0.0.1 cloudauth.aliyuncs.com', '127.0.0.1 saf.aliyuncs.com']);
  expect(after).toBe(
    `${before}# BEGIN cloudauth-mock\r\n127.0.0.1 cloudauth.aliyuncs.com\r\n127.0.0.1 saf.aliyuncs.com\r\n# END cloudauth-mock\r\n`,
  );
  expect(withBlock(after, [])).toBe(before);
});

test.each([
  [WINDOWS, 'C:\\ca.crt', [['certutil', '-user', '-addstore', 'Root', 'C:\\ca.crt']]],
  [
    MACOS,
    '/ca.crt',
    [
      [
        ...['security', 'add-trusted-cert', '-r', 'trustRoot'],
        ...['-k', '/Users/u/Library/Keychains/login.keychain-db', '/ca.crt'],
      ],
    ],
  ],
])('%j installs the CA for this user, with a tool of the system', (machine, ca, steps) => {
  expect(stepsFor(ca, { ...machine, has: () => false })).toEqual(steps);
});

test.each([
  ['update-ca-certificates', ['cp', 'update-ca-certificates']],
  ['update-ca-trust', ['cp', 'update-ca-trust']],
  ['trust', ['trust']],
])('a Linux with %s installs it with %j', (tool, commands) => {
  const steps = stepsFor('/ca.crt', { platform: 'linux', home: '/home/u', has: (name) => name === tool });
  expect(steps!.map(([command]) => command)).toEqual(commands);
});

test('on a system without such a tool nothing is run', () => {
  expect(stepsFor('/ca.crt', { platform: 'linux', home: '/home/u', has: () => false })).toBeUndefined();
});

test('lines to copy are those of cmd.exe on Windows', () => {
  const folder = 'C:\\Users\\A B\\ca';
  const files = { caFile: `${folder}\\ca.crt`, bundleFile: `${folder}\\bundle.crt`, storeFile: `${folder}\\store.p12` };
  const lines = new Map(trustLines(files, 'win32'));
  expect(lines.get('Node')).toBe(`set "NODE_EXTRA_CA_CERTS=${folder}\\ca.crt"`);
  expect(lines.get('Python, other')).toBe(
    `set "SSL_CERT_FILE=${folder}\\bundle.crt" && set "REQUESTS_CA_BUNDLE=${folder}\\bundle.crt"`,
  );
  expect(lines.get('curl')).toBe(`curl --cacert "${folder}\\ca.crt"`);
  expect(new Map(trustLines(files, 'linux')).get('Node')).toBe(`NODE_EXTRA_CA_CERTS='${folder}\\ca.crt'`);
});

test('npm is run by the shell of Windows, and by itself elsewhere', () => {
  const words = ['npm', 'run', 'my test', '--', 'a&b'];
  expect(commandFor(words, 'win32')).toEqual({ command: 'npm run "my test" -- "a&b"', args: [], shell: true });
  expect(commandFor(words, 'darwin')).toEqual({ command: 'npm', args: words.slice(1), shell: false });
});

test('of signals Windows has those of its console, which the child hears by itself', () => {
  expect(signalsOf('win32')).toEqual({ ofTerminal: ['SIGINT', 'SIGBREAK', 'SIGHUP'], others: [] });
  expect(signalsOf('darwin').others).toContain('SIGTERM');
});
