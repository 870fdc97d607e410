/**
 * The return codes of document 003, verbatim. Its tables lost their row spans: the rows from B110 to Z5199, and from
 * Z8301 to Z8399, are read as continuing Code 500 (inferred).
 */
import { detail, row } from '../codes.js';

/** “统一返回Code”. Its 500 is left out: every operation has its own. */
export const commonErrors = {
  '400': row(400, '参数ServiceParameters不合法。', 'ServiceParameters is no JSON object, or its method is unknown'),
  '402': row(402, '日QPS超过已购规格，限流。', 'the daily quota is used up'),
  '403': row(403, '权限不足，服务未开通或已到期。', 'the service is not activated, has expired or is in arrears'),
  '404': row(404, '参数Service不合法。', 'Service names no service'),
} as const;

const INIT = 'init接口调用失败';
const CALL = '接口调用失败';
const QUERY = 'query接口调用失败';
const SORRY = '抱歉，系统出错了，请稍后再试';
const SORRY_POLITE = '抱歉，系统出错了，请您稍后再试';

/** Detailed codes of init and initH5. */
export const initErrors = {
  '400': row(400, 'init接口失败，name/certNumber不能为空', 'name or certNumber is missing'),
  '500': row(500, 'init接口调用失败，返回空', 'the service fails'),
  B110: row(500, 'init失败，B110，请稍后再试', 'too many attacks'),
  R110: row(500, 'init失败，R110，请稍后再试', 'too many attacks'),
  Z8102: {
    ...detail(INIT, 'PRODUCT_NOT_OPEN', 'Z8102', '请去开通产品', 'the tenant has not opened face verification'),
    unified: commonErrors['403'],
  },
  Z8199: detail(INIT, 'SYSTEM_ERROR', 'Z8199', SORRY, 'the system fails at initialisation'),
  Z1108: detail(INIT, 'DEVICE_NOT_SUPPORT', 'Z1108', '当前设备不支持刷脸', 'the device type is not supported'),
  Z1110: detail(INIT, 'SDKVERSION_NOT_SUPPORT', 'Z1110', '应用版本过低', 'the SDK version is too old'),
  Z1109: detail(INIT, 'OS_NOT_SUPPORT', 'Z1109', '当前系统不支持刷脸', 'the system version is not supported'),
  Z1111: detail(CALL, 'SYSTEM_ERROR', 'Z1111', SORRY_POLITE, 'the initialisation strategy cannot be had'),
  Z1112: detail(CALL, 'SYSTEM_ERROR', 'Z1112', SORRY_POLITE, 'face verification is unavailable for now'),
  Z1199: detail(CALL, 'SYSTEM_ERROR', 'Z1199', SORRY_POLITE, 'face verification is unavailable for now'),
  Z5101: detail(CALL, 'INVALID_PARAMETER', 'Z5101', SORRY_POLITE, 'face verification is unavailable for now'),
  Z5102: detail(CALL, 'INVALID_PARAMETER', 'Z5102', SORRY_POLITE, 'the system fails at initialisation'),
  Z5103: detail(CALL, 'INVALID_PARAMETER', 'Z5103', SORRY_POLITE, 'the system fails at initialisation'),
  Z5199: detail(CALL, 'SYSTEM_ERROR', 'Z5199', SORRY_POLITE, 'the system fails at initialisation'),
  '510': row(510, '初始化时传入参数不正确', 'a parameter is wrong; here: metainfo is missing'),
  '520': row(520, '请求参数中的用户身份信息无效，请填写正确的身份信息', 'the identity is invalid'),
  '530': row(530, '比对源不可用，暂时不可以使用刷脸', 'there is no picture to compare with'),
  '540': row(540, '刷脸失败次数过多，请您稍后再试', 'too many failures in a short time'),
} as const;

/** Detailed codes of query and queryH5. */
export const queryErrors = {
  '300': row(300, '刷脸认证未完成，请稍后再试。', 'the person has not finished'),
  '500': row(500, 'query接口调用失败', 'the service fails'),
  Z8301: {
    ...detail(
      QUERY,
      'INVALID_PARAMETER',
      'Z8301',
      SORRY_POLITE,
      'an id is missing or unknown, or the two do not belong together',
    ),
    unified: commonErrors['400'],
  },
  Z1146: detail(QUERY, 'NOT_SAME_PERSON', 'Z1146', '抱歉，没有认出您', 'the face is not that person’s'),
  Z8302: {
    ...detail(QUERY, 'PRODUCT_NOT_OPEN', 'Z8302', '请去开通产品', 'the tenant has not opened face verification'),
    unified: commonErrors['403'],
  },
  Z8399: detail(QUERY, 'SYSTEM_ERROR', 'Z8399', SORRY, 'the system fails at the query'),
} as const;

/** match documents no table of its own; the failure samples of document 003 give the two texts. */
export const matchErrors = {
  '400': row(400, '{field}不能为空', 'name, certNumber or imgbase64 is missing'),
  '500': row(500, '服务器内部错误', 'the service fails'),
  NOT_SAME_PERSON: { ...row(400, '抱歉，没有认出您(Z1146)', 'the face is not that person’s'), confidence: 'guessed' },
} as const;
