/** The package an SDK build yields: a stand-in of the vendor's, with what an app needs to find this emulator. */
import { strToU8, type Zippable, zipSync } from 'fflate';
import { VERSION } from '../../platform/version.js';
import { versions } from '../../products/index.js';
import type { Build } from '../../store/builds.js';

/** Local time is what a zip holds: one that differs by machine would make other bytes. Its years begin with 1980. */
const zipTime = (ms: number): Date => {
  const utc = new Date(Math.max(ms, Date.UTC(1980, 0, 2)));
  return new Date(utc.getTime() + utc.getTimezoneOffset() * 60_000);
};

/** What the client SDKs report when the person is done: the callbacks of the old Android SDK; for iOS inferred. */
const CALLBACKS = [
  ['AUDIT_PASS', 'passed: ask GetStatus, it answers 1', '认证通过：GetStatus 返回 1'],
  ['AUDIT_FAIL', 'failed: GetStatus answers 2', '认证不通过：GetStatus 返回 2'],
  ['AUDIT_IN_AUDIT', 'under review: ask GetStatus again later', '审核中：稍后再查询 GetStatus'],
  ['AUDIT_NOT', 'not finished: the person left', '未认证：用户取消'],
  ['AUDIT_EXCEPTION', 'something went wrong, or the session expired', '系统异常，或会话已过期'],
] as const;

const json = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 2)}\n`);

/** @param base where the emulator answers, without a trailing slash. @returns the same bytes for the same build */
export function sdkZip(build: Build, base: string): Uint8Array {
  const folders = build.platform === null ? ['android', 'ios'] : [build.platform.toLowerCase()];
  const files: Zippable = {
    'README.md': strToU8(readme(base)),
    'manifest.json': json({
      TaskId: build.task_id,
      Platform: build.platform,
      AppUrl: build.app_url,
      packageName: build.package_name,
      createdAt: new Date(build.created_at).toISOString(),
    }),
    'config.json': json({
      endpoint: base,
      RegionId: 'cn-hangzhou',
      versions: versions.map(({ product, version }) => `${product}/${version}`),
    }),
    ...Object.fromEntries(folders.map((folder) => [`${folder}/README.md`, strToU8(callbacks(folder))])),
  };
  return zipSync(files, { mtime: zipTime(build.created_at) });
}

const readme = (base: string): string => `# Stand-in for the mobile verification SDK

Made by cloudauth-mock ${VERSION}. It holds no code of the vendor and cannot be linked into an app: it shows that the
build was asked for, finished and could be downloaded.

Point your server at ${base} (config.json): the same calls, signed with the keys of the emulator. An app needs no
change: hand it the VerifyToken of GetVerifyToken, or open its CloudauthPageUrl in a web view; the page ends the
verification as the SDK would. Without a page, the emulator's simulated person ends it.

# 无线认证SDK的替身

由 cloudauth-mock ${VERSION} 生成，不含厂商代码，不能集成到应用中；它只表示 SDK 已按请求生成并可下载。

请把服务端的接入地址改为 ${base}（见 config.json），调用方式不变，使用本模拟器的密钥签名。应用无需改动：把
GetVerifyToken 返回的 VerifyToken 交给应用，或在 WebView 中打开 CloudauthPageUrl，页面会像 SDK 一样完成认证；
不打开页面时由模拟用户完成。
`;

const callbacks = (folder: string): string => `# ${folder}

What the SDK reports to the app, and what the server then sees.
SDK 回调给应用的结果，以及服务端随后看到的状态。

| Callback / 回调 | Meaning | 含义 |
| --- | --- | --- |
${CALLBACKS.map(([name, en, zh]) => `| ${name} | ${en} | ${zh} |`).join('\n')}
`;
