/** OpenPlatform 2019-12-19: what SDKs ask before they upload a file. */
import { rpcDialect } from '../../../gateway/dialect-rpc.js';
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { names } from './generated/names.js';

export const openplatform20191219 = defineVersion({
  product: 'openplatform',
  version: '2019-12-19',
  aliases: [],
  host: 'openplatform.aliyuncs.com',
  defaultFormat: 'JSON',
  errorRoot: 'ErrorResponse',
  dialect: rpcDialect('double'),
  implemented: [],
  sampled: sampled('openplatform/2019-12-19', names),
});
