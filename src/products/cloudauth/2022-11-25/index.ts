/** Cloudauth 2022-11-25: checks of companies. */
import { rpcDialect } from '../../../gateway/dialect-rpc.js';
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { names } from './generated/names.js';

export const cloudauth20221125 = defineVersion({
  product: 'cloudauth',
  version: '2022-11-25',
  aliases: [],
  host: 'cloudauth.aliyuncs.com',
  defaultFormat: 'JSON',
  errorRoot: 'ErrorResponse',
  printsErrors: true,
  dialect: rpcDialect('double'),
  implemented: [],
  sampled: sampled('cloudauth/2022-11-25', names),
});
