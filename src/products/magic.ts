/**
 * Values that choose an outcome by themselves, for testers who can change what the application sends but not how:
 * identity numbers, names, suffixes of a TicketId or name, and names of pictures. The catalogue is made from the error
 * tables.
 */

import { testIdNumber } from '../verification/id-number.js';
import { type Outcome, PASS } from '../verification/outcome.js';
import { errors as submitErrors } from './cloudauth/2017-11-17/errors.js';
import { faceErrors } from './cloudauth/2019-03-07/face-errors.js';
import { subCodes } from './cloudauth/financial-grade.js';
import { BLURRED, NO_CARD, OTHERWISE } from './cloudauth/task.js';
import { commonErrors, initErrors, queryErrors } from './saf/2017-03-31/codes.js';

/** What a magic value asks for: an outcome of the verification, or a documented error of the call that carries it. */
export type Magic = { readonly outcome: Outcome } | { readonly fail: string };

export interface Identity {
  readonly number: string;
  readonly name?: string;
  readonly meaning: string;
  readonly magic: Magic;
}

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
  ...Object.entries(subCodes).map(([code, { en }]): [undefined, string, Magic] => [
    undefined,
    `DescribeFaceVerify answers SubCode ${code}: ${en}`,
    { outcome: { kind: 'fail', reason: code } },
  ]),
  ...failing('InitFaceVerify', faceErrors, ['417', '418']),
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

/** A value of the information checks that spells what it orders: any code of the check in the place of the one shown. */
export interface TestValue {
  readonly value: string;
  readonly meaning: string;
}

export const testValues: readonly TestValue[] = [
  {
    value: '13900000201',
    meaning: 'checks of a phone number answer its last three digits: a SubCode, an error, 005 as TimeCode',
  },
  { value: '6200000000000201', meaning: 'BankMetaVerify answers its last three digits: a SubCode or an error' },
  {
    value: '浙A00301',
    meaning: 'checks of a plate answer its last three digits: 201 differs, 301 no record, or an error',
  },
  {
    value: 'LSV00000000000301',
    meaning: 'VehicleInsureQuery answers its last three digits: 301 no record, or an error',
  },
  { value: 'card-PS.jpg', meaning: 'checks of a picture answer how its name ends: a RiskTag, a Result or an error' },
];
