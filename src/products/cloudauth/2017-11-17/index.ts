/**
 * Cloudauth 2017-11-17: documents 000 and 004. XML by default, answers in an envelope with `Code: "1"`.
 * The sibling dates are what real SDKs send for the same operations; apart from the fields each of them lists in its
 * answers they behave alike here (approximated).
 */
import { rpcDialect } from '../../../gateway/dialect-rpc.js';
import { defineVersion } from '../../../gateway/operation.js';
import { getMaterials } from './get-materials.js';
import { getStatus } from './get-status.js';
import { getVerifyToken } from './get-verify-token.js';
import { submitMaterials } from './submit-materials.js';

export const cloudauth20171117 = defineVersion({
  product: 'cloudauth',
  version: '2017-11-17',
  aliases: ['2017-09-12', '2017-10-10', '2018-05-04', '2018-07-03', '2018-08-07', '2018-09-16'],
  host: 'cloudauth.aliyuncs.com',
  defaultFormat: 'XML',
  errorRoot: 'Error',
  printsErrors: true,
  dialect: rpcDialect('single'),
  implemented: [getVerifyToken, submitMaterials, getStatus, getMaterials],
});
