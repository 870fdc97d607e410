/**
 * YAML → a value, with what is wrong and where. The library reads what means well; here its depth, its aliases and its
 * time are bounded: whatever text it is given, work grows with the text's length alone.
 */
import type * as Yaml from 'yaml';
import type { Sought } from './problem.js';

/** Where and what, as an offset into the text. */
export interface Fault {
  readonly at: number;
  /** One of {@link ErrorCode} of the library, or our own. */
  readonly code: string;
  /** What the message is about: a key, an alias, a word. */
  readonly about?: string;
}

export interface ReadYaml {
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** Of each path that was asked for: the offset of its value, or of its key where the path says so; else of what is nearest above. */
  readonly places: readonly number[];
}

/**
 * It runs in a thread as well, from its own text (see thread.ts): it must use nothing but its arguments.
 * @param yaml the library
 * @param exact every value has to be kept as it is written, and not only those of `params`
 */
export function readYaml(
  yaml: Pick<typeof Yaml, 'Composer' | 'Lexer' | 'Parser' | 'isAlias' | 'isMap' | 'isScalar' | 'isSeq'>,
  text: string,
  sought: readonly Sought[],
  maxDepth: number,
  maxValues: number,
  exact = false,
): ReadYaml {
  const MOST_FAULTS = 100;
  const faults: Fault[] = [];
  const fault = (at: number, code: string, about?: string): undefined => {
    if (faults.length < MOST_FAULTS) faults.push({ at, code, about: about?.slice(0, 200) });
  };
  const parser = new yaml.Parser() as Yaml.Parser & { readonly stack: readonly unknown[]; readonly offset: number };
  let tooDeep = -1;
  function* tokens() {
    for (const lexeme of new yaml.Lexer().lex(text)) {
      // %YAML 1.1 would make other values of the same words
      if (lexeme.startsWith('%')) fault(parser.offset, 'BAD_DIRECTIVE');
      yield* parser.next(lexeme);
      // what is open at a time is the parser's own stack; the composer, which would fill ours, gets only what is not too deep
      if (parser.stack.length > maxDepth) {
        tooDeep = parser.offset;
        return;
      }
    }
    yield* parser.end();
  }
  // checks of our own below: the library compares each key with each other one, and unfolds aliases before it counts them
  const composer = new yaml.Composer({
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    resolveKnownTags: false,
  });
  const documents = [...composer.compose(tokens(), true, text.length)];
  if (tooDeep >= 0) {
    faults.length = 0;
    fault(tooDeep, 'TOO_DEEP');
    return { value: undefined, faults, places: [] };
  }
  const [document] = documents;
  if (!document) return { value: null, faults, places: sought.map(() => 0) };
  for (const { code, pos, message } of [...document.errors, ...document.warnings])
    fault(pos[0], code, code === 'MISSING_CHAR' || code === 'UNEXPECTED_TOKEN' ? message : undefined);
  if (documents.length > 1) fault(documents[1]!.range?.[0] ?? 0, 'MULTIPLE_DOCS');

  const startOf = (node: unknown, otherwise: number): number =>
    (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? otherwise;
  const anchors = new Map<string, { readonly value: unknown; readonly values: number }>();
  let values = 0;
  let unfolded = false;

  function readNode(node: unknown, at: number, inParams: boolean, depth: number): unknown {
    values++;
    if (yaml.isAlias(node)) {
      const anchor = anchors.get(node.source);
      if (!anchor) return fault(startOf(node, at), 'UNKNOWN_ALIAS', node.source);
      values += anchor.values;
      if (values > maxValues && !unfolded) {
        unfolded = true;
        fault(startOf(node, at), 'TOO_MANY_VALUES');
      }
      return unfolded ? undefined : anchor.value;
    }
    const before = values;
    const value = plainOf(node, at, inParams, depth);
    const anchor = (node as { anchor?: string } | null)?.anchor;
    if (anchor !== undefined) anchors.set(anchor, { value, values: values - before + 1 });
    return value;
  }
  function plainOf(node: unknown, at: number, inParams: boolean, depth: number): unknown {
    if (yaml.isSeq(node)) return node.items.map((item) => readNode(item, startOf(node, at), inParams, depth + 1));
    if (yaml.isMap(node)) return mapOf(node, startOf(node, at), inParams, depth);
    if (!yaml.isScalar(node)) return null;
    const { value, source, type } = node;
    // 0123, 1.10, True: what is compared would not be what is written
    if (inParams && type === 'PLAIN' && typeof value !== 'string' && value !== null && String(value) !== source)
      fault(startOf(node, at), 'READ_AS', `${source} ${String(value)}`);
    return typeof value === 'bigint' ? Number(value) : value;
  }
  function mapOf(node: Yaml.YAMLMap, at: number, inParams: boolean, depth: number): object {
    const made: Record<string, unknown> = {};
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      const keyAt = startOf(key, at);
      if (!yaml.isScalar(key)) {
        fault(keyAt, 'NON_STRING_KEY');
        continue;
      }
      const name = key.source === undefined ? String(key.value ?? '') : key.source;
      if (seen.has(name)) fault(keyAt, 'DUPLICATE_KEY', name);
      seen.add(name);
      // a depth of 4: rules, a rule, its when, its params
      const read = readNode(value, keyAt, inParams || (depth === 3 && name === 'params'), depth + 1);
      // a key called __proto__ is a key
      Object.defineProperty(made, name, { value: read, enumerable: true, configurable: true, writable: true });
    }
    return made;
  }
  const value = readNode(document.contents, 0, exact, 0);

  const placeOf = ({ path, key }: Sought): number => {
    let node: unknown = document.contents;
    let at = startOf(node, 0);
    for (const [index, step] of path.entries()) {
      if (yaml.isSeq(node)) node = node.items[Number(step)];
      else if (yaml.isMap(node)) {
        const pair = node.items.find(
          ({ key: each }) => yaml.isScalar(each) && (each.source ?? String(each.value)) === String(step),
        );
        if (!pair) return at;
        if (key && index === path.length - 1) return startOf(pair.key, at);
        at = startOf(pair.key, at);
        node = pair.value;
      } else return at;
      at = startOf(node, at);
    }
    return at;
  };
  return { value, faults, places: sought.map(placeOf) };
}
