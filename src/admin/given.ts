/** What a call of the control side was given: its body, bounded, and its language. */
import type { Context } from 'hono';
import { onlyMembers } from '../control/members.js';
import { ControlError } from '../control/verbs.js';
import { collect } from '../platform/collect.js';
import { parseJson } from '../platform/json.js';
import type { Lang } from '../platform/language.js';
import { type Translate, translator } from '../platform/translate.js';
import type { ScenarioError } from '../scenarios/problem.js';

const MAX_BODY = 1024 * 1024;

/** Programs are answered in English unless they ask for Chinese. */
export const langOf = (c: Context): Lang => (c.req.query('lang') === 'zh' ? 'zh' : 'en');

export const translatorOf = (c: Context): Promise<Translate> => translator(langOf(c));

export async function textOf(request: Request): Promise<string> {
  const tooLong = () => new ControlError('the body is larger than 1 MB');
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) throw tooLong();
  return (await collect((request.body as AsyncIterable<Uint8Array> | null) ?? [], MAX_BODY, tooLong)).toString('utf8');
}

/** @param known the members it may have. @throws ControlError */
export const bodyOf = async <K extends string>(
  request: Request,
  known: readonly K[],
): Promise<Partial<Record<K, unknown>>> => onlyMembers(objectOf(await textOf(request)), known);

function objectOf(text: string): object {
  if (text.trim() === '') return {};
  const value = parseJson(text);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  throw new ControlError('the body must be a JSON object');
}

export function textOrNumber(name: string, value: unknown): string | number {
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new ControlError(`${name} must be text or a number`);
  return value;
}

/** What is wrong in a text that was sent, for a person and for an editor. */
export const wrongText = ({ message, problems }: ScenarioError, t: Translate) => ({
  error: problems.reduce((text, { message: said }) => text.replace(`: ${said}`, () => `: ${t(said)}`), message),
  problems: problems.map((each) => ({ ...each, message: t(each.message) })),
});
