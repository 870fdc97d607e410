/** Result of a financial-grade verification, finished by the simulated person where nobody else does. It can be asked for again. */
import { sometimes } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { StoreFullError } from '../../../oss/store-full.js';
import { failureIn } from '../../outcome-of.js';
import { finished } from '../../simulated-person.js';
import { faceData, faceEndings, financialGrade, subCodeOf } from '../financial-grade.js';
import { describeFaceVerifyContract as generated } from './generated/describe-face-verify.js';
import { materialInfo } from './material-info.js';

/** The printed example has everything at once: these come with a parameter of InitFaceVerify, or with a pass. */
const contract = {
  ...generated,
  response: sometimes(generated.response, 'DeviceRisk', 'DeviceToken', 'Success', 'UserInfo'),
  honours: { outcome: faceEndings, progression: true },
} as const;
const codes = Object.keys(generated.errors) as (keyof typeof generated.errors)[];

export const describeFaceVerify = implement(contract, async ({ SceneId, CertifyId }, context) => {
  const { store, behaviour, photos, urls, note, fail } = context;
  const known = await store.verifications.byId(CertifyId);
  if (known?.kind !== financialGrade.name) return fail('406', {}, 'no-certify-id');
  if (known.scope !== String(SceneId)) {
    if (behaviour.onlyDeclaredSceneIds) return fail('404', {}, ['other-scene-id', { id: known.scope }]);
    note(['other-scene-id', { id: known.scope }]);
  }
  const { kind, scope, name, id } = known;
  const asked = (await store.verifications.ask({ kind, scope, name, id })) ?? known;
  const data = faceData(asked);
  const ordered = failureIn({ name: asked.person ?? data.userId }, codes);
  if (ordered) return fail(ordered, {}, 'magic-value');
  const one = await finished(financialGrade, asked, context);
  if (one.status !== 'passed' && one.status !== 'failed') return fail('424', {}, 'not-submitted');
  // of two calls at once either may say it
  if (!data.queried)
    await store.verifications.revise(one, { ...one, data: JSON.stringify({ ...data, queried: true }) });
  const picture = data.deleted ? undefined : await submitted();
  if (data.deleted) note('result-deleted');
  const passed = one.status === 'passed';
  return {
    SubCode: subCodeOf(one),
    MaterialInfo: materialInfo(one, picture),
    IdentityInfo: 'null',
    DeviceToken: data.deleted ? undefined : `McozS1ZWRcRZStlERcZZo_${CertifyId}`,
    Passed: passed ? 'T' : 'F',
    DeviceRisk: data.deviceRisk && '',
    Success: passed ? 'True' : undefined,
    UserInfo:
      data.userInfo && !data.deleted
        ? JSON.stringify({ number: one.subject, name: one.person, verifyName: one.person })
        : undefined,
  };

  function submitted() {
    return photos.submitted(CertifyId, urls).catch((error: Error) => {
      if (!(error instanceof StoreFullError)) throw error;
      note('store-full');
      return undefined;
    });
  }
});
