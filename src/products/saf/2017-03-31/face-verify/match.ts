/** Compares a submitted photo with the identity, all on the server. Its Data is undocumented: success carries none (inferred). */
import { contract } from '../../../../gateway/contract.js';
import { text } from '../../../../gateway/fields.js';
import { implement } from '../../../../gateway/operation.js';
import type { Endings } from '../../../../verification/endings.js';
import { outcomeOf } from '../../../outcome-of.js';
import { objectData } from '../../codes.js';
import { FACE_FAILED } from '../../session.js';
import { matchErrors } from '../codes.js';

/** It is judged there and then. */
const endings: Endings = {
  of: 'face_verify.match',
  ends: ['pass', 'fail'],
  reasons: [
    {
      reason: 'NOT_SAME_PERSON',
      also: [FACE_FAILED],
      text: { zh: matchErrors.NOT_SAME_PERSON.message, en: matchErrors.NOT_SAME_PERSON.when },
    },
  ],
  usual: 'NOT_SAME_PERSON',
};

const matchContract = contract({
  name: 'face_verify.match',
  summary: { en: 'Compare a photo with an identity (server only)', zh: '纯服务端接入，比对照片与身份' },
  source: 'document 003, sample code, and page “纯服务端接入”',
  methods: ['GET', 'POST'],
  params: {
    name: text({ required: true, missing: '400', example: '张三' }),
    certNumber: text({ required: true, missing: '400', example: '330103xxxxxxxxxxxx' }),
    imgbase64: text({ required: true, missing: '400', example: '/9j/4AAQSkZJRg==' }),
  },
  response: {},
  envelope: objectData,
  errors: matchErrors,
  honours: { outcome: endings },
});

export const match = implement(matchContract, async ({ name, certNumber }, { behaviour, outcome, note, fail }) => {
  const { kind } = outcome ?? outcomeOf(endings, { name, number: certNumber }, behaviour.people, note);
  if (kind === 'fail') return fail('NOT_SAME_PERSON');
  return {};
});
