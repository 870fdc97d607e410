/** What createCloudauthMock takes: every option under both of its names, as text or as its parsed value, and nothing else. */
import { describe, expect, test } from 'vitest';
import { settings } from '../../src/config/options.js';
import { createCloudauthMock, type MockOptions, manualClock } from '../../src/index.js';
import { call, cloudauth2019, faceVerify } from '../support/call.js';
import { getStatus, openTask } from '../support/tasks.js';

const create = (options: object) => () => createCloudauthMock(options as MockOptions);
const camelCase = (flag: string) => flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const WRONG_TEXT: Record<string, unknown> = {
  accessKeys: 'x',
  host: {},
  db: {},
  dataDir: {},
  seed: {},
  adminToken: {},
  scenario: [1],
};

test.each(Object.entries(settings))('%s goes by its flag in camelCase as well', (name, { flag }) => {
  const wrong = WRONG_TEXT[name] ?? 'http://no:such/value';
  for (const spelt of [name, camelCase(flag)])
    expect(create({ [spelt]: wrong })).toThrow(
      expect.objectContaining({ name: 'OptionError', message: expect.stringContaining(`--${flag}: `) }),
    );
});

test('a key given as accessKey is a key', async () => {
  await using mock = createCloudauthMock({ accessKey: 'mine:secret' });
  const { status } = await call(mock, cloudauth2019('DescribeOssUploadToken'), {
    accessKeyId: 'mine',
    secret: 'secret',
  });
  expect(status).toBe(200);
});

test('both spellings at once are refused', () => {
  expect(create({ errors: 'gateway', unknownAction: 'seed' })).toThrow("give 'errors' or 'unknownAction', not both");
  expect(create({ accessKey: 'a:b', accessKeys: ['c:d'] })).toThrow("give 'accessKeys' or 'accessKey', not both");
});

describe('a parsed value', () => {
  test.each<[string, object]>([
    ['a number for what is text', { seed: 7 }],
    ['a progression', { device: { kind: 'polls', count: 2 }, sdkBuild: { kind: 'after', ms: 1500 } }],
    ['keys beside texts', { accessKeys: [{ id: 'a', secret: 'b:c@d', account: 'team' }, 'e:f'] }],
    ['codes by account', { safCodes: { team: 'unified' } }],
    ['a list of names', { allowedHosts: ['a.test'], scenario: ['quota'] }],
    ['a switch', { watch: false, json: true }],
    ['nothing', { publicUrl: undefined, clock: undefined }],
    ['a clock', { clock: manualClock(0) }],
  ])('%s is taken', (_what, options) => {
    expect(create(options)).not.toThrow();
  });

  test.each<[object, string]>([
    [{ failureLimit: {} }, '--failure-limit: '],
    [{ failureLimit: 1.5 }, '--failure-limit: '],
    [{ port: Number.NaN }, '--port: '],
    [{ port: true }, '--port: '],
    [{ port: [4520] }, '--port: '],
    [{ log: ['json', 'pretty'] }, '--log: '],
    [{ fetch: true }, '--fetch: '],
    [{ db: true }, '--db: '],
    [{ host: () => 'x' }, '--host: '],
    [{ seed: null }, '--seed: '],
    [{ watch: 'perhaps' }, '--watch: '],
    [{ watch: {} }, '--watch: '],
    [{ device: { kind: 'fail' } }, '--device: '],
    [{ device: { kind: 'polls' } }, '--device: '],
    [{ device: ['auto', 'manual'] }, '--device: '],
    [{ sdkBuild: { kind: 'after', ms: 'soon' } }, '--sdk-build: '],
    [{ sdkBuild: {} }, '--sdk-build: '],
    [{ safCodes: { team: 'both' } }, '--saf-codes: '],
    [{ safCodes: [{}] }, '--saf-codes: '],
    [{ accessKeys: {} }, '--access-key: '],
    [{ accessKeys: [{ id: 'a' }] }, '--access-key: '],
    [{ accessKeys: [{ id: 'a', secret: '' }] }, '--access-key: '],
    [{ accessKeys: [{ id: 'a', secret: 'b', account: 7 }] }, '--access-key: '],
    [{ accessKeys: [{ id: 'a', secret: 'b', token: 'c' }] }, '--access-key: '],
    [{ allowedHosts: [/a/] }, '--allowed-host: '],
    [{ scenario: {} }, '--scenario: '],
    [{ clock: 5 }, 'clock: '],
    [{ clock: {} }, 'clock: '],
    [{ toString: 'x' }, "no option 'toString'; there are: port, "],
    [{ failurelimit: 1 }, "no option 'failurelimit'; did you mean failureLimit?"],
    [{ watch: true }, '--watch: there is nothing to watch; name a file with --scenario'],
    [{ maxObjectBytes: '9PB' }, "--max-object-bytes: '9PB' is no size; write bytes, or such as 512MB or 2GB"],
    [{ maxObjectBytes: '9999999TB' }, '--max-object-bytes: '],
  ])('%j is refused at once, by name', (options, message) => {
    expect(create(options)).toThrow(
      expect.objectContaining({ name: 'OptionError', message: expect.stringContaining(message) }),
    );
  });

  test.each([
    [1000, 1000],
    ['1GB', 1073741824],
    ['1 GB', 1073741824],
    ['512mb', 536870912],
    ['2KiB', 2048],
    ['3K', 3072],
  ])('a size may be %j', (written, bytes) => {
    expect(settings.maxObjectBytes.read([String(written)])).toBe(bytes);
  });

  test('any text is a seed, and the same text gives the same ids', async () => {
    const ids = ['x', 'x', 'y'].map(async (seed) => {
      await using mock = createCloudauthMock({ seed });
      return (await call(mock, cloudauth2019('DescribeOssUploadToken'))).json.RequestId;
    });
    const [one, same, other] = await Promise.all(ids);
    expect([one === same, one === other]).toEqual([true, false]);
  });

  test('of a wrong key the message repeats nothing', () => {
    expect(create({ accessKeys: [{ id: 'a', secret: 'b', hidden: 'c' }] })).toThrow(/^((?!hidden).)*$/s);
  });

  test('codes by account hold for that account; the others keep the detailed ones', async () => {
    await using mock = createCloudauthMock({ safCodes: { LTAImockUnified: 'unified' } });
    const params = faceVerify({ method: 'init', name: '', certNumber: '990000199003070013', metainfo: '{}' });
    const theirs = await call(mock, params, { accessKeyId: 'LTAImockUnified' });
    const others = await call(mock, params);
    expect([theirs.json.Message, others.json.Message]).toEqual([
      'name不能为空',
      'init接口失败，name/certNumber不能为空',
    ]);
  });

  test('a progression holds', async () => {
    await using mock = createCloudauthMock({ device: { kind: 'polls', count: 1 } });
    await openTask(mock, 'RPBasic');
    const asked = [await getStatus(mock, 'RPBasic'), await getStatus(mock, 'RPBasic')];
    expect(asked.map(({ json }) => json.Data.StatusCode)).toEqual([-1, 1]);
  });
});
