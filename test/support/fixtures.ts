/** The documented examples under fixtures/, read as requests to send and shapes to expect. */
import '../../src/products/eager.js';
import { existsSync, readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import type { CloudauthMock } from '../../src/emulator/api.js';
import type { AnyOperation, Version } from '../../src/gateway/operation.js';
import { versions } from '../../src/products/index.js';
import { type CallOptions, call, type Reply } from './call.js';
import { examplesOf, written } from './examples.js';

export interface Case {
  readonly title: string;
  readonly version: Version;
  readonly operation: AnyOperation;
}

/** Every operation with behaviour, of every version that has documents of its own. */
export const cases: readonly Case[] = versions
  .filter((version) => !version.approximates)
  .flatMap((version) =>
    version.implemented.map((operation) => ({
      title: `${version.product}/${version.version}/${operation.name}`,
      version,
      operation,
    })),
  );

const fileOf = ({ title }: Case, name: string): string => `fixtures/${title}/${name}`;
export const fixture = (one: Case, name: string): string => readFileSync(fileOf(one, name), 'utf8');

/** Where no XML example is printed, its elements are those of the JSON example, and in its order. */
export function xmlFixture(one: Case): string[] {
  if (existsSync(fileOf(one, 'response.xml'))) return xmlShape(fixture(one, 'response.xml'));
  const root = `/${one.operation.name}Response`;
  const elements = (value: unknown, path: string): string[] =>
    Array.isArray(value)
      ? [...new Set(value.flatMap((item) => [`${path}/e`, ...elements(item, `${path}/e`)]))]
      : ofMembers(value, path);
  const ofMembers = (value: unknown, path: string): string[] =>
    value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, child]) => {
          const below = `${path}/${Array.isArray(value) ? 'e' : key}`;
          return [below, ...elements(child, below)];
        })
      : [];
  return [...new Set([root, ...elements(JSON.parse(fixture(one, 'response.json')), root)])];
}

/**
 * The operation's own parameters as its request.txt gives them, earlier operations it refers to being called first; where
 * there is none, the examples of its contract.
 */
export async function exampleParams(mock: CloudauthMock, example: Case): Promise<Record<string, string>> {
  if (!existsSync(fileOf(example, 'request.txt'))) return examplesOf(example.operation);
  const params: Record<string, string> = {};
  for (const line of fixture(example, 'request.txt').split('\n').filter(Boolean)) {
    const after = /^#after (.+)$/.exec(line);
    if (after) await callExample(mock, sibling(example, after[1]!));
    else params[line.slice(0, line.indexOf('='))] = await fillIn(mock, example, line.slice(line.indexOf('=') + 1));
  }
  return params;
}

const sibling = ({ version }: Case, name: string): Case =>
  cases.find((one) => one.version === version && one.operation.name === name)!;

/** `${CreateRPSDK.TaskId}` stands for what that operation answered. */
async function fillIn(mock: CloudauthMock, example: Case, value: string): Promise<string> {
  const reference = /^\$\{(.+)\}$/.exec(value)?.[1];
  if (!reference) return value;
  const target = cases.find(
    (one) => one.version === example.version && reference.startsWith(`${one.operation.name}.`),
  )!;
  earlier.set(mock, earlier.get(mock) ?? new Map());
  const answered = earlier.get(mock)!.get(target.title) ?? (await callExample(mock, target)).json;
  earlier.get(mock)!.set(target.title, answered);
  const path = reference.slice(target.operation.name.length + 1).split('.');
  return path.reduce((found, name) => found[name], answered);
}

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
const earlier = new WeakMap<CloudauthMock, Map<string, any>>();

export const callExample = async (mock: CloudauthMock, example: Case, options: CallOptions = {}): Promise<Reply> =>
  callWith(mock, example, await exampleParams(mock, example), options);

/** Sends the operation's parameters the way its family carries them. */
export function callWith(
  mock: CloudauthMock,
  { version, operation }: Case,
  params: Record<string, string>,
  options: CallOptions = {},
): Promise<Reply> {
  return call(mock, written(version, operation, params), { method: operation.methods.at(-1), ...options });
}

/** `Data.StsToken.Token: string` …, in the order they stand. */
export function jsonShape(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [`${path}: list`, ...new Set(value.flatMap((item) => jsonShape(item, `${path}[]`)))];
  if (value === null || typeof value !== 'object') return [`${path}: ${typeof value}`];
  return [
    ...(path ? [`${path}: object`] : []),
    ...Object.entries(value).flatMap(([name, child]) => jsonShape(child, path ? `${path}.${name}` : name)),
  ];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  ignoreDeclaration: true,
  cdataPropName: '#cdata',
});

type XmlNode = Record<string, unknown> & { ':@'?: Record<string, string> };

/** `GetStatusResponse/Data/StatusCode`, with attributes, CDATA marked, in the order they stand. */
export function xmlShape(xml: string): string[] {
  const walk = (nodes: XmlNode[], path: string): string[] =>
    nodes.flatMap((node) => {
      const name = Object.keys(node).find((key) => key !== ':@')!;
      if (name === '#text') return [];
      const attributes = Object.entries(node[':@'] ?? {}).map(([key, value]) => `[${key.slice(1)}=${value}]`);
      const here = `${path}/${name}${attributes.join('')}`;
      return [here, ...walk(node[name] as XmlNode[], here)];
    });
  return [...new Set(walk(parser.parse(xml) as XmlNode[], ''))];
}
