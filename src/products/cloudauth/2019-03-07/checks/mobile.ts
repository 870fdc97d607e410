/** Whose a phone number is, and whether it is in use. Names and numbers are hashed as a whole here. */

import { mobileOnlineStatusContract } from '../generated/mobile-online-status.js';
import { mobileOnlineTimeContract } from '../generated/mobile-online-time.js';
import { mobileRecycledMetaVerifyContract } from '../generated/mobile-recycled-meta-verify.js';
import { mobile2MetaVerifyContract } from '../generated/mobile2-meta-verify.js';
import { mobile3MetaDetailStandardVerifyContract } from '../generated/mobile3-meta-detail-standard-verify.js';
import { mobile3MetaDetailVerifyContract } from '../generated/mobile3-meta-detail-verify.js';
import { mobile3MetaSimpleStandardVerifyContract } from '../generated/mobile3-meta-simple-standard-verify.js';
import { mobile3MetaSimpleVerifyContract } from '../generated/mobile3-meta-simple-verify.js';
import { type Answers, BIZ_CODES, type Row } from './answers.js';
import { check } from './check.js';

const SIMPLE: Row = { answers: BIZ_CODES, usual: '2', none: '3', hashing: 'whole' };

const owner: Answers = {
  '201': ['手机号与姓名、证件号均不一致', 'neither name nor ID number fits the phone number'],
  '202': ['手机号与姓名一致，与证件号不一致', 'the name fits the phone number, the ID number does not'],
  '203': ['手机号与证件号一致，与姓名不一致', 'the ID number fits the phone number, the name does not'],
  '204': ['其他不一致', 'they do not fit otherwise'],
  '301': BIZ_CODES['3'],
};
const DETAIL: Row = { ...SIMPLE, answers: owner, usual: '201', none: '301', passes: '101' };

const state: Answers = {
  '201': ['停机', 'the phone number is suspended'],
  '202': ['销号', 'the phone number is cancelled'],
  '203': ['在网但不可用', 'the phone number is on the net and cannot be used'],
  '204': ['不在网', 'the phone number is not on the net'],
  '301': BIZ_CODES['3'],
};

/** In months: [0, 3), [3, 6), [6, 12), [12, 24), [24, +). */
const time: Answers = {
  TimeCode1: ['在网不足 3 个月', 'in use for less than 3 months', '1'],
  TimeCode2: ['在网 3 至 6 个月', 'in use for 3 to 6 months', '1'],
  TimeCode3: ['在网 6 至 12 个月', 'in use for 6 to 12 months', '1'],
  TimeCode4: ['在网 12 至 24 个月', 'in use for 12 to 24 months', '1'],
  TimeCode5: ['在网 24 个月以上', 'in use for 24 months or more', '1'],
  '3': BIZ_CODES['3'],
};
const TIME_CODES = {
  TimeCode1: ['001'],
  TimeCode2: ['002'],
  TimeCode3: ['003'],
  TimeCode4: ['004'],
  TimeCode5: ['005'],
};

const recycled: Answers = {
  '102': ['注册时间小于手机号入网时间', 'the phone number has changed hands since the registration', '1'],
  '103': ['新入网用户暂未同步', 'the phone number is too new to be known', '1'],
  '301': ['数据异常或离网用户', 'there is no record, or the phone number is not in use'],
};

export const mobileChecks = [
  check(mobile2MetaVerifyContract, SIMPLE),
  check(mobile3MetaSimpleVerifyContract, SIMPLE),
  check(mobile3MetaSimpleStandardVerifyContract, SIMPLE),
  check(mobile3MetaDetailVerifyContract, DETAIL),
  check(mobile3MetaDetailStandardVerifyContract, DETAIL),
  check(mobileOnlineStatusContract, { ...DETAIL, answers: state }),
  check(mobileOnlineTimeContract, {
    ...SIMPLE,
    answers: time,
    usual: '3',
    also: TIME_CODES,
    members: { TimeCode: ({ reason = 'TimeCode5' }) => /^TimeCode(\d)$/.exec(reason)?.[1] },
  }),
  check(mobileRecycledMetaVerifyContract, { ...DETAIL, answers: recycled, usual: '102' }),
] as const;
