/** Whose a vehicle is, and what is registered of it. The facts are one invented vehicle's, whatever plate is asked for. */

import { vehicleInsureQueryContract } from '../generated/vehicle-insure-query.js';
import { vehicleMetaVerifyContract } from '../generated/vehicle-meta-verify.js';
import { vehicleMetaVerifyV2Contract } from '../generated/vehicle-meta-verify-v2.js';
import { vehicleQueryContract } from '../generated/vehicle-query.js';
import { vehicle5ItemQueryContract } from '../generated/vehicle5-item-query.js';
import { BIZ_CODES, NO_RECORD, type Row } from './answers.js';
import { check } from './check.js';

const OWNER: Row = {
  answers: BIZ_CODES,
  usual: '2',
  none: '3',
  needs: ({ VerifyMetaType }) => (VerifyMetaType === 'VEHICLE_3_META' ? ['IdentifyNum'] : []),
};
const FACTS: Row = { answers: NO_RECORD, usual: '3', none: '3' };

/** A JSON text, of a vehicle that is found and whose it is. */
const told = (facts: object): Pick<Row, 'members'> => ({
  members: { VehicleInfo: ({ reason }) => (reason === undefined ? JSON.stringify(facts) : undefined) },
});

const VIN = 'LSV00000000000001';
const REGISTERED = '2020-01-01 00:00:00';
const UNTIL = '2035-01-01 00:00:00';
const SIZES = { approvedCount: 5, approvedLoad: 0, axleCount: 2, backWheelDistance: 1550, frontWheelDistance: 1550 };
const ENGINE = { displacement: 1984, engineType: 'TEST', fuelType: '汽油', power: 140 };
const MASSES = { totalMass: 2000, unladenMass: 1500, wheelBase: 2700 };
const NAMES = { engineNo: 'TEST000001', modelNo: 'TEST0001', brand: '测试牌' };
const STATE = { state: '0', stateDesc: '正常', useProperty: 0, usePropertyDesc: '非营运' };

/** The members of each are those its page prints; the second version writes its numbers as texts. */
const V2 = {
  ...Object.fromEntries(
    Object.entries({ ...SIZES, ...ENGINE, ...MASSES }).map(([name, value]) => [name, String(value)]),
  ),
  ...{ brand: NAMES.brand, engineNum: NAMES.engineNo, modelNum: NAMES.modelNo, vin: VIN },
  ...{ inspectionDate: UNTIL, registrationDate: REGISTERED, retirementDate: UNTIL },
  ...{ useProperty: STATE.usePropertyDesc, vehicleState: STATE.stateDesc },
};
const ALL = {
  ...{ ...SIZES, ...ENGINE, ...MASSES, ...NAMES, ...STATE, vin: VIN },
  ...{ high: 1450, long: 4700, wide: 1800, releaseDate: '' },
  ...{ compulsoryScrapTo: UNTIL, inspectionResultEffectiveTo: UNTIL, registrationDate: REGISTERED },
};
const FIVE = {
  ...NAMES,
  ...STATE,
  registrationDate: REGISTERED,
  engineType: ENGINE.engineType,
  vin: VIN,
  type: '小型轿车',
};
const INSURED = {
  firstInsuranceDate: '2020-01-01',
  lastInsuranceDate: '2025-01',
  latestInsuranceDate: '2026-01',
  latestInsuranceDateStart: '2025-01',
};

export const vehicleChecks = [
  check(vehicleMetaVerifyContract, OWNER),
  check(vehicleMetaVerifyV2Contract, { ...OWNER, ...told(V2) }),
  check(vehicleQueryContract, { ...FACTS, ...told(ALL) }),
  check(vehicle5ItemQueryContract, { ...FACTS, ...told(FIVE) }),
  check(vehicleInsureQueryContract, { ...FACTS, ...told(INSURED) }),
] as const;
