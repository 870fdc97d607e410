/**
 * Starts a classic verification, or goes on with that of the same BizType and BizId: a VerifyToken, the page a person verifies
 * on, and credentials for uploads. Pictures are judged by how they are written; whether they can be used, when it ends.
 */
import { sometimes } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { pictureForm } from '../../../verification/picture.js';
import { needsIdentity, needsPerson } from '../../../verification/solutions.js';
import { TOKEN_SECONDS } from '../../../verification/verification.js';
import { failureIn } from '../../outcome-of.js';
import { type ClassicData, classicVerification, PICTURE_PARAMS } from '../classic.js';
import { bindingMaterials, unusableAtHand } from '../materials.js';
import { describeVerifyTokenContract as generated } from './generated/describe-verify-token.js';
import { newOssUploadToken } from './oss-upload-token.js';

/** A scheme whose materials the server submits has no page. */
const contract = { ...generated, response: sometimes(generated.response, 'VerifyPageUrl') } as const;

const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];

type PictureName = keyof typeof PICTURE_PARAMS;
const PICTURES = ['IdCardFrontPic', 'IdCardBackPic', 'FaceRetainedPic'] as const satisfies PictureName[];

export const describeVerifyToken = implement(contract, async (input, context) => {
  const { BizType, BizId, Name, IdCardNumber } = input;
  const { store, clock, ids, urls, photos, method, fromPage, note, fail } = context;
  const ordered = failureIn({ ticket: BizId, name: Name }, codes);
  if (ordered) return fail(ordered, {}, 'magic-value');
  const scene = await store.scenes.find(BizType);
  if (!scene) return fail('InvalidParam.InvalidBiz', {}, ['no-biz', { biz: BizType }]);
  const pictures = Object.fromEntries(PICTURES.map((name) => [name, input[PICTURE_PARAMS[name]]]));
  const binding = bindingMaterials({ Name, IdentificationNumber: IdCardNumber, ...pictures });
  const unformed = PICTURES.find((name) => binding[name] !== undefined && !pictureForm(binding[name]));
  if (unformed)
    return fail('InvalidParam.ImageValuePatternError', {}, ['picture-form', { name: PICTURE_PARAMS[unformed] }]);
  const sent = { method, fromPage };
  const unusable = await unusableAtHand(binding, photos, sent);
  if (unusable) note(['binding-cannot-pass', { ...unusable, name: PICTURE_PARAMS[unusable.name as PictureName] }]);
  const absent = needed(scene.solution).filter((name) => input[name] === undefined);
  if (absent.length > 0) note(['scheme-needs', { solution: scene.solution, names: absent }]);
  if (input.CallbackUrl !== undefined) note(['no-callback', { why: 'form-unknown' }]);

  const now = clock.now();
  const token = ids.token();
  const data: ClassicData = {
    ...{ solution: scene.solution, binding, sent },
    ...{ passedRedirectUrl: input.PassedRedirectUrl, failedRedirectUrl: input.FailedRedirectUrl },
    ...{ callbackUrl: input.CallbackUrl, callbackSeed: input.CallbackSeed },
  };
  const { row, OssUploadToken } = newOssUploadToken(context);
  const called = { kind: classicVerification.name, id: token, name: BizId, scope: BizType, shared: true };
  const life = { issued_at: now, expires_at: now + TOKEN_SECONDS * 1000 };
  await store.write(...store.verifications.addRows({ ...called, ...life, data: JSON.stringify(data) }), row);
  return {
    VerifyPageUrl: needsPerson(scene.solution) ? urls.page(token) : undefined,
    VerifyToken: token,
    OssUploadToken,
  };
});

/** Page “认证方案”: what the integrator supplies. */
function needed(solution: string): readonly ('Name' | 'IdCardNumber' | 'FaceRetainedImageUrl')[] {
  if (solution === 'FVBioOnly') return ['FaceRetainedImageUrl'];
  return needsIdentity(solution) ? ['Name', 'IdCardNumber'] : [];
}
