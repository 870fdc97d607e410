/**
 * Values that choose an outcome by themselves, for testers who can change what the application sends but not how:
 * identity numbers, names, suffixes of a TicketId or name, and names of pictures. The catalogue is made from the error
 * tables.
 */

import { testIdNumber, testSequence } from '../verification/id-number.js';
import type { Outcome } from '../verification/outcome.js';
import { BLURRED } from '../verification/verification.js';
import { errors as submitErrors } from './cloudauth/2017-11-17/errors.js';
import { commonErrors, initErrors, queryErrors } from './saf/2017-03-31/codes.js';

/** What a magic value asks for: an outcome of the verification, or a documented error of the call that carries it. */
export type Magic = { readonly outcome: Outcome } | { readonly fail: string };

export interface Identity {
  readonly number: string;
  readonly name?: string;
  readonly meaning: string;
  readonly magic: Magic;
}

export const PASS: Outcome = { kind: 'pass' };
const FAIL: Magic = { outcome: { kind: 'fail' } };
const QUIT: Magic = { outcome: { kind: 'quit' } };

/** Names anybody can type; the numbers beside them mean the same. */
const NAMED: readonly [name: string, meaning: string, magic: Magic][] = [
  ['测试通过', 'passes', { outcome: PASS }],
  ['测试不通过', 'fails: not the same person', FAIL],
  ['测试退出', 'quits: never finishes on phone or page; what a server submits passes', QUIT],
];

const failing = (
  who: string,
  table: Readonly<Record<string, { readonly when: string }>>,
  codes: readonly string[],
): [undefined, string, Magic][] =>
  codes.map((code) => [undefined, `${who} answers ${code}: ${table[code]!.when}`, { fail: code }]);

const outcomes: readonly [name: string | undefined, meaning: string, magic: Magic][] = [
  ...NAMED,
  ...Object.entries(queryErrors)
    .filter(([code]) => code !== '300' && code !== 'Z8301')
    .map(([code, { when }]): [undefined, string, Magic] => [
      undefined,
      `query answers ${code}: ${when}`,
      { outcome: { kind: 'fail', reason: code } },
    ]),
  ...failing(
    'init',
    initErrors,
    Object.keys(initErrors).filter((code) => code !== '400'),
  ),
  ...failing('init', commonErrors, ['402', '403']),
  ...failing('SubmitMaterials', submitErrors, [
    'Error.RealNameCheckFail',
    'Error.MaterialsUploadError',
    'Error.SubmitMaterialsError',
  ]),
];

export const identities: readonly Identity[] = outcomes.map(([name, meaning, magic], index) => ({
  number: testIdNumber(index),
  name,
  meaning,
  magic,
}));

/** A picture whose object or path is called so, or ends so: `me-no-face.jpg`. The extension may be another. */
export interface PictureName {
  readonly picture: string;
  readonly meaning: string;
  readonly magic: Magic;
}

/** The other reasons the page “查询认证状态” gives for a failed task, in its words. */
export const OTHERWISE = '身份证照片信息与认证提交信息不一致';
export const NO_CARD = '提交的照片非身份证照片';

const fails = (reason: string): Magic => ({ outcome: { kind: 'fail', reason } });

/** Of the three reasons none speaks of a face: that a picture shows none comes under the first. */
export const pictures: readonly PictureName[] = [
  {
    picture: 'no-face.jpg',
    meaning: `fails: no face can be seen (AuditConclusions ${BLURRED})`,
    magic: fails(BLURRED),
  },
  {
    picture: 'blurred.jpg',
    meaning: `fails: blurred or badly lit (AuditConclusions ${BLURRED})`,
    magic: fails(BLURRED),
  },
  {
    picture: 'not-an-id-card.jpg',
    meaning: `fails: shows no identity card (AuditConclusions ${NO_CARD})`,
    magic: fails(NO_CARD),
  },
  {
    picture: 'other-person.jpg',
    meaning: `fails: shows somebody else (AuditConclusions ${OTHERWISE})`,
    magic: fails(OTHERWISE),
  },
  {
    picture: 'upload-error.jpg',
    meaning: `SubmitMaterials answers Error.MaterialsUploadError: ${submitErrors['Error.MaterialsUploadError'].when}`,
    magic: { fail: 'Error.MaterialsUploadError' },
  },
];

const byPicture = new Map(pictures.map(({ picture, magic }) => [picture.replace('.jpg', ''), magic]));
const PICTURE_NAME = new RegExp(`(?:^|[:/_.-])(${[...byPicture.keys()].join('|')})\\.(?:jpe?g|png|bmp)$`, 'i');

/** Of an `oss://` or a web address; what is only held in a call has no name. */
function magicOfPicture(address: string): Magic | undefined {
  const name = /^(?:oss|https?):\/\/[^?#]*/i.exec(address)?.[0] ?? '';
  return byPicture.get(PICTURE_NAME.exec(name)?.[1]?.toLowerCase() ?? '');
}

const byName = new Map(NAMED.map(([name, , magic]) => [name, magic]));

/** @returns what the person asks for; undefined for anybody who is not in the catalogue */
export function magicOfPerson(name: string | undefined, number: string | undefined): Magic | undefined {
  const suffix = magicSuffix(name ?? '');
  if (suffix) return suffix;
  const sequence = testSequence(number ?? '');
  return byName.get(name ?? '') ?? (sequence === undefined ? undefined : identities[sequence]?.magic);
}

/** `order-7~status:2`, `张三~fail:Z1146`. */
export function magicSuffix(text: string): Magic | undefined {
  const match = /~(status|fail):([\w.-]+)$/.exec(text);
  if (!match) return undefined;
  if (match[1] === 'fail') return { fail: match[2]! };
  return match[2] === '1' ? { outcome: PASS } : match[2] === '2' ? FAIL : match[2] === '-1' ? QUIT : undefined;
}

const outcomeOf = (magic: Magic | undefined): Outcome | undefined =>
  magic && 'outcome' in magic ? magic.outcome : undefined;
const failureOf = (magic: Magic | undefined, documented: readonly string[]): string | undefined =>
  magic && 'fail' in magic && documented.includes(magic.fail) ? magic.fail : undefined;

/** How a person's SAF verification ends; a failure the query documents is an outcome too. */
export function magicOutcome(name: string | undefined, number: string | undefined): Outcome | undefined {
  const magic = magicOfPerson(name, number);
  const reason = failureOf(magic, Object.keys(queryErrors));
  return reason ? { kind: 'fail', reason } : outcomeOf(magic);
}

/** How a task ends whose materials name this person; SAF's codes say nothing of a task, and are no AuditConclusions. */
export function taskOutcome(name: string | undefined, number: string | undefined): Outcome | undefined {
  const outcome = outcomeOf(magicOfPerson(name, number));
  return outcome?.kind === 'fail' ? { kind: 'fail' } : outcome;
}

/** The person is in the catalogue to fail: however often, it is for that reason. */
export const failsByOrder = (name: string, number: string): boolean => magicOutcome(name, number)?.kind === 'fail';

/** The error a person's name or number orders of a call, if the call documents it. */
export const magicFailure = (
  name: string | undefined,
  number: string | undefined,
  documented: readonly string[],
): string | undefined => failureOf(magicOfPerson(name, number), documented);

export const ticketOutcome = (ticketId: string): Outcome | undefined => outcomeOf(magicSuffix(ticketId));
export const ticketFailure = (ticketId: string, documented: readonly string[]): string | undefined =>
  failureOf(magicSuffix(ticketId), documented);

/** The first of the pictures that asks for anything decides. */
const magicOfPictures = (addresses: readonly string[]): Magic | undefined =>
  addresses.map(magicOfPicture).find((magic) => magic !== undefined);

export const pictureOutcome = (addresses: readonly string[]): Outcome | undefined =>
  outcomeOf(magicOfPictures(addresses));
export const pictureFailure = (addresses: readonly string[], documented: readonly string[]): string | undefined =>
  failureOf(magicOfPictures(addresses), documented);
