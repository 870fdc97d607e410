/** The verbs of a Cloudauth 2017-11-17 verification. */
import type { CloudauthMock } from '../../src/emulator/api.js';
import { type CallOptions, call, cloudauth2017, type Reply } from './call.js';

export const FACE = 'base64:///9j/4AAQSkZJRg==';
export const PERSON = { Name: '测试甲', IdentificationNumber: '990000199003070013', FacePic: FACE };

export async function openTask(
  mock: Pick<CloudauthMock, 'fetch'>,
  Biz = 'RPMin',
  TicketId = 'ticket',
  more: Record<string, string> = {},
  options: CallOptions = {},
): Promise<string> {
  const { json } = await call(mock, cloudauth2017('GetVerifyToken', { Biz, TicketId, ...more }), options);
  return json.Data.VerifyToken.Token;
}

/** `Material.1.MaterialType=Name&Material.1.Value=…` */
export const materialParams = (materials: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(materials).flatMap(([MaterialType, Value], index) => [
      [`Material.${index + 1}.MaterialType`, MaterialType],
      [`Material.${index + 1}.Value`, Value],
    ]),
  );

export const submit = (
  mock: CloudauthMock,
  VerifyToken: string,
  materials: Record<string, string> = PERSON,
  options: CallOptions = {},
): Promise<Reply> =>
  call(mock, cloudauth2017('SubmitMaterials', { VerifyToken, ...materialParams(materials) }), options);

export const getStatus = (
  mock: CloudauthMock,
  Biz = 'RPMin',
  TicketId = 'ticket',
  options: CallOptions = {},
): Promise<Reply> => call(mock, cloudauth2017('GetStatus', { Biz, TicketId }), options);

export const getMaterials = (
  mock: CloudauthMock,
  Biz = 'RPMin',
  TicketId = 'ticket',
  options: CallOptions = {},
): Promise<Reply> => call(mock, cloudauth2017('GetMaterials', { Biz, TicketId }), options);
