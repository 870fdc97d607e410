/** Asks for a built SDK. “不为空时，表示生成完成”: an unfinished build answers an empty SdkUrl; so does an unknown TaskId (guessed). */
import { contract } from '../../../gateway/contract.js';
import { text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { isDue } from '../../../verification/progression.js';

const describeRPSDKContract = contract({
  name: 'DescribeRPSDK',
  summary: { en: 'Download address of a built SDK', zh: '下载无线认证SDK' },
  source: 'document 002 (控制台开放接口 2020-05-26), section 3',
  methods: ['POST'],
  params: { TaskId: text({ required: true, example: '1KQMcnLd4m37LN2D0F0WCD' }) },
  response: { SdkUrl: text({ example: 'example-sdkdownload.aliyun.com' }) },
  errors: {},
  order: { XML: ['SdkUrl', 'RequestId'] },
  honours: { progression: true },
});

export const describeRPSDK = implement(
  describeRPSDKContract,
  async ({ TaskId }, { store, clock, urls, packages, behaviour, note }) => {
    const build = await store.builds.ask(TaskId);
    if (!build) note('no-build');
    const due = build && isDue(behaviour.sdkBuild, build.created_at, clock.now(), build.asked);
    if (!due) return { SdkUrl: '' };
    if (packages.fetched && build.package_name === null) {
      if (build.refused) note(['build-failed', { why: build.refused }]);
      // a start in between has forgotten the download
      else packages.begin(TaskId, build.app_url);
      return { SdkUrl: '' };
    }
    if (build.built_at === null) await store.builds.built(TaskId, clock.now());
    return { SdkUrl: urls.sdk(TaskId) };
  },
);
