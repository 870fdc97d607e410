/** What a rule is called where several emulators count it: the same in each of them. */
import { createHash } from 'node:crypto';
import type { Engine } from './engine.js';
import { type Rule, writtenOf } from './rule.js';

/**
 * A rule of an account is known by its number and what it says, so that one in its place is another; one of a file by what it
 * says and, among those that say the same, by its place.
 */
export function keysOf(engine: Engine, numbers: WeakMap<Rule, number>) {
  const keys = new WeakMap<Rule, string>();
  return (account: string, rule: Rule): string => {
    const known = keys.get(rule);
    if (known !== undefined) return known;
    const number = numbers.get(rule);
    const said = hash(JSON.stringify(number === undefined ? rule.source : writtenOf(rule, false)));
    const key = number === undefined ? `${said} ${placeOf(engine, account, rule)}` : `own ${number} ${said}`;
    keys.set(rule, key);
    return key;
  };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

function placeOf(engine: Engine, account: string, rule: Rule): number {
  const text = JSON.stringify(rule.source);
  const alike = engine.list(account).filter((one) => !one.own && JSON.stringify(one.rule.source) === text);
  return alike.findIndex((one) => one.rule === rule);
}
