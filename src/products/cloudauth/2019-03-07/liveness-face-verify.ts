/** Tells whether a photo that a server sends is of a living person (LR_FR_MIN). A CertifyId it answers is told nobody else. */
import { implement } from '../../../gateway/operation.js';
import { certifyId } from '../financial-grade.js';
import { sceneProblem } from './admission.js';
import { SOURCES } from './contrast-photo.js';
import { livenessFaceVerifyContract as generated } from './generated/liveness-face-verify.js';
import { materialOfPhoto } from './material-info.js';
import { endedBy, onePhotoProblem, orderedIn, serverEndings, subCode, valuesIn } from './server-only.js';

const endings = serverEndings('LivenessFaceVerify', subCode('205'), subCode('206'));
const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];

export const livenessFaceVerify = implement({ ...generated, honours: { outcome: endings } }, async (input, context) => {
  const { ids, fail } = context;
  const values = valuesIn(input, [input]);
  const ordered = orderedIn(values, codes);
  if (ordered) return fail(ordered, {}, 'magic-value');
  const problem = sceneProblem(input, context) ?? (await onePhotoProblem(input, SOURCES, context));
  if (problem) return fail(problem[0], {}, problem[1]);
  const reason = endedBy(endings, values, context);
  return {
    CertifyId: certifyId(ids),
    SubCode: reason ?? '200',
    MaterialInfo: materialOfPhoto(reason),
    Passed: reason ? 'F' : 'T',
  };
});
