/**
 * Makes a verification scene; a repeated BizType replaces it. The page lists no error codes: violations answer
 * 400 Invalid{Param} (guessed). Its example switches GUIDE and RESULT off and lists them all the same; here the
 * switches are honoured and default to true.
 */
import { contract } from '../../../gateway/contract.js';
import { boolean, list, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { solutions, stepList } from '../../../verification/solutions.js';

const createVerifySettingContract = contract({
  name: 'CreateVerifySetting',
  summary: { en: 'Create a verification scene', zh: '创建认证场景配置' },
  source: 'document 002 (控制台开放接口 2020-05-26), section 4',
  methods: ['POST'],
  params: {
    BizName: text({ required: true, maxLength: 20, pattern: /^[\p{Script=Han}A-Za-z0-9-]+$/u, example: '用户注册' }),
    BizType: text({ required: true, maxLength: 20, pattern: /^[A-Za-z0-9-]+$/, example: 'UserRegister' }),
    Solution: text({ required: true, values: Object.keys(solutions), example: 'RPBasic' }),
    GuideStep: boolean({ example: false }),
    PrivacyStep: boolean({ example: true }),
    ResultStep: boolean({ example: false }),
  },
  response: {
    BizType: text({ example: 'UserRegister' }),
    BizName: text({ example: '用户注册' }),
    Solution: text({ example: 'RPBasic' }),
    StepList: list(text(), { example: ['GUIDE', 'PRIVACY', 'FACE_LIVENESS', 'TAKE_ID_PHOTO', 'RESULT'] }),
  },
  errors: {},
  order: {
    JSON: ['BizType', 'BizName', 'RequestId', 'StepList', 'Solution'],
    XML: ['BizName', 'BizType', 'RequestId', 'Solution', 'StepList'],
  },
  typed: true,
});

export const createVerifySetting = implement(
  createVerifySettingContract,
  async ({ BizType, BizName, Solution, GuideStep = true, PrivacyStep = true, ResultStep = true }, { store }) => {
    const show = { guide: GuideStep, privacy: PrivacyStep, result: ResultStep };
    await store.scenes.put({ biz: BizType, name: BizName, solution: Solution, ...show });
    return { BizType, BizName, Solution, StepList: stepList(Solution, show) };
  },
);
