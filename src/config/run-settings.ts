/** Options of one run of tests: what is repeatable, logged, ordered, and there from the start. */
import { maskIdNumbers } from '../platform/redact.js';
import { outcomeText } from '../verification/outcome.js';
import { checkPerson, parsePerson } from '../verification/people.js';
import { checkSceneId, parseSceneId } from '../verification/scene-id.js';
import { checkScene, parseScene } from '../verification/solutions.js';
import type { Options, Setting } from './option-types.js';
import { checkList, isPath, last, oneOf, wholeNumber } from './readers.js';

type Names = 'seed' | 'log' | 'journal' | 'keep' | 'scenario' | 'people' | 'scene' | 'sceneId' | 'scenes';

export const runSettings: { readonly [K in Names]: Setting<Options[K]> } = {
  seed: {
    flag: 'seed',
    value: 'TEXT',
    default: '',
    en: 'makes ids repeatable: the same text, such as 7 or x, gives the same ids',
    zh: '使各种 ID 可重复：相同的文本（如 7 或 x）得到相同的 ID',
    read: (values) => last(values) || undefined,
  },
  log: {
    flag: 'log',
    value: 'pretty|json|silent',
    default: 'pretty',
    en: 'form of the log on stderr',
    zh: '标准错误输出上的日志格式',
    read: (values) => oneOf('pretty', 'json', 'silent')([last(values)]),
  },
  journal: {
    flag: 'journal',
    value: 'N',
    default: '1000',
    en: 'how many events of an account are kept: calls, uploads, callbacks; fewer where they are large',
    zh: '每个账号保留多少条记录：调用、上传、回调；较大时更少',
    read: wholeNumber(1_000_000),
  },
  keep: {
    flag: 'keep',
    value: 'N',
    default: '100000',
    en: 'how many verifications of an account are kept once they are over, and keys, builds and unfinished uploads likewise; 0 = all',
    zh: '每个账号保留多少个已结束的认证，以及同样多的过期密钥、SDK 生成任务和未完成的上传；0 表示全部保留',
    read: wholeNumber(100_000_000),
  },
  scenario: {
    flag: 'scenario',
    value: 'NAME|FILE',
    default: '',
    en: 'a scenario that comes with the package, or a file; see docs/scenarios.md',
    zh: '内置场景名或场景文件，见 docs/scenarios.zh-CN.md',
    repeatable: true,
    isFile: isPath,
    read: (values) => values,
  },
  people: {
    flag: 'person',
    value: 'WHO=OUTCOME',
    default: '',
    en: 'a test person of your own: pass, fail, fail:REASON or quit for whoever has this name, or this number',
    zh: '自定义的测试人员：姓名或证件号为 WHO 者的认证结果为 pass、fail、fail:REASON 或 quit',
    repeatable: true,
    read: (values) => values.map(parsePerson),
    check: checkList((one) => (typeof one === 'string' ? parsePerson(one) : checkPerson(one))),
    masked: (people) =>
      people.map(({ name, certNumber, outcome }) => {
        const who = [name, certNumber && maskIdNumbers(certNumber)].filter(Boolean).join(' ');
        return `${who}=${outcomeText(outcome)}`;
      }),
  },
  scene: {
    flag: 'scene',
    value: 'NAME[:Solution]',
    default: '',
    en: 'a Biz or BizType that every account has, as if made in the vendor’s console; Solution is RPBasic unless given',
    zh: '每个账号都有的认证场景（Biz、BizType），如同已在控制台创建；不写 Solution 则为 RPBasic',
    repeatable: true,
    read: (values) => values.map(parseScene),
    check: checkList((scene) => (typeof scene === 'string' ? parseScene(scene) : checkScene(scene))),
  },
  sceneId: {
    flag: 'scene-id',
    value: 'N[:ProductCode]',
    default: '',
    en: 'a SceneId of InitFaceVerify; with --scenes declared any other answers 404',
    zh: 'InitFaceVerify 的 SceneId；同时使用 --scenes declared 时，其他 SceneId 返回 404',
    repeatable: true,
    read: (values) => values.map(parseSceneId),
    check: checkList((one) => (typeof one === 'string' ? parseSceneId(one) : checkSceneId(one))),
  },
  scenes: {
    flag: 'scenes',
    value: 'declared|any',
    default: '',
    en: 'take only what was declared or made, or anything (a Biz as RPBasic); unless said, a Biz has to be declared and a SceneId may be any',
    zh: '只接受已声明或已创建的，或接受任意值（Biz 按 RPBasic）；未指定时，Biz 须已声明，SceneId 可任意',
    read: (values) => (last(values) === '' ? undefined : oneOf('declared', 'any')([last(values)])),
  },
};
