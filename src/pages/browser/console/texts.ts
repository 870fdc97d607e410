/** What the console says, in both languages; each view has a table of its own beside it. */
import { lang } from './api.js';

const TEXTS = {
  live: ['实时', 'Live'],
  verifications: ['认证', 'Verifications'],
  fail: ['制造失败', 'Make it fail'],
  scenarios: ['场景', 'Scenarios'],
  catalogue: ['人员与错误码', 'People, codes'],
  coverage: ['覆盖率', 'Coverage'],
  state: ['时钟与状态', 'Clock and state'],
  connect: ['接入', 'Connect'],
  views: ['视图', 'Views'],
  account: ['账号', 'Account'],
  skip: ['跳到内容', 'Skip to content'],
  other: ['English', '中文'],
  connected: ['已连接', 'live'],
  lost: ['连接中断，正在重连', 'connection lost, trying again'],
  refused: ['控制面拒绝了连接', 'the control side refuses'],
  events: ['事件', 'Events'],
  failed: ['失败', 'failed'],
  close: ['关闭', 'Close'],
  copied: ['已复制', 'Copied'],
  help: ['快捷键', 'Keys'],
  keyNext: ['下一条 / 上一条', 'next / previous one'],
  keyFilter: ['过滤', 'filter'],
  keyClose: ['关闭', 'close'],
  keyErrors: ['只看错误', 'errors only'],
  keyPause: ['暂停', 'pause'],
  keyViews: ['切换视图', 'views'],
} as const;

export type TextName = keyof typeof TEXTS;

const inBoth =
  <Name extends string>(texts: Readonly<Record<Name, readonly [zh: string, en: string]>>) =>
  (name: Name): string =>
    texts[name][lang === 'zh' ? 0 : 1];

export const t = inBoth<TextName>(TEXTS);

/** @param own texts of one view, by name, Chinese first @returns what says one of them, or one of those all views have */
export const withOwn = <Name extends string>(own: Readonly<Record<Name, readonly [zh: string, en: string]>>) =>
  inBoth<Name | TextName>({ ...TEXTS, ...own });
