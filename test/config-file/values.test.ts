/** What a config file may hold: values are read as flags are, and what is hostile is bounded and refused. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfigFile } from '../../src/config-file/read.js';
import { readValues } from '../../src/config-file/values.js';
import { readConfig } from '../../src/index.js';
import { scratch } from '../support/child.js';

test.each<[object, object]>([
  [{ port: 4600 }, { port: 4600 }],
  [{ port: '4600' }, { port: 4600 }],
  [{ device: 'after:30s' }, { device: { kind: 'after', ms: 30_000 } }],
  [
    { watch: true, json: false },
    { watch: true, json: false },
  ],
  [{ seed: 7 }, { seed: '7' }],
  [{ accessKey: 'a:b@c' }, { accessKeys: [{ id: 'a', secret: 'b', account: 'c' }] }],
  [{ accessKeys: [{ id: 'a', secret: 'b' }] }, { accessKeys: [{ id: 'a', secret: 'b' }] }],
  [{ safCodes: { team: 'unified' } }, { safCodes: { default: 'detailed', team: 'unified' } }],
  [{ sceneId: [7, '8:ID_PRO'] }, { sceneId: [{ id: 7 }, { id: 8, productCode: 'ID_PRO' }] }],
  [{ person: 'a=quit' }, { people: [{ name: 'a', outcome: { kind: 'quit' } }] }],
  [
    { people: [{ certNumber: '1x', outcome: 'fail:204' }] },
    { people: [{ certNumber: '1X', outcome: { kind: 'fail', reason: '204' } }] },
  ],
  [{ unknownAction: 'popgw' }, { errors: 'gateway' }],
  [{ db: 'a.db' }, { db: '/there/a.db' }],
  [{ db: ':memory:' }, { db: ':memory:' }],
  [
    { scenario: ['saf/Z1146', 'a.yaml', './b', '/c.yml'] },
    { scenario: ['saf/Z1146', '/there/a.yaml', '/there/b', '/c.yml'] },
  ],
  [{ $schema: 'x' }, {}],
  [{ port: undefined }, {}],
])('%j is %j', (value, options) => {
  const { problems, options: read } = readValues(value, '/there');
  expect([problems, JSON.parse(JSON.stringify(read))]).toEqual([[], options]);
});

test.each<[string, unknown, (string | number)[], string]>([
  ['a list', [], [], 'write options'],
  ['a text', 'port', [], 'write options'],
  ['nothing', { port: null }, ['port'], 'it is empty; leave it out'],
  ['an empty text', { host: ' ' }, ['host'], 'it is empty'],
  ['an item that is empty', { allowedHosts: ['a', ''] }, ['allowedHosts', 1], 'it is empty'],
  ['an item of a list', { accessKeys: ['a:b', { id: 'a' }] }, ['accessKeys', 1], 'an access key is '],
  ['a person’s member', { people: ['a=pass', { nmae: 'b' }] }, ['people', 1], "no 'nmae'; did you mean name?"],
  ['an outcome', { people: [{ name: 'b', outcome: 'fial' }] }, ['people', 0], 'did you mean fail?'],
  ['a reason nobody has', { people: ['a=fail:Z1164'] }, ['people', 0], 'did you mean Z1146?'],
  ['a list where one value is taken', { port: [1, 2] }, ['port'], 'it takes text or a number'],
  ['an option of the command alone', { config: 'a.yaml' }, ['config'], "no option 'config'; there are: port, "],
  ['a flag', { 'access-key': 'a:b' }, ['access-key'], "no option 'access-key'; did you mean accessKey"],
  ['two spellings', { accessKey: 'a:b', accessKeys: [] }, ['accessKeys'], "give 'accessKeys' or 'accessKey', not both"],
  ['an infinite number', { failureLimit: Number.POSITIVE_INFINITY }, ['failureLimit'], 'is not a whole number'],
  ['a long list', { scene: Array(10_001).fill('A') }, ['scene'], 'more than 10000 items'],
  ['a key of every object', JSON.parse('{"__proto__": 1}'), ['__proto__'], "no option '__proto__'"],
  ['another', JSON.parse('{"constructor": 1}'), ['constructor'], "no option 'constructor'"],
])('%s is refused at its place', (_what, value, path, why) => {
  expect(readValues(value, '/')).toMatchObject({
    problems: [{ path, message: expect.stringContaining(why) }],
  });
});

describe('a text', () => {
  const refused = async (content: string | Buffer) => {
    await using folder = await scratch();
    const file = join(folder.path, 'a.yaml');
    writeFileSync(file, content);
    return readConfigFile(file).then(
      ({ options }) => options,
      ({ name, message }: Error) => `${name}: ${message.replace(/^.*a\.yaml/, 'a.yaml')}`,
    );
  };

  test.each<[string, string | Buffer, string]>([
    ['longer than 64 KB', '# long\n'.repeat(10_000), 'a.yaml: larger than 64 KB, the limit of a config file'],
    ['of another encoding', Buffer.from([0x61, 0x3a, 0xff]), 'a.yaml: this is no UTF-8; save the file as UTF-8'],
    ['of deep lists', `port: ${'['.repeat(10_000)}`, 'a.yaml:1:36: more than 30 lists and mappings'],
    ['of two documents', 'port: 1\n---\nport: 2\n', 'a.yaml:2:1: a file is one document; leave out what follows ---'],
    ['that names a key twice', 'port: 1\nport: 2\n', "a.yaml:2:1: the key 'port' stands here twice; keys are unique"],
    ['of tags', 'port: !!js/function "x"', 'a.yaml:1:7: '],
    ['of aliases without end', bomb(), ''],
  ])('%s is refused', async (_what, content, why) => {
    expect(await refused(content)).toContain(`ConfigError: ${why}`);
  });

  test.each(['', '# nothing\n', '{}', '---\n'])('%j sets nothing', async (content) => {
    expect(await refused(content)).toEqual({});
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 12; n++)
    lines.push(
      `a${n}: &a${n} [${Array(9)
        .fill(`*a${n - 1}`)
        .join(', ')}]`,
    );
  return lines.join('\n');
}

test('a folder, or a file that is not there, is refused', async () => {
  await using folder = await scratch();
  await expect(readConfig(join(folder.path, 'gone.yaml'))).rejects.toThrow('there is no config file');
  await expect(readConfig(join(folder.path, 'gone.mjs'))).rejects.toThrow('it cannot be loaded');
});
