/** What a call is about, in one word that may be shown: an id of the caller's, else the person, masked. */
import type { RawParams } from '../gateway/operation.js';
import { maskParam, maskText } from '../platform/redact.js';

/** The first of them that a call has. */
const IDS = ['TicketId', 'CertifyId', 'BizId', 'OuterOrderNo', 'queryId', 'zimId', 'bizId', 'TaskId', 'BizType'];
const NAMES = ['name', 'CertName', 'UserName', 'Name'];
const NUMBERS = ['certNumber', 'CertNo', 'IdentifyNum', 'IdCardNumber'];
const SHOWN = 64;

const firstOf = (params: RawParams, names: readonly string[]): string | undefined => {
  const name = names.find((each) => params.get(each));
  return name && params.get(name)!.slice(0, SHOWN);
};

export interface Subject {
  /** The parameter that says it; absent of a person. */
  readonly name?: string;
  readonly text: string;
}

/** @param params the operation's own */
export function subjectOf(params: RawParams): Subject | undefined {
  for (const name of IDS) {
    const value = params.get(name);
    if (value) return { name, text: maskText(value.slice(0, SHOWN)) };
  }
  const [name, number] = [firstOf(params, NAMES), firstOf(params, NUMBERS)];
  const text = personShown(name, number);
  return text === undefined ? undefined : { text };
}

/** @returns name and number, masked; undefined where there is neither */
export function personShown(name: string | undefined, number: string | undefined): string | undefined {
  const person = [name && maskName(name), number && maskParam('certNumber', number)].filter(Boolean);
  return person.length > 0 ? person.join(' ') : undefined;
}

/** The first character stays. */
const maskName = (name: string): string => {
  const [first = '', ...rest] = name;
  return first + '*'.repeat(Math.min(rest.length, 3));
};
