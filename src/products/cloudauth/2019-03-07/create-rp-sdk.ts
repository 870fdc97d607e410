/** Starts building the mobile SDK for an app package. Its page lists no error codes: what is wrong with AppUrl shows in the build. */
import { contract } from '../../../gateway/contract.js';
import { text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';

const createRPSDKContract = contract({
  name: 'CreateRPSDK',
  summary: {
    en: 'Upload an app package; the SDK is built asynchronously',
    zh: '上传需要集成的APP包，异步生成无线认证SDK',
  },
  source: 'document 002 (控制台开放接口 2020-05-26), section 2',
  methods: ['POST'],
  params: {
    AppUrl: text({ required: true, pattern: /^https?:\/\/[^\s/]/i, example: 'https://example.aliyun.com' }),
    Platform: text({ values: ['ANDROID', 'IOS'], example: 'ANDROID' }),
  },
  response: { TaskId: text({ example: '1KQMcnLd4m37LN2D0F0WCD' }) },
  errors: {},
});

export const createRPSDK = implement(
  createRPSDKContract,
  async ({ AppUrl, Platform }, { store, clock, ids, packages, fromPage }) => {
    const TaskId = ids.taskId();
    await store.builds.add({
      task_id: TaskId,
      app_url: AppUrl,
      platform: Platform ?? null,
      created_at: clock.now(),
      asked: 0,
    });
    if (packages.fetched && fromPage) await store.builds.settle(TaskId, { refused: 'asked-for-by-a-web-page' });
    else packages.begin(TaskId, AppUrl);
    return { TaskId };
  },
);
