/** Which of up to fifty phone numbers are in use: an answer for each, in their order. */
import { implement } from '../../../../gateway/operation.js';
import { endingIn } from '../../../../verification/endings.js';
import { mobileDetectContract as generated } from '../generated/mobile-detect.js';
import { BIZ_CODES, bizCodeOf, endingsOf, type Row } from './answers.js';
import { formProblem, recognised } from './forms.js';
import { ispOf } from './isp.js';
import { orderedBy } from './test-values.js';

/** Of the silent and the risky the page does not say which BizCode they have. */
const row: Row = {
  answers: {
    '102': ['空号', 'there is no such phone number', '2'],
    '103': ['停机', 'the phone number is suspended', '2'],
    '104': ['沉默号', 'the phone number is hardly used', '2'],
    '105': ['风险号', 'the phone number is switched off for long, or of one who complains', '2'],
    '301': BIZ_CODES['3'],
  },
  usual: '102',
  none: '301',
};
const endings = endingsOf(generated.name, row);

/** Its page: “最多可输入50个手机号，用英文逗号分隔”. */
const MOST = 50;

const { ChargeCount, Items } = generated.response;
const { Area, ...item } = Items.item.fields;
/** Its page: the area of a plain number alone. */
const response = {
  ChargeCount,
  Items: { ...Items, item: { ...Items.item, fields: { ...item, Area: { ...Area, optional: true } } } },
} as const;

export const mobileDetect = implement(
  { ...generated, response, honours: { outcome: endings } },
  async ({ ParamType, Mobiles }, { outcome, fail }) => {
    // a megabyte of commas is not taken apart
    const sent = Mobiles.split(',', MOST + 1);
    if (sent.length > MOST) return fail('401', {}, ['too-many-values', { name: 'Mobiles', max: MOST }]);
    const mobiles = sent.map((value) => recognised(ParamType, 'Mobile', value, 'whole'));
    const orders = mobiles.map((mobile) => orderedBy('Mobile', mobile));
    const error = orders.find((code) => code !== undefined && code in generated.errors);
    if (error) return fail(error as keyof typeof generated.errors, {}, 'magic-value');
    const hint = sent
      .map((value) => formProblem(ParamType, 'Mobile', value, 'whole'))
      .find((each) => each !== undefined);
    if (hint) return fail('401', {}, hint);
    const reasons = orders.map((code) => (outcome ? endingIn(endings, outcome).reason : reasonOf(code)));
    const bizCodes = reasons.map((reason) => bizCodeOf(row.answers, reason));
    return {
      ChargeCount: String(bizCodes.filter((code) => code !== '3').length),
      Items: mobiles.map((mobile, at) => ({
        Mobile: sent[at]!,
        BizCode: bizCodes[at]!,
        SubCode: reasons[at] ?? '101',
        IspName: ispOf(mobile),
        Area: ParamType === 'normal' ? '浙江-杭州' : undefined,
      })),
    };
  },
);

const reasonOf = (code = ''): string | undefined =>
  endings.reasons.find(({ reason, also = [] }) => [reason, ...also].includes(code))?.reason;
