/** Starts a face verification in the mobile SDK. */
import { text } from '../../../../gateway/fields.js';
import { defineOperation } from '../../../../gateway/operation.js';
import { initErrors } from '../codes.js';
import { start, startParams } from './start.js';

export const init = defineOperation({
  name: 'face_verify.init',
  summary: { en: 'Start a face verification (mobile SDK)', zh: '发起认证请求（无线SDK）' },
  source: 'document 003 (服务端接入指南), 发起认证请求',
  methods: ['GET', 'POST'],
  params: startParams,
  response: {
    queryId: text({ example: '731be7f204a962b0486a9b64ea3050ae' }),
    bizId: text({ example: 'ZSTP2018013076546767654695203625' }),
  },
  errors: initErrors,
  async handle(input, context) {
    const { id, bizId } = await start('mobile', input, context);
    return { queryId: id, bizId };
  },
});
