/** `SdkUrl`: the packages that were built. The address carries no signature, as the documents print it. */
import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import { receive } from '../../gateway/request.js';
import { createUrls, SDK_PATH } from '../../gateway/urls.js';
import type { Build } from '../../store/builds.js';
import { isDue } from '../../verification/progression.js';
import type { PagesDeps, PagesEnv } from '../deps.js';
import { langOf, type Text } from '../ui/language.js';
import { noticeBody, page } from '../ui/layout.js';
import { isForPeople } from '../ui/refusal.js';
import { sdkZip } from './zip.js';

const UNKNOWN: Text = {
  en: 'No SDK build has this TaskId. Start one with CreateRPSDK, ask DescribeRPSDK, and open the SdkUrl it answers.',
  zh: '没有这个 TaskId 的 SDK。请调用 CreateRPSDK 开始生成，再用 DescribeRPSDK 查询，打开其返回的 SdkUrl。',
};
const UNFINISHED: Text = {
  en: 'This SDK is not built yet. Ask DescribeRPSDK until SdkUrl is not empty.',
  zh: '该 SDK 尚未生成完成。请调用 DescribeRPSDK，直到 SdkUrl 不为空。',
};

const failed = (why: string): Text => ({
  en: `This SDK cannot be built: ${why}. Mend AppUrl, and start another build with CreateRPSDK.`,
  zh: `该 SDK 生成失败：${why}。请修正 AppUrl 后重新调用 CreateRPSDK。`,
});

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
    if (account === undefined || !build) return refuse(c, UNKNOWN, 404);
    if (options.fetch !== 'none' && build.refused) return refuse(c, failed(build.refused), 409);
    if (!isBuilt(account, build)) return refuse(c, UNFINISHED, 409);
    const urls = createUrls(await receive(c.req.raw, c.env?.incoming), options.publicUrl, undefined);
    return c.body(Buffer.from(sdkZip(build, urls.endpoint())), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${taskId}.zip"`,
    });
  });
  return app;
}

const TITLE: Text = { zh: '不能下载', en: 'No download' };

/** In a page where a browser asks, else in both languages. */
function refuse(c: Context<PagesEnv>, why: Text, status: 404 | 409) {
  const lang = langOf(c.req.raw);
  return isForPeople(c)
    ? page(c, { title: TITLE[lang], body: noticeBody(TITLE[lang], why[lang]), status })
    : c.text(`${why.en}\n${why.zh}\n`, status);
}
