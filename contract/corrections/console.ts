/** Whitelists, Cloudauth 2019-03-07: the console's interfaces, whose pages give values and limits. */
import type { Corrections, ParamCorrection } from '../corrections.js';

const TEXT = 'the metadata’s own text of the parameter';
const PAGE = 'help page 223752 (CreateWhitelist)';

const SERVICE: Readonly<Record<string, ParamCorrection>> = {
  ServiceCode: { values: ['antcloudauth', 'cloudauthst'], from: TEXT },
};
const STATUS: Readonly<Record<string, ParamCorrection>> = {
  Status: { values: ['VALID', 'INVALID', 'DELETED'], from: TEXT },
};

export const consoles: Corrections = {
  'cloudauth/2019-03-07/CreateWhitelistSetting': { params: SERVICE },
  'cloudauth/2019-03-07/DeleteWhitelistSetting': { params: SERVICE },
  'cloudauth/2019-03-07/DescribeWhitelistSetting': { params: { ...SERVICE, ...STATUS } },
  'cloudauth/2019-03-07/InsertWhiteListSetting': { params: { ...SERVICE, Remark: { maxLength: 31, from: TEXT } } },
  'cloudauth/2019-03-07/RemoveWhiteListSetting': { params: SERVICE },
  'cloudauth/2019-03-07/PageQueryWhiteListSetting': { params: { ...SERVICE, ...STATUS } },
  'cloudauth/2019-03-07/CreateWhitelist': {
    params: {
      BizId: { required: true, from: PAGE },
      IdCardNum: { required: true, example: '990000199003070013', from: PAGE },
      ValidDay: { required: true, values: ['3', '7', '30'], from: PAGE },
    },
  },
};
