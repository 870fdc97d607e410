/** Checked by the compiler alone: words of operations, codes, faults and modes are known, and wrong ones do not compile. */
import type * as z from 'zod';
import type {
  CloudauthMock,
  ErrorCodeOf,
  MockOptions,
  OperationName,
  Scenario,
  ScenarioRule,
} from '../../src/index.js';
import type { ruleSchema } from '../../src/scenarios/format.js';

export function words(mock: CloudauthMock): void {
  mock.failNext('GetStatus', 'InvalidParam.InvalidBiz');
  mock.failNext('saf/2017-03-31/face_verify.init', 'Z1108');
  mock.failNext('face_verify.init', 540);
  mock.failNext('Get*', 'Error.InternalError');
  mock.failNext('BankMetaVerify', 216);
  mock.failNext('cloudauth/2019-03-07/MobileOnlineTime', 'TimeCode1');
  // @ts-expect-error its answers are those of two elements
  mock.failNext('Id2MetaVerify', 204);
  // @ts-expect-error capitals count
  mock.failNext('GetStatus', 'throttling');
  // @ts-expect-error the face is compared by query
  mock.failNext('face_verify.init', 'Z1146');
  // @ts-expect-error a call without a code says nothing
  mock.failNext('GetStatus');
  // @ts-expect-error no operation documents it
  mock.failNext('Get*', 'Z9999');

  void mock.scenarios.add({ rules: [{ on: 'GetStatus', times: 1, then: { fail: 'Throttling', delay: '500ms' } }] });
  void mock.scenarios.add({ rules: [{ on: 'saf/*', then: { outcome: 'fail:Z1146', counts: true } }] });
  void mock.scenarios.add({ rules: [{ on: '*', then: { fault: 'reset', progression: 'polls:3' } }] });
  // @ts-expect-error no such fault
  void mock.scenarios.add({ rules: [{ on: '*', then: { fault: 'fire' } }] });
  // @ts-expect-error no such effect
  void mock.scenarios.add({ rules: [{ on: '*', then: { explode: true } }] });
  // @ts-expect-error a duration has a unit
  void mock.scenarios.add({ rules: [{ on: '*', then: { delay: '500' } }] });

  // any text of AuditConclusions is a reason
  void mock.verifications.fail('ticket', '照片不清楚');
}

/** What is a known word of a union that takes any text as well: what an editor completes. */
type Offers<Union, Word extends string> = Extract<Union, Word>;
export const offered: [
  Offers<MockOptions['device'], 'manual'>,
  Offers<MockOptions['signature'], 'strict'>,
  Offers<Parameters<CloudauthMock['verifications']['fail']>[1], 'Z1146'>,
  Offers<Parameters<CloudauthMock['verify']>[0]['on'], 'face_verify.init'>,
] = ['manual', 'strict', 'Z1146', 'face_verify.init'];

export const names: readonly OperationName[] = ['GetVerifyToken', 'intl_face_verify'];
export const code: ErrorCodeOf<'face_verify.query'> = 'Z8301';

/** What the types allow the reader takes. */
export const read: Readable<z.input<typeof ruleSchema>> = {} as ScenarioRule;
type Readable<T> = T extends readonly (infer Item)[]
  ? readonly Readable<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Readable<T[K]> }
    : T;
export const scenario: Scenario = { description: { en: 'e', zh: 'z' }, rules: [] };
