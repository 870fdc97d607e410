/** Whose a bank card is, by two, three or four elements. */
import { bankMetaVerifyContract } from '../generated/bank-meta-verify.js';
import type { Answers } from './answers.js';
import { check } from './check.js';

const card: Answers = {
  '201': ['持卡人信息有误', 'the holder’s data are wrong'],
  '202': ['未开通无卡支付', 'the card is not enabled for online payment'],
  '203': ['卡已过期', 'the card has expired'],
  '204': ['受限制的卡', 'the card is restricted'],
  '205': ['卡被没收', 'the card is confiscated'],
  '206': ['无效卡号', 'the card number is invalid'],
  '207': ['无此发卡行', 'there is no such issuer'],
  '208': ['卡未初始化或睡眠卡', 'the card is not initialised, or dormant'],
  '209': ['作弊卡或吞卡', 'the card is fraudulent, or was swallowed'],
  '210': ['卡已挂失', 'the card is reported lost'],
  '211': ['密码错误次数超限', 'the PIN was wrong too often'],
  '212': ['发卡行不支持此交易', 'the issuer refuses'],
  '213': ['卡状态不正常', 'the card is in an abnormal state'],
  '214': ['未预留手机号', 'no phone number is stored with the card'],
  '215': ['密码、有效期或 CVN2 有误', 'PIN, expiry or CVN2 is wrong'],
  '216': ['其他不一致', 'they do not belong together otherwise'],
  '301': ['不支持的银行卡', 'the card is not supported'],
  '302': ['验证失败或银行拒绝', 'the check failed, or the bank refuses'],
  '303': ['不支持手机号核验', 'the phone number of the card cannot be checked'],
  '304': ['卡号有误', 'the card number is wrong'],
  '305': ['其他', 'there is no answer otherwise'],
  '306': ['验证次数过多', 'the card was checked too often'],
};

export const bankChecks = [
  check(bankMetaVerifyContract, {
    answers: card,
    usual: '201',
    none: '305',
    passes: '101',
    needs: ({ ProductType }) =>
      ProductType === 'BANK_CARD_2_META'
        ? []
        : ['IdentifyNum', ...(ProductType === 'BANK_CARD_4_META' ? ['Mobile'] : [])],
  }),
] as const;
