/** `SdkUrl`: the packages that were built. The address carries no signature, as the documents print it. */
import { Hono } from 'hono/tiny';
import { receive } from '../../gateway/request.js';
import { createUrls, SDK_PATH } from '../../gateway/urls.js';
import type { Build } from '../../store/builds.js';
import { isDue } from '../../verification/progression.js';
import type { PagesDeps, PagesEnv } from '../deps.js';
import { sdkZip } from './zip.js';

const UNKNOWN = [
  'No SDK build has this TaskId. Start one with CreateRPSDK, ask DescribeRPSDK, and open the SdkUrl it answers.',
  '没有这个 TaskId 的 SDK。请调用 CreateRPSDK 开始生成，再用 DescribeRPSDK 查询，打开其返回的 SdkUrl。',
];
const UNFINISHED = [
  'This SDK is not built yet. Ask DescribeRPSDK until SdkUrl is not empty.',
  '该 SDK 尚未生成完成。请调用 DescribeRPSDK，直到 SdkUrl 不为空。',
];

const failed = (why: string): string[] => [
  `This SDK cannot be built: ${why}. Mend AppUrl, and start another build with CreateRPSDK.`,
  `该 SDK 生成失败：${why}。请修正 AppUrl 后重新调用 CreateRPSDK。`,
];

export function sdkDownload({ options, directory, storeOf, clockOf }: PagesDeps): Hono<PagesEnv> {
  const app = new Hono<PagesEnv>();
  const isBuilt = (account: string, build: Build): boolean =>
    // what was handed out opens; of who guesses the address the question has been counted
    build.built_at !== null ||
    (isDue(options.sdkBuild, build.created_at, clockOf(account).now(), build.asked - 1) &&
      (options.fetch === 'none' || build.package_name !== null));

  app.get(`${SDK_PATH}:file`, async (c) => {
    const taskId = /^(\w+)\.zip$/.exec(c.req.param('file'))?.[1] ?? '';
    const account = await directory.ofBuild(taskId);
    const build = account === undefined ? undefined : await storeOf(account).builds.find(taskId);
    if (account === undefined || !build) return c.text(say(UNKNOWN), 404);
    if (options.fetch !== 'none' && build.refused) return c.text(say(failed(build.refused)), 409);
    if (!isBuilt(account, build)) return c.text(say(UNFINISHED), 409);
    const urls = createUrls(await receive(c.req.raw, c.env?.incoming), options.publicUrl, undefined);
    return c.body(Buffer.from(sdkZip(build, urls.endpoint())), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${taskId}.zip"`,
    });
  });
  return app;
}

const say = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
