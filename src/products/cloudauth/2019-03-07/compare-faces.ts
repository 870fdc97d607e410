/** Compares two face photos. No picture is judged by what it shows: any two are alike, unless a rule or a picture's name says otherwise. */
import { implement } from '../../../gateway/operation.js';
import { type Endings, endingIn } from '../../../verification/endings.js';
import { pictureForm } from '../../../verification/picture.js';
import { failureIn, outcomeOf } from '../../outcome-of.js';
import { BLURRED, NO_CARD, OTHERWISE } from '../task.js';
import { compareFacesContract as generated } from './generated/compare-faces.js';

const NO_FACE = 'no-face';
/** A picture without a face is an error of the call; of two faces that differ the score is low. */
const endings: Endings = {
  of: 'CompareFaces',
  ends: ['pass', 'fail'],
  reasons: [
    { reason: 'different', also: [OTHERWISE, '204'], text: { zh: '不是同一人', en: 'they are two people' } },
    { reason: NO_FACE, also: [BLURRED, NO_CARD], text: { zh: '未检测到人脸', en: 'one shows no face' } },
  ],
  usual: 'different',
};
const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];
/** False-accept rates → the scores they begin at, as printed. */
const THRESHOLDS = JSON.stringify({ '0.0001': '90.07', '0.001': '80.01', '0.01': '70.02' });

export const compareFaces = implement({ ...generated, honours: { outcome: endings } }, async (input, context) => {
  const { behaviour, photos, outcome, note, fail } = context;
  const pictures = { SourceImageValue: input.SourceImageValue, TargetImageValue: input.TargetImageValue };
  if (input.SourceImageType !== 'FacePic' && input.TargetImageType !== 'FacePic')
    return fail('InvalidParam.FacePicNotGiven');
  const values = { pictures: Object.values(pictures) };
  const ordered = failureIn(values, codes);
  if (ordered) return fail(ordered, {}, 'magic-value');
  for (const [name, value] of Object.entries(pictures)) {
    const why = await photos.refuse(value, context);
    if (why === undefined) continue;
    const form = pictureForm(value)?.kind;
    const isThere = form === undefined || form === 'base64';
    const code = isThere ? 'InvalidParam.ImageValuePatternError' : 'InvalidParam.ImageNotFound';
    return fail(code, {}, ['picture-refused', { name, why }]);
  }
  const { kind, reason } = outcome ? endingIn(endings, outcome) : outcomeOf(endings, values, behaviour.people, note);
  if (reason === NO_FACE) return fail('Error.NoFaceDetected');
  return { SimilarityScore: kind === 'pass' ? 98.79 : 41.5, ConfidenceThresholds: THRESHOLDS };
});
