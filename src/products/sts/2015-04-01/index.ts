/** STS 2015-04-01: credentials of a role, which classic clients ask for first, and who calls. */
import { rpcDialect } from '../../../gateway/dialect-rpc.js';
import { defineVersion } from '../../../gateway/operation.js';
import { assumeRole } from './assume-role.js';
import { getCallerIdentity } from './get-caller-identity.js';

export const sts20150401 = defineVersion({
  product: 'sts',
  version: '2015-04-01',
  aliases: [],
  host: 'sts.aliyuncs.com',
  defaultFormat: 'XML',
  errorRoot: 'Error',
  dialect: rpcDialect('single'),
  implemented: [assumeRole, getCallerIdentity],
});
