/** Cloudauth 2020-06-18, the enhanced version: no longer sold, still called. */
import { rpcDialect } from '../../../gateway/dialect-rpc.js';
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { checkErrors } from '../2019-03-07/check-errors.js';
import { names } from './generated/names.js';

export const cloudauth20200618 = defineVersion({
  product: 'cloudauth',
  version: '2020-06-18',
  aliases: [],
  host: 'cloudauth.aliyuncs.com',
  defaultFormat: 'JSON',
  errorRoot: 'ErrorResponse',
  printsErrors: true,
  dialect: rpcDialect('double'),
  implemented: [],
  sampled: sampled('cloudauth/2020-06-18', names, { checkErrors }),
});
