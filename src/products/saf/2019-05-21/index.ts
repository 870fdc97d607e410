/**
 * SAF 2019-05-21, Service intl_face_verify: document 001. 2018-09-19 is what some vendor samples and SDKs send; it
 * answers the services of both dates (inferred).
 */
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { saf20170331 } from '../2017-03-31/index.js';
import { safDialect } from '../dialect-saf.js';
import { commonErrors } from './codes.js';
import { names } from './generated/names.js';
import { intlFaceVerify } from './intl-face-verify.js';

const order = ['Data', 'Message', 'RequestId', 'Code'];

const shared = {
  product: 'saf',
  aliases: [],
  host: 'saf.ap-southeast-1.aliyuncs.com',
  defaultFormat: 'XML',
  errorRoot: 'Error',
} as const;

export const saf20190521 = defineVersion({
  ...shared,
  version: '2019-05-21',
  dialect: safDialect({ order, errors: commonErrors }),
  implemented: [intlFaceVerify],
  sampled: sampled('saf/2019-05-21', names),
});

export const saf20180919 = defineVersion({
  ...shared,
  version: '2018-09-19',
  approximates: '2019-05-21 and 2017-03-31',
  dialect: safDialect({ order, errors: commonErrors }),
  implemented: [...saf20190521.implemented, ...saf20170331.implemented],
});
