/**
 * Why a signature does not match, for people: causes, the two strings side by side, what to change. Loaded by the first
 * mismatch, never by a success.
 */
import type { RpcRequest } from '../gateway/request.js';
import { parseAuthorization } from '../gateway/signature-acs3.js';
import { oneLine } from '../platform/redact.js';
import { acs3Procedure } from './acs3.js';
import { causes } from './causes.js';
import { type Excerpt, excerpt } from './excerpt.js';
import type { KnownKey } from './keys.js';
import type { Named } from './procedure.js';
import { rpcProcedure } from './rpc.js';
import { BUDGET, type Budget, type Search, search } from './search.js';

export interface NamedCause {
  /** As in the table of causes; with the parameter or header it is about, where there is one: `not-signed-Format`. */
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  readonly fix: string;
  readonly fixZh: string;
}

export interface Explanation {
  /** ASCII: ids joined by `+`, or `unknown`. */
  readonly cause: string;
  readonly causes: readonly NamedCause[];
  /** The two strings around the first byte that differs; absent when they agree or the client's is unknown. */
  readonly difference?: Excerpt;
  /** All of the above in words, English and Chinese, some lines; without secrets and ID numbers. */
  readonly text: string;
}

/** @param caller whose signature it should be @param others further keys this emulator knows */
export function explain(
  request: RpcRequest,
  caller: KnownKey,
  others: readonly KnownKey[] = [],
  budget: Budget = BUDGET,
): Explanation {
  if (request.query.length + request.body.length > (budget.mostBytes ?? Number.POSITIVE_INFINITY)) return TOO_LARGE;
  const strangers = others.filter(({ secret }, index) => {
    const isFirst = others.findIndex((other) => other.secret === secret) === index;
    return isFirst && secret !== caller.secret;
  });
  const authorization = parseAuthorization(request.headers.authorization ?? '');
  const searched: Search =
    request.scheme === 'ACS3' && authorization
      ? search(acs3Procedure(request, authorization, caller.secret, strangers), budget)
      : search(rpcProcedure(request, caller.secret, strangers), budget);
  const explanation = describe(searched);
  return { ...explanation, text: withoutSecrets(explanation.text, [caller, ...others]) };
}

function describe({ found, serverString, tried, complete }: Search): Explanation {
  if (!found) return unknown(tried, complete);
  const named = unique(found.mistakes.map(inWords));
  const difference = excerpt(serverString, found.clientString);
  const cause = named.map(({ id }) => id).join('+');
  return {
    cause,
    causes: named,
    difference,
    text: [
      `signature does not match: ${cause}`,
      ...named.flatMap(({ en, zh, fix, fixZh }) => [`  ${en} | ${zh}`, `    fix: ${fix} | ${fixZh}`]),
      ...(difference ? sideBySide(difference) : ['  both strings to sign are the same | 双方的待签名字符串相同']),
    ].join('\n'),
  };
}

const unknown = (tried: number, complete: number): Explanation => ({
  cause: 'unknown',
  causes: [],
  text: [
    'signature does not match: no hypothesis fits',
    ...(tried === 0
      ? [
          '  the signature received has no form an HMAC can have: it may be cut off or garbled',
          '  收到的签名不具备 HMAC 的形式：可能被截断或损坏',
        ]
      : [
          `  ${howFar(complete)} (${tried} tried); most often the secret is another one`,
          `  已尝试 ${tried} 种组合，没有一种能得出该签名；最常见的原因是 Secret 不对`,
        ]),
    '    fix: compare your string to sign with the one in the message, byte by byte | 将您的待签名字符串与消息中的逐字节比较',
  ].join('\n'),
});

const TOO_LARGE: Explanation = {
  cause: 'unknown',
  causes: [],
  text: [
    'signature does not match: the call is too large to be searched while its client waits',
    '  调用过大，无法在客户端等待时查找原因',
    '    fix: save the request and run “cloudauth-mock explain FILE”, which takes its time | 保存请求后运行 cloudauth-mock explain',
  ].join('\n'),
};

const howFar = (complete: number): string =>
  [
    'not every known mistake could be tried in time',
    'no known mistake gives it; not every pair could be tried in time',
    'no known mistake and no pair of them gives it; not every three could be tried in time',
    'no three known mistakes give it',
  ][Math.max(complete, 0)]!;

const sideBySide = ({ at, server, client, column }: Excerpt): string[] => [
  `  first difference at byte ${at} | 第一处差异在第 ${at} 字节`,
  `  server  ${server}`,
  `  client  ${client}`,
  `          ${' '.repeat(column)}^`,
];

const ABOUT_ONE = /-(signed|without)$/;

function inWords({ cause, name = '' }: Named): NamedCause {
  const { en, zh, fix, fixZh } = causes[cause];
  const about = name.replace(/[^\w.-]/g, '_').slice(0, 40);
  const fill = (text: string) => text.replaceAll('{name}', oneLine(name).slice(0, 60));
  const id = ABOUT_ONE.test(cause) && name ? `${cause}-${about}` : cause;
  return { id, en: fill(en), zh: fill(zh), fix: fill(fix), fixZh: fill(fixZh) };
}

const unique = (named: readonly NamedCause[]): NamedCause[] => [...new Map(named.map((one) => [one.id, one])).values()];

/** A request may carry a secret as a parameter by mistake; the explanation must not repeat it. */
export const withoutSecrets = (text: string, keys: readonly KnownKey[]): string =>
  keys.reduce((safe, { secret }) => (secret ? safe.replaceAll(secret, '…') : safe), text);
