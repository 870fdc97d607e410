/** Result of a face verification, which a mobile SDK knows by queryId and a web page by zimId. */
import { contract } from '../../../../gateway/contract.js';
import { text } from '../../../../gateway/fields.js';
import { implement } from '../../../../gateway/operation.js';
import { objectData } from '../../codes.js';
import { sessionEndings } from '../../session.js';
import { queryErrors } from '../codes.js';
import { ask, askResponse, returnImage } from './ask.js';

const ID = text({ required: true, missing: 'Z8301', example: '731be7f204a962b0486a9b64ea3050ae' });
const bizId = text({ required: true, missing: 'Z8301', example: 'ZSTP2018013076546767654695203625' });
const both = {
  methods: ['GET', 'POST'],
  response: askResponse,
  envelope: objectData,
  errors: queryErrors,
  order: { JSON: ['Message', 'Code', 'Data', 'RequestId'] },
  honours: { outcome: sessionEndings, progression: true },
} as const;

const queryContract = contract({
  ...both,
  name: 'face_verify.query',
  summary: { en: 'Result of a face verification (mobile SDK)', zh: '查询认证结果（无线SDK）' },
  source: 'document 003 (服务端接入指南), 查询认证结果',
  params: { bizId, queryId: ID, returnImage },
});

const queryH5Contract = contract({
  ...both,
  name: 'face_verify.queryH5',
  summary: { en: 'Result of a face verification (web page)', zh: '查询认证结果（Web）' },
  source: 'document 003, sample code, and page “Web+服务端接入”',
  params: { bizId, zimId: ID, returnImage },
});

export const query = implement(queryContract, ({ bizId, queryId, returnImage: wanted }, context) =>
  ask('mobile', queryId, bizId, wanted === '1', context),
);

export const queryH5 = implement(queryH5Contract, ({ bizId, zimId, returnImage: wanted }, context) =>
  ask('h5', zimId, bizId, wanted === '1', context),
);
