/** Lists the scenes that calls have made, by BizType. Those every account has without a call are not among them. */
import { implement } from '../../../gateway/operation.js';
import { stepList } from '../../../verification/solutions.js';
import { describeVerifySettingContract } from './generated/describe-verify-setting.js';

export const describeVerifySetting = implement(describeVerifySettingContract, async (_input, { store }) => {
  const VerifySettingList = (await store.scenes.list()).map((scene) => ({
    ...{ BizType: scene.biz, BizName: scene.name, Solution: scene.solution },
    StepList: stepList(scene.solution, scene),
  }));
  return { VerifySettingList };
});
