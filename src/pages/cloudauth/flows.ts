/** The two flows whose people verify on this page: that of GetVerifyToken, and that of DescribeVerifyToken. */

import { html } from 'hono/html';
import { type ClassicData, classicVerification, verifyStatuses } from '../../products/cloudauth/classic.js';
import { cloudauthTask, taskData } from '../../products/cloudauth/task.js';
import type { VerificationKind } from '../../products/verification-kind.js';
import type { Reason } from '../../verification/endings.js';
import type { Verification } from '../../verification/verification.js';
import { choicesOf, meaningOf } from '../ui/endings.js';
import type { Lang, Text } from '../ui/language.js';
import type { Html } from '../ui/layout.js';

/** Where a person goes: an address, and the parameter it came by. */
export interface Forward {
  readonly name: string;
  readonly value: string;
}

export interface Flow {
  readonly kind: VerificationKind;
  /** How a tester can have it end, and the words for it. */
  readonly choices: readonly (readonly [word: string, text: Text])[];
  /** For the developer: how name and number come, and which call takes the materials of a scheme without a page. */
  readonly identity: Text;
  readonly submission: string;
  /** What the call that gave the token said of where to go; it comes before what the address says. */
  forwards(one: Verification): { readonly passed?: Forward; readonly failed?: Forward };
  /** Why it failed. */
  why(reason: string, lang: Lang): Html;
}

const choices = (kind: VerificationKind, failed: (reason: Reason) => Text) =>
  choicesOf(
    kind.endings,
    {
      pass: { zh: '通过', en: 'Pass' },
      quit: { zh: '中途退出', en: 'Quit' },
      expire: { zh: '会话过期', en: 'Expire' },
    },
    failed,
  );

export const taskFlow: Flow = {
  kind: cloudauthTask,
  choices: choices(cloudauthTask, ({ text }) => ({ zh: `不通过：${text.zh}`, en: `Fail: ${text.en}` })),
  identity: {
    zh: '此认证方案需要在 GetVerifyToken 的 Binding 中提供 Name 和 IdentificationNumber。',
    en: 'This scheme needs Name and IdentificationNumber in Binding of GetVerifyToken.',
  },
  submission: 'SubmitMaterials',
  forwards: () => ({}),
  why(reason, lang) {
    // as GetStatus answers it; in English with what it means, where it is one of the documented
    const meaning = lang === 'en' && meaningOf(cloudauthTask.endings, reason);
    return html`<p lang="zh-CN">${reason}</p>${meaning ? html`<p class="soft">${meaning}</p>` : ''}`;
  },
};

export const classicFlow: Flow = {
  kind: classicVerification,
  choices: choices(classicVerification, ({ text }) => ({ zh: `不通过 ${text.zh}`, en: `Fail ${text.en}` })),
  identity: {
    zh: '此认证方案需要 DescribeVerifyToken 的 Name 和 IdCardNumber。',
    en: 'This scheme needs Name and IdCardNumber of DescribeVerifyToken.',
  },
  submission: 'VerifyMaterial',
  forwards(one) {
    const { passedRedirectUrl, failedRedirectUrl } = taskData(one) as ClassicData;
    return {
      passed: passedRedirectUrl === undefined ? undefined : { name: 'PassedRedirectUrl', value: passedRedirectUrl },
      failed: failedRedirectUrl === undefined ? undefined : { name: 'FailedRedirectUrl', value: failedRedirectUrl },
    };
  },
  why(reason, lang) {
    return html`<p>${verifyStatuses[reason]?.text[lang]}</p><p class="soft">VerifyStatus ${reason}</p>`;
  },
};

/** @returns undefined for what has another page */
export const flowOf = ({ kind }: Verification): Flow | undefined =>
  [taskFlow, classicFlow].find((flow) => flow.kind.name === kind);
