/**
 * The server submits everything, and is answered at once, whatever the scheme. A BizId that has not passed can be submitted
 * again; one that has is answered as it ended, and what was sent is not judged.
 */
import { sometimes } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { StoreFullError } from '../../../oss/store-full.js';
import { endingIn } from '../../../verification/endings.js';
import { TOKEN_SECONDS } from '../../../verification/verification.js';
import { failureIn, outcomeOf } from '../../outcome-of.js';
import { conclusionOf } from '../../verification-kind.js';
import { type ClassicData, classicVerification, materialEndings, PICTURE_PARAMS } from '../classic.js';
import { bindingMaterials, PICTURES, unusablePicture } from '../materials.js';
import { materialBySolution, resultOf } from './classic-result.js';
import { verifyMaterialContract as generated } from './generated/verify-material.js';

const contract = {
  ...generated,
  response: sometimes(
    { ...generated.response, Material: materialBySolution(generated.response.Material) },
    ...(['AuthorityComparisionScore', 'IdCardFaceComparisonScore', 'Material'] as const),
  ),
  // the metadata has this status for this call alone
  errors: { ...generated.errors, 'Error.InternalError': { ...generated.errors['Error.InternalError'], status: 401 } },
  honours: { outcome: materialEndings },
} as const;
const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];

export const verifyMaterial = implement(contract, async (input, context) => {
  const { BizType, BizId, Name, IdCardNumber } = input;
  const { store, clock, ids, behaviour, photos, method, fromPage, outcome, note, fail } = context;
  const scene = await store.scenes.find(BizType);
  if (!scene) return fail('InvalidParam.InvalidBiz', {}, ['no-biz', { biz: BizType }]);
  const materials = bindingMaterials({
    ...{ Name, IdentificationNumber: IdCardNumber, FacePic: input.FaceImageUrl },
    ...{ IdCardFrontPic: input.IdCardFrontImageUrl, IdCardBackPic: input.IdCardBackImageUrl },
  });
  const pictures = PICTURES.flatMap((name) => materials[name] ?? []);
  const values = { ticket: BizId, pictures, name: Name, number: IdCardNumber };
  const asked = failureIn(values, codes);
  if (asked) return fail(asked, {}, 'magic-value');
  const unusable = await unusablePicture(materials, photos, { method, fromPage });
  if (unusable) {
    const name = PICTURE_PARAMS[unusable.name as keyof typeof PICTURE_PARAMS];
    return fail('InvalidParam.MaterialsNotValid', {}, ['picture-refused', { ...unusable, name }]);
  }

  const now = clock.now();
  const id = ids.token();
  const data: ClassicData = { solution: scene.solution, binding: {}, submitted: true };
  const called = { kind: classicVerification.name, id, name: BizId, scope: BizType, shared: true };
  const life = { issued_at: now, expires_at: now + TOKEN_SECONDS * 1000 };
  await store.write(...store.verifications.addRows({ ...called, ...life, data: JSON.stringify(data) }));
  const one = (await store.verifications.byId(id))!;
  const { kind, reason } = outcome
    ? endingIn(materialEndings, outcome)
    : outcomeOf(materialEndings, values, behaviour.people, note);
  const ending = { kind: kind === 'fail' ? kind : 'pass', reason } as const;
  const conclusion = await conclusionOf(classicVerification, one, ending, now, photos, { handedIn: materials }).catch(
    (error: Error) => {
      if (error instanceof StoreFullError) return fail('InvalidParam.MaterialsNotValid', {}, 'store-full');
      throw error;
    },
  );
  const done = await store.verifications.conclude(one, conclusion, ['open', 'failed']);
  if (!done) note('biz-id-passed');
  const ended = done ?? (await store.verifications.current(one)) ?? one;
  const { FaceComparisonScore: _none, Material, ...said } = await resultOf(ended, context);
  return { ...said, VerifyToken: id, Material: Material && { ...Material, FaceMask: String(Material.FaceMask) } };
});
