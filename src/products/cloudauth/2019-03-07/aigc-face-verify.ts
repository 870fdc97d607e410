/** Tells whether a face photo was made by AI (LR_FR_AIGC): the one call of the family where Y is what nobody wants. */
import { implement } from '../../../gateway/operation.js';
import { certifyId } from '../financial-grade.js';
import { sceneProblem } from './admission.js';
import { SOURCES } from './contrast-photo.js';
import { aIGCFaceVerifyContract as generated } from './generated/aigcface-verify.js';
import { endedBy, onePhotoProblem, orderedIn, serverEndings, valuesIn } from './server-only.js';

const MADE = 'Y';
const endings = serverEndings('AIGCFaceVerify', {
  reason: MADE,
  also: ['205'],
  text: { zh: 'AI生成的人脸', en: 'the face was made by AI' },
});
const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];
/** It takes no CertifyId. */
const FROM = SOURCES.filter((name) => name !== 'CertifyId');

export const aigcFaceVerify = implement({ ...generated, honours: { outcome: endings } }, async (input, context) => {
  const { ids, fail } = context;
  const values = valuesIn(input, [input]);
  const ordered = orderedIn(values, codes);
  if (ordered) return fail(ordered, {}, 'magic-value');
  const problem = sceneProblem(input, context) ?? (await onePhotoProblem(input, FROM, context));
  if (problem) return fail(problem[0], {}, problem[1]);
  const isMade = endedBy(endings, values, context) === MADE;
  return { Result: isMade ? MADE : 'N', Score: isMade ? '1.0000' : '0.0001', CertifyId: certifyId(ids) };
});
