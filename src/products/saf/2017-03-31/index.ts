/** SAF 2017-03-31, Service face_verify: document 003 and its sibling pages for Web and server access. */
import { defineVersion } from '../../../gateway/operation.js';
import { safDialect } from '../dialect-saf.js';
import { commonErrors } from './codes.js';
import { init, initH5 } from './face-verify/init.js';
import { match } from './face-verify/match.js';
import { query, queryH5 } from './face-verify/query.js';

export const saf20170331 = defineVersion({
  product: 'saf',
  version: '2017-03-31',
  aliases: [],
  host: 'saf.cn-shanghai.aliyuncs.com',
  defaultFormat: 'XML',
  errorRoot: 'Error',
  dialect: safDialect({
    order: ['Data', 'Message', 'Code', 'RequestId'],
    errors: commonErrors,
  }),
  implemented: [init, query, initH5, queryH5, match],
});
