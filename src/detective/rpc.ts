/** RPC signature 1.0 with one setting (“knob”) for each mistake that clients are known to make. */
import type { RpcRequest } from '../gateway/request.js';
import { percentEncode } from '../platform/url-text.js';
import { createEncoders, type EncodingKnobs, encodingMistakes, rightEncoding } from './encoding.js';
import { type KnownKey, keyMistakes } from './keys.js';
import { createMac } from './mac.js';
import { createOrdering, type Order, otherRules } from './order.js';
import { valueMistakes } from './other-values.js';
import { type Mistake, MOST_PARAMS, type Procedure } from './procedure.js';
import { signatureForm } from './signature-form.js';
import { isForm, type Pair, type Reading, readings, sampleOf } from './wire.js';

export interface RpcKnobs extends EncodingKnobs {
  readonly key: string;
  readonly suffix: '&' | '';
  readonly swapped: boolean;
  readonly method: string;
  readonly lowerCase: boolean;
  readonly path: string;
  readonly reading: Reading;
  readonly part: 'all' | 'query' | 'body';
  readonly without: string | undefined;
  readonly empties: boolean;
  readonly extra: Pair | undefined;
  readonly order: Order;
  readonly end: '' | '\n';
}

/** @param others further keys this emulator knows; their secrets are tried, never shown */
export function rpcProcedure(request: RpcRequest, secret: string, others: readonly KnownKey[]): Procedure<RpcKnobs> {
  const pairs = [...request.params].filter(([name]) => name !== 'Signature');
  const read = readings(pairs, isForm(request) ? [request.query, request.body] : [request.query], request);
  const form = signatureForm(request.params.get('Signature') ?? '', 'RPC');
  const inQuery = new Set(new URLSearchParams(request.query).keys());
  const encoderOf = createEncoders();
  const mac = createMac(form?.algorithm ?? 'sha1');
  const inOrder = createOrdering();
  const right: RpcKnobs = {
    ...rightEncoding,
    outer: 1,
    key: secret,
    suffix: '&',
    swapped: false,
    method: request.method,
    lowerCase: false,
    path: '%2F',
    reading: read.plain,
    part: 'all',
    without: undefined,
    empties: true,
    extra: undefined,
    order: 'sorted',
    end: '',
  };
  return {
    right,
    bases: [right, ...readingMistakes(read).map(({ set }) => ({ ...right, ...set }))],
    certain: form?.wrong.map((cause) => ({ cause, set: {} })),
    aboutHmac: [
      { cause: 'key-without-ampersand', set: { suffix: '' } },
      ...keyMistakes(secret, request.params.get('AccessKeyId') ?? '', others),
      { cause: 'key-and-text-swapped', set: { swapped: true } },
    ],
    aboutText: [
      ...shapeMistakes(request),
      ...paramMistakes(pairs, inQuery),
      ...readingMistakes(read),
      ...encodingMistakes(sampleOf(read)),
      { cause: 'not-encoded-as-a-whole', set: { outer: 0 } },
      { cause: 'whole-encoded-twice', set: { outer: 2 } },
      ...(pairs.length <= MOST_PARAMS ? [...otherRules, ...valueMistakes(pairs)] : []),
    ],
    stringToSign(knobs) {
      const encoder = encoderOf(knobs);
      let text = '';
      for (const pair of inOrder(knobs.reading, knobs.order, knobs.extra)) {
        if (!isSigned(knobs, pair, inQuery)) continue;
        text += text === '' ? encoder.pair(pair) : encoder.ampersand + encoder.pair(pair);
      }
      const method = knobs.lowerCase ? knobs.method.toLowerCase() : knobs.method;
      return `${method}&${knobs.path}&${text}${knobs.end}`;
    },
    fits({ key, suffix, swapped }, text) {
      if (!form) return false;
      return (swapped ? mac(text, key + suffix) : mac(key + suffix, text)).equals(form.digest);
    },
  };
}

const isSigned = ({ part, without, empties }: RpcKnobs, [name, value]: Pair, inQuery: ReadonlySet<string>): boolean =>
  name !== without && (empties || value !== '') && (part === 'all' || (part === 'query') === inQuery.has(name));

const shapeMistakes = ({ method, path }: RpcRequest): Mistake<RpcKnobs>[] => {
  const other = method === 'GET' ? 'POST' : 'GET';
  return [
    { cause: 'wrong-method', name: other, set: { method: other } },
    { cause: 'unsorted', set: { order: 'sent' } },
    { cause: 'newline-after-string', set: { end: '\n' } },
    { cause: 'lower-case-method', set: { lowerCase: true } },
    { cause: 'raw-slash', set: { path: '/' } },
    ...(path === '/' ? [] : [{ cause: 'path-signed', set: { path: percentEncode(path) } } as const]),
    { cause: 'sorted-ignoring-case', set: { order: 'ignoring case' } },
    { cause: 'sorted-as-pairs', set: { order: 'as pairs' } },
  ];
};

/** Public parameters that clients add to what they sign and forget to send. */
const OFTEN_NOT_SENT: readonly Pair[] = [
  ['Format', 'JSON'],
  ['Format', 'XML'],
  ['Format', 'json'],
  ['RegionId', 'cn-hangzhou'],
  ['RegionId', 'cn-shanghai'],
  ['SignatureType', ''],
];

function paramMistakes(pairs: readonly Pair[], inQuery: ReadonlySet<string>): Mistake<RpcKnobs>[] {
  const names = pairs.map(([name]) => name);
  const split = names.some((name) => inQuery.has(name)) && names.some((name) => !inQuery.has(name));
  return [
    ...(split
      ? ([
          { cause: 'body-not-signed', set: { part: 'query' } },
          { cause: 'query-not-signed', set: { part: 'body' } },
        ] satisfies Mistake<RpcKnobs>[])
      : []),
    ...(pairs.some(([, value]) => value === '')
      ? ([{ cause: 'empty-left-out', set: { empties: false } }] satisfies Mistake<RpcKnobs>[])
      : []),
    ...names.slice(0, MOST_PARAMS).map(
      (missing): Mistake<RpcKnobs> => ({
        cause: 'not-signed',
        name: missing,
        set: { without: missing },
      }),
    ),
    ...OFTEN_NOT_SENT.filter(([name]) => !names.includes(name)).map(
      (extra): Mistake<RpcKnobs> => ({ cause: 'signed-but-not-sent', name: extra.join('='), set: { extra } }),
    ),
  ];
}

const readingMistakes = ({ plus, gbk, twice, last, body }: ReturnType<typeof readings>): Mistake<RpcKnobs>[] => [
  ...(plus ? [{ cause: 'sent-unencoded-plus', set: { reading: plus } } as const] : []),
  ...(twice ? [{ cause: 'sent-encoded-twice', set: { reading: twice } } as const] : []),
  ...(last ? [{ cause: 'repeated-name', set: { reading: last } } as const] : []),
  ...(body ? [{ cause: 'body-not-a-form', set: { reading: body } } as const] : []),
  ...(gbk
    ? ([
        { cause: 'gbk-on-the-wire', set: { reading: gbk, charset: 'gbk' } },
        { cause: 'sent-as-gbk', set: { reading: gbk } },
      ] as const)
    : []),
];
