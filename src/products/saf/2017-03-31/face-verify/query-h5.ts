/** Result of a face verification in a web page. */
import { text } from '../../../../gateway/fields.js';
import { defineOperation } from '../../../../gateway/operation.js';
import { queryErrors } from '../codes.js';
import { ask, askResponse, returnImage } from './ask.js';

export const queryH5 = defineOperation({
  name: 'face_verify.queryH5',
  summary: { en: 'Result of a face verification (web page)', zh: '查询认证结果（Web）' },
  source: 'document 003, sample code, and page “Web+服务端接入”',
  methods: ['GET', 'POST'],
  params: {
    bizId: text({ required: true, missing: 'Z8301', example: 'ZSTP2018013076546767654695203625' }),
    zimId: text({ required: true, missing: 'Z8301', example: '731be7f204a962b0486a9b64ea3050ae' }),
    returnImage,
  },
  response: askResponse,
  errors: queryErrors,
  order: { JSON: ['Message', 'Code', 'Data', 'RequestId'] },
  handle: ({ bizId, zimId, returnImage: wanted }, context) => ask('h5', zimId, bizId, wanted === '1', context),
});
