/** The verbs of a test about SAF's web page: a session of initH5, its address, what queryH5 says of it. */
import type { CloudauthMock } from '../../src/index.js';
import type { CallOptions } from './call.js';
import { SAF_PERSON, saf } from './scenario.js';

export interface Started {
  readonly zimId: string;
  readonly bizId: string;
  /** Of the page, as a merchant writes it into its iframe. */
  readonly url: string;
}

export async function startH5(mock: CloudauthMock, more: object = {}, options: CallOptions = {}): Promise<Started> {
  const { Data } = await saf(mock, { method: 'initH5', ...SAF_PERSON, ...more }, options);
  return { zimId: Data.zimId!, bizId: Data.bizId!, url: safUrl(mock, Data.zimId!) };
}

export const safUrl = (mock: CloudauthMock, zimId: string): string =>
  `${mock.url}/gjj/identification_jry.html?zimId=${encodeURIComponent(zimId)}`;

export const queryH5 = (mock: CloudauthMock, { zimId, bizId }: Started, options: CallOptions = {}) =>
  saf(mock, { method: 'queryH5', zimId, bizId, returnImage: '1' }, options);

const UNESCAPED: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&#39;': "'",
};

/** What a page says it posts to its parent; undefined when it has nothing to post. */
export const postedBy = (text: string): unknown => {
  const found = /data-message="([^"]*)"/.exec(text)?.[1];
  return found && JSON.parse(found.replace(/&(quot|amp|lt|gt|#39);/g, (entity) => UNESCAPED[entity]!));
};
