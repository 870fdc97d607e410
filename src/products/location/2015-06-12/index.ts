/** Location 2015-06-12: classic clients ask it where a product is. */
import { rpcDialect } from '../../../gateway/dialect-rpc.js';
import { defineVersion } from '../../../gateway/operation.js';
import { describeEndpoints } from './describe-endpoints.js';

export const location20150612 = defineVersion({
  product: 'location',
  version: '2015-06-12',
  aliases: [],
  host: 'location-readonly.aliyuncs.com',
  defaultFormat: 'XML',
  errorRoot: 'Error',
  dialect: rpcDialect('single'),
  implemented: [describeEndpoints],
});
