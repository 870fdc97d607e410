/** All that a client or tester can be told of the state in fixtures/databases, in the order it is asked for. */
import { createHash } from 'node:crypto';
import type { VerificationView } from '../../src/control/verbs.js';
import type { CloudauthMock } from '../../src/emulator/api.js';
import { call, cloudauth2017, cloudauth2019, faceVerify } from './call.js';
import { oss, type Sts } from './oss.js';

/** What was minted when the state was made. */
export interface Made {
  /** The wall clock, ms: signatures are good then. */
  readonly at: number;
  readonly nonce: string;
  readonly sts: Sts;
  readonly uploadId: string;
  readonly taskId: string;
  /** By how it ended: mobile ones by queryId, those of the page by zimId. */
  readonly mobile: Readonly<Record<string, { readonly queryId: string; readonly bizId: string }>>;
  readonly page: Readonly<Record<string, { readonly zimId: string; readonly bizId: string }>>;
}

export const TICKETS = ['open', 'passed', 'failed', 'left', 'expired'];
export const OBJECT = 'face.jpg';
export const PARTS = 'large.bin';
/** Its clock is a day ahead, and runs. */
export const OTHER = 'LTAImockOther';

export async function told(mock: CloudauthMock, made: Made): Promise<Record<string, unknown>> {
  const { at, sts } = made;
  const body = async (params: Record<string, string>, options = {}) => {
    const { RequestId: _, ...rest } = (await call(mock, params, { at, ...options })).json;
    return rest;
  };
  const bytes = async (key: string) => {
    const response = await oss(mock, sts, 'GET', sts.path + key, { at });
    const { 'content-type': type, etag, 'x-oss-meta-who': who } = Object.fromEntries(response.headers);
    return [response.status, type, etag, who, await digest(response)];
  };
  const found: Record<string, unknown> = {
    clock: await mock.clock.now(),
    otherClock: await mock.clock.now({ account: OTHER }),
    replayed: (await body(cloudauth2019('DescribeOssUploadToken'), { common: { SignatureNonce: made.nonce } })).Code,
    // they began at one instant: in no order that counts
    verifications: (await mock.verifications.list()).map(asThen).sort((a, b) => (a.id < b.id ? -1 : 1)),
    open: (await mock.verifications.list({ status: 'open' })).map(({ id }) => id).sort(),
    others: (await mock.verifications.list({ account: OTHER })).map(asThen),
    build: await body(cloudauth2019('DescribeRPSDK', { TaskId: made.taskId })),
    object: await bytes(OBJECT),
    parts: await (await oss(mock, sts, 'GET', sts.path + PARTS, { query: `uploadId=${made.uploadId}`, at })).text(),
    snapshots: await mock.snapshots.list(),
  };
  for (const TicketId of TICKETS)
    found[`task ${TicketId}`] = await body(cloudauth2017('GetStatus', { Biz: 'FixtureScene', TicketId }));
  const materials = await body(cloudauth2017('GetMaterials', { Biz: 'FixtureScene', TicketId: 'passed' }));
  found.materials = materials;
  found.picture = await digest(await mock.fetch(new Request(materials.Data.FacePic)));
  for (const [end, ids] of Object.entries(made.mobile))
    found[`mobile ${end}`] = await body(faceVerify({ method: 'query', ...ids, returnImage: '0' }));
  for (const [end, ids] of Object.entries(made.page))
    found[`page ${end}`] = await body(faceVerify({ method: 'queryH5', ...ids, returnImage: '0' }));
  await mock.snapshots.restore('before');
  found.restored = await bytes(OBJECT);
  return found;
}

/** What that version did not tell by itself is left out. */
const asThen = ({ reason, handle, person, expiresAt, endedAt, ...one }: VerificationView) => one;

const digest = async (response: Response): Promise<string> =>
  `${response.status} ${createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex')}`;
