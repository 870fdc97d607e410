/**
 * Finds the faces in a photo. No picture is judged by what it shows: each has the one face of the printed example, without a
 * mask, unless a rule or the picture's name says that none can be seen.
 */
import { implement } from '../../../gateway/operation.js';
import { type Endings, endingIn } from '../../../verification/endings.js';
import { pictureForm } from '../../../verification/picture.js';
import { failureIn, outcomeOf } from '../../outcome-of.js';
import { detectFaceAttributesContract as generated } from './generated/detect-face-attributes.js';

const endings: Endings = {
  of: 'DetectFaceAttributes',
  ends: ['pass', 'fail'],
  reasons: [{ reason: 'no-face', text: { zh: '未检测到人脸', en: 'no face can be seen' } }],
  usual: 'no-face',
};
const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];

const UNUSABLE = {
  web: 'Error.DetectFaceAttributesHttpError',
  oss: 'Error.DetectFaceAttributesOssError',
  base64: 'Error.DetectFaceAttributesBase64Error',
} as const;

const FACE = {
  FaceRect: { Left: 354, Top: 453, Width: 473, Height: 473 },
  FaceAttributes: {
    ...{ Glasses: 'None', Facequal: 60, Integrity: 70, Facetype: 'Face', Respirator: 'None', Blur: 0.14 },
    Smiling: { Value: 97, Threshold: 95 },
    Headpose: { PitchAngle: -1.57, RollAngle: 7.16, YawAngle: -6.93 },
  },
};

export const detectFaceAttributes = implement(
  { ...generated, honours: { outcome: endings } },
  async ({ MaterialValue }, context) => {
    const { behaviour, photos, outcome, note, fail } = context;
    const values = { pictures: [MaterialValue] };
    const ordered = failureIn(values, codes);
    if (ordered) return fail(ordered, {}, 'magic-value');
    const why = await photos.refuse(MaterialValue, context);
    if (why !== undefined) {
      const form = pictureForm(MaterialValue)?.kind;
      const code = form ? UNUSABLE[form] : 'Error.DetectFaceAttributesParamError';
      return fail(code, {}, ['picture-refused', { name: 'MaterialValue', why }]);
    }
    const { kind } = outcome ? endingIn(endings, outcome) : outcomeOf(endings, values, behaviour.people, note);
    const FaceAttributesDetectInfo = kind === 'pass' ? [FACE] : [];
    return { ImgHeight: 1920, ImgWidth: 1080, FaceInfos: { FaceAttributesDetectInfo } };
  },
);
