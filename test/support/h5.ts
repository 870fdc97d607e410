/** The verbs of a test about the pages, without a browser: what it gets, what it posts, what it is shown. */
import type { CloudauthMock } from '../../src/index.js';
import { call, cloudauth2017 } from './call.js';

/** Begins as a JPEG does; nobody decodes it. */
export const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
export const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

export const IDENTITY = JSON.stringify({ Name: '李三', IdentificationNumber: '990000199003070021' });

/** CloudauthPageUrl of a fresh task, with what an integrator appends. */
export async function pageUrl(
  mock: CloudauthMock,
  append: Record<string, string> = {},
  params: Record<string, string> = {},
): Promise<string> {
  const { json } = await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'ticket', ...params }));
  const url = new URL(json.Data.CloudauthPageUrl ?? `http://127.0.0.1/user_verify/cloudauth.html`);
  url.searchParams.set('token', json.Data.VerifyToken.Token);
  for (const [name, value] of Object.entries(append)) url.searchParams.set(name, value);
  return String(url);
}

export interface Shown {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Where a redirect leads, made absolute; undefined when there is none. */
  readonly location: string | undefined;
}

const read = async (response: Response, url: string): Promise<Shown> => {
  const location = response.headers.get('location');
  return {
    status: response.status,
    text: await response.text(),
    headers: response.headers,
    location: location === null ? undefined : String(new URL(location, url)),
  };
};

export const open = async (mock: CloudauthMock, url: string, headers: Record<string, string> = {}): Promise<Shown> =>
  read(await mock.fetch(new Request(url, { headers })), url);

export async function post(
  mock: CloudauthMock,
  url: string,
  fields: Record<string, string | Blob> = {},
): Promise<Shown> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return read(await mock.fetch(new Request(url, { method: 'POST', body: form })), url);
}

/** Gives the screen what it asks for, and follows to the next. @returns where the last screen leads */
export async function walk(mock: CloudauthMock, url: string, picture: Buffer = JPEG): Promise<string> {
  const base64 = picture.toString('base64');
  const fields = { agree: 'yes', FacePic: base64, IdCardFrontPic: base64, IdCardBackPic: base64 };
  let at: string | undefined = url;
  while (at?.includes('/user_verify/cloudauth.html')) at = (await post(mock, at, fields)).location;
  return at ?? '';
}

/** The page is opened, gone through, and its result seen, each a minute after the one before. */
export async function visitSlowly(mock: CloudauthMock, url: string): Promise<void> {
  await mock.clock.advance('1m');
  await open(mock, url);
  await mock.clock.advance('1m');
  const end = await walk(mock, url);
  await mock.clock.advance('1m');
  await open(mock, end);
}
