/** Cloudauth 2020-11-12: the classic flow of 2019-03-07, its answers wrapped in ResultObject. */
import { rpcDialect } from '../../../gateway/dialect-rpc.js';
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { names } from './generated/names.js';

export const cloudauth20201112 = defineVersion({
  product: 'cloudauth',
  version: '2020-11-12',
  aliases: [],
  host: 'cloudauth.aliyuncs.com',
  defaultFormat: 'JSON',
  errorRoot: 'ErrorResponse',
  printsErrors: true,
  dialect: rpcDialect('double'),
  implemented: [],
  sampled: sampled('cloudauth/2020-11-12', names),
});
