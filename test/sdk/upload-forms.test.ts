/** What each generator of the vendor's SDKs posts is stored as the file its program gave it. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/index.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { call } from '../support/call.js';
import { FACE } from '../support/face.js';
import { listening, openApi } from '../support/sdk.js';
import { GENERATORS } from '../support/upload-forms.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening();
});
afterAll(() => mock.close());

const authorize = () => openApi(mock.url)('2019-12-19', 'AuthorizeFileUpload', { Product: 'Cloudauth' });

/** In chunks, as they send it. @returns status and body */
async function post(host: string, headers: Record<string, string>, body: Buffer): Promise<[number, string]> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sending = httpRequest(`http://${host}/`, { method: 'POST', headers });
    sending.once('response', resolve).once('error', reject);
    sending.write(body.subarray(0, 100));
    sending.end(body.subarray(100));
  });
  return [answer.statusCode!, await text(answer)];
}

/** As GetMaterials hands it out to whoever submitted its address. */
async function stored(url: string): Promise<Buffer> {
  const v2017 = (action: string, params: Record<string, string>) => openApi(mock.url)('2017-11-17', action, params);
  const task = { Biz: 'RPMin', TicketId: url };
  const { Data } = await v2017('GetVerifyToken', task);
  const materials = { Name: '张三', IdentificationNumber: '330103xxxxxxxxxxxx', FacePic: url };
  const given = Object.entries(materials).flatMap(([MaterialType, Value], at) => [
    [`Material.${at + 1}.MaterialType`, MaterialType],
    [`Material.${at + 1}.Value`, Value],
  ]);
  await v2017('SubmitMaterials', { VerifyToken: Data.VerifyToken.Token, ...Object.fromEntries(given) });
  const { Data: kept } = await v2017('GetMaterials', task);
  return Buffer.from(await (await fetch(kept.FacePic)).arrayBuffer());
}

describe.each(Object.entries(GENERATORS))('%s', (_language, { userAgent, form }) => {
  const upload = async (file: Buffer) => {
    const given = await authorize();
    const host = `${given.Bucket}.${given.Endpoint}`;
    const fields = {
      host,
      OSSAccessKeyId: given.AccessKeyId,
      policy: given.EncodedPolicy,
      Signature: given.Signature,
      key: given.ObjectKey,
    };
    const boundary = '01234567890123';
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}`, 'user-agent': userAgent };
    const [status, xml] = await post(host, headers, await form(fields, file, boundary));
    return { status, xml, key: given.ObjectKey as string, url: `http://${host}/${given.ObjectKey}` };
  };

  test.each([
    ['a photo', FACE_JPEG],
    ['a file that ends with a line end', Buffer.from('\xff\xd8\xff--0123\r\n--\r\n', 'latin1')],
    ['a file of many chunks', Buffer.concat([FACE_JPEG, Buffer.alloc(300_000, 7)])],
  ])('%s is stored as it was', async (_what, file) => {
    const { status, url } = await upload(file);
    expect([status < 300, (await stored(url)).equals(file)]).toEqual([true, true]);
  });

  test('what was uploaded is the face that is compared, whether or not its address leads here', async () => {
    const { key } = await upload(FACE_JPEG);
    const { MetaInfo: _, ...person } = FACE;
    const uploaded = { ...person, ProductCode: 'ID_MIN', FaceContrastFile: `http://127.0.0.1:9/${key}` };
    const { json } = await call(mock, { Action: 'ContrastFaceVerify', Version: '2019-03-07', ...uploaded });
    expect([json.Code, json.ResultObject?.Passed]).toEqual(['200', 'T']);
  });
});
