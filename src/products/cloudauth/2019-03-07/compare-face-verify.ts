/** Compares two face photos that a server sends (PV_FC); each comes from one source. No threshold is printed: Passed decides. */
import { implement } from '../../../gateway/operation.js';
import { certifyId } from '../financial-grade.js';
import { sceneProblem } from './admission.js';
import { type PhotoSources, SOURCES } from './contrast-photo.js';
import { compareFaceVerifyContract as generated } from './generated/compare-face-verify.js';
import { ALIKE, DIFFERENT } from './material-info.js';
import { endedBy, onePhotoProblem, orderedIn, serverEndings, subCode, valuesIn } from './server-only.js';

/** It answers no SubCode; the reason goes by that of the sister calls. */
const endings = serverEndings('CompareFaceVerify', subCode('204'));
const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];

export const compareFaceVerify = implement({ ...generated, honours: { outcome: endings } }, async (input, context) => {
  const { ids, fail } = context;
  const [source, target] = [photoOf(input, 'Source'), photoOf(input, 'Target')];
  const values = valuesIn(input, [source, target]);
  const ordered = orderedIn(values, codes);
  if (ordered) return fail(ordered, {}, 'magic-value');
  const problem =
    sceneProblem(input, context) ??
    (await onePhotoProblem(source, SOURCES, context, (name) => `Source${name}`)) ??
    (await onePhotoProblem(target, SOURCES, context, (name) => `Target${name}`));
  if (problem) return fail(problem[0], {}, problem[1]);
  const differs = endedBy(endings, values, context) !== undefined;
  return {
    CertifyId: certifyId(ids),
    VerifyScore: differs ? DIFFERENT : ALIKE,
    Passed: differs ? 'F' : 'T',
  };
});

const photoOf = (input: Readonly<Record<string, unknown>>, which: 'Source' | 'Target'): PhotoSources =>
  Object.fromEntries([...SOURCES, 'OssBucketName'].map((name) => [name, input[which + name] as string | undefined]));
