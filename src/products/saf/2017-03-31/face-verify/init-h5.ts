/** Starts a face verification in a web page, which the merchant embeds by zimId; the answer holds no address. */
import { text } from '../../../../gateway/fields.js';
import { defineOperation } from '../../../../gateway/operation.js';
import { initErrors } from '../codes.js';
import { start, startParams } from './start.js';

export const initH5 = defineOperation({
  name: 'face_verify.initH5',
  summary: { en: 'Start a face verification (web page)', zh: '发起认证请求（Web）' },
  source: 'document 003, sample code, and page “Web+服务端接入”',
  methods: ['GET', 'POST'],
  params: startParams,
  response: {
    zimId: text({ example: '731be7f204a962b0486a9b64ea3050ae' }),
    bizId: text({ example: 'ZSTP2018013076546767654695203625' }),
  },
  errors: initErrors,
  async handle(input, context) {
    const { id, bizId } = await start('h5', input, context);
    return { zimId: id, bizId };
  },
});
