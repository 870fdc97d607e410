/** Cloudauth-intl 2022-08-09: the international product (ID Verification, eKYC). */
import { rpcDialect } from '../../../gateway/dialect-rpc.js';
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { commonErrors, intlErrors } from './errors.js';
import { names } from './generated/names.js';

export const cloudauthIntl20220809 = defineVersion({
  product: 'cloudauth-intl',
  version: '2022-08-09',
  aliases: [],
  host: 'cloudauth-intl.ap-southeast-1.aliyuncs.com',
  defaultFormat: 'JSON',
  errorRoot: 'ErrorResponse',
  dialect: { ...rpcDialect('double'), commonErrors },
  implemented: [],
  sampled: sampled('cloudauth-intl/2022-08-09', names, { intlErrors }),
});
