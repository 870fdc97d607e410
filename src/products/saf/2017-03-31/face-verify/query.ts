/** Result of a face verification in the mobile SDK. */
import { text } from '../../../../gateway/fields.js';
import { defineOperation } from '../../../../gateway/operation.js';
import { queryErrors } from '../codes.js';
import { ask, askResponse, returnImage } from './ask.js';

export const query = defineOperation({
  name: 'face_verify.query',
  summary: { en: 'Result of a face verification (mobile SDK)', zh: '查询认证结果（无线SDK）' },
  source: 'document 003 (服务端接入指南), 查询认证结果',
  methods: ['GET', 'POST'],
  params: {
    bizId: text({ required: true, missing: 'Z8301', example: 'ZSTP2018013076546767654695203625' }),
    queryId: text({ required: true, missing: 'Z8301', example: '731be7f204a962b0486a9b64ea3050ae' }),
    returnImage,
  },
  response: askResponse,
  errors: queryErrors,
  order: { JSON: ['Message', 'Code', 'Data', 'RequestId'] },
  handle: ({ bizId, queryId, returnImage: wanted }, context) => ask('mobile', queryId, bizId, wanted === '1', context),
});
