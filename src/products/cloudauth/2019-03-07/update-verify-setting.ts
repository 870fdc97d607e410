/** Changes a scene: what is not sent stays as it is. Only the vendor's earlier SDKs know it. */
import { implement } from '../../../gateway/operation.js';
import { stepList } from '../../../verification/solutions.js';
import { createVerifySetting } from './create-verify-setting.js';
import { updateVerifySettingContract as generated } from './generated/update-verify-setting.js';

const contract = {
  ...generated,
  params: {
    ...generated.params,
    BizName: { ...generated.params.BizName, pattern: createVerifySetting.params.BizName.pattern },
  },
} as const;

export const updateVerifySetting = implement(contract, async (input, { store, fail }) => {
  const { BizType, BizName, Solution, GuideStep, PrivacyStep, ResultStep } = input;
  const found = await store.scenes.find(BizType);
  if (!found) return fail('InvalidParam.InvalidBiz', {}, ['no-biz', { biz: BizType }]);
  const scene = {
    biz: BizType,
    name: BizName ?? found.name,
    solution: Solution ?? found.solution,
    guide: GuideStep ?? found.guide,
    privacy: PrivacyStep ?? found.privacy,
    result: ResultStep ?? found.result,
  };
  await store.scenes.put(scene);
  return { BizType, BizName: scene.name, Solution: scene.solution, StepList: stepList(scene.solution, scene) };
});
