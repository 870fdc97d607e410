/** Starts a face verification: in the mobile SDK, or in a web page that the merchant embeds by zimId; no answer holds an address. */
import { contract } from '../../../../gateway/contract.js';
import { text } from '../../../../gateway/fields.js';
import { implement } from '../../../../gateway/operation.js';
import { objectData } from '../../codes.js';
import { initErrors } from '../codes.js';
import { start, startParams } from './start.js';

const ID = text({ example: '731be7f204a962b0486a9b64ea3050ae' });
const bizId = text({ example: 'ZSTP2018013076546767654695203625' });
const both = { methods: ['GET', 'POST'], params: startParams, envelope: objectData, errors: initErrors } as const;

const initContract = contract({
  ...both,
  name: 'face_verify.init',
  summary: { en: 'Start a face verification (mobile SDK)', zh: '发起认证请求（无线SDK）' },
  source: 'document 003 (服务端接入指南), 发起认证请求',
  response: { queryId: ID, bizId },
});

const initH5Contract = contract({
  ...both,
  name: 'face_verify.initH5',
  summary: { en: 'Start a face verification (web page)', zh: '发起认证请求（Web）' },
  source: 'document 003, sample code, and page “Web+服务端接入”',
  response: { zimId: ID, bizId },
});

export const init = implement(initContract, async (input, context) => {
  const { id, bizId } = await start('mobile', input, context);
  return { queryId: id, bizId };
});

export const initH5 = implement(initH5Contract, async (input, context) => {
  const { id, bizId } = await start('h5', input, context);
  return { zimId: id, bizId };
});
