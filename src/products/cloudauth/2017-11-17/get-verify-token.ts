/**
 * Opens a verification session for a task: a VerifyToken, credentials for uploads, and the page a person verifies on.
 * Binding is stored, and judged when the verification ends; a hint says beforehand what will not pass. The printed
 * JSON says `Expire` where the table, the XML and every SDK say `DurationSeconds`; the JSON carries both.
 */
import { contract } from '../../../gateway/contract.js';
import { pick } from '../../../gateway/errors.js';
import { integer, json, struct, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { isoSeconds } from '../../../platform/clock.js';
import { VERIFY_BUCKET } from '../../../verification/buckets.js';
import { needsPerson } from '../../../verification/solutions.js';
import { TOKEN_SECONDS } from '../../../verification/verification.js';
import { bindingMaterials, notRead, unusableAtHand } from '../materials.js';
import { cloudauthTask, type TaskData } from '../task.js';
import { envelope } from './envelope.js';
import { errors } from './errors.js';

const getVerifyTokenContract = contract({
  name: 'GetVerifyToken',
  summary: { en: 'Start a verification: a token that ties its calls together', zh: '发起认证请求，获取认证Token' },
  source: 'document 004 (发起认证请求)',
  methods: ['GET', 'POST'],
  params: {
    RegionId: text({ example: 'cn-hangzhou', note: 'the page requires it; here neither required nor checked' }),
    Biz: text({ required: true, example: 'RPBasic' }),
    TicketId: text({ required: true, example: '39ecf51e-2f81-4dc5-90ee-ff86125be683' }),
    Binding: json({ example: '{"Name": "李三"}' }),
    UserData: text({ example: '{"orderId": "1391012388"}' }),
    VerifyConfigs: text({ note: 'from 2018-08-07; its content is undocumented, it is ignored' }),
  },
  response: {
    StsToken: struct({
      AccessKeyId: text({ example: 'OSSAccessKeyID' }),
      AccessKeySecret: text({ example: 'OSSAccessKeySecret' }),
      BucketName: text({ example: VERIFY_BUCKET }),
      EndPoint: text({ example: 'https://oss-cn-shanghai.aliyuncs.com' }),
      Expiration: text({ example: '2017-09-09T13:01:32Z' }),
      Path: text({ example: '92790974cd384f29a949b47f1c4ca3a5/' }),
      Token: text({ example: 'CAIS2QJ1q6Ft5B2y…' }),
    }),
    VerifyToken: struct({
      DurationSeconds: integer({ example: 1800 }),
      Expire: integer({ only: 'JSON', example: 1800 }),
      Token: text({ example: '92790974cd384f29a949b47f1c4ca3a5' }),
    }),
    CloudauthPageUrl: text({
      optional: true,
      example: 'https://h5.m.taobao.com/user_verify/cloudauth.html?token=1234567890abcdefg',
    }),
  },
  envelope,
  errors: pick(
    errors,
    ['Error.InternalError', 'InvalidParam.ParamMissing', 'Error.NoPermissionAccess', 'InvalidParam.InvalidBiz'],
    {
      'InvalidParam.ParamMissing': { message: 'Please check if there is param empty in your imput' },
      'Error.NoPermissionAccess': { message: 'No permission to access our service' },
      'InvalidParam.InvalidBiz': { message: 'The biz is not valid' },
    },
  ),
  order: {
    XML: [
      ...['RequestId', 'Data', 'StsToken', 'AccessKeySecret', 'BucketName', 'AccessKeyId', 'Expiration', 'EndPoint'],
      ...['VerifyToken', 'DurationSeconds', 'Token', 'Path', 'CloudauthPageUrl', 'Success', 'Code'],
    ],
  },
});

export const getVerifyToken = implement(
  getVerifyTokenContract,
  async (
    { RegionId, Biz, TicketId, Binding },
    { store, clock, ids, urls, photos, method, fromPage, note, noteOnce, fail },
  ) => {
    if (!RegionId) noteOnce('no-region');
    const scene = await store.scenes.find(Biz);
    if (!scene) return fail('InvalidParam.InvalidBiz', {}, ['no-biz', { biz: Biz }]);
    const now = clock.now();
    const expiresAt = now + TOKEN_SECONDS * 1000;
    const token = ids.token();
    const sts = {
      access_key_id: ids.stsKey(),
      secret: ids.stsSecret(),
      security_token: ids.stsToken(),
      bucket: VERIFY_BUCKET,
      path: `${token}/`,
      expires_at: expiresAt,
    };
    const data: TaskData = { solution: scene.solution, binding: Binding ?? {}, sent: { method, fromPage } };
    if (Binding) {
      for (const hint of notRead(Binding)) note(hint);
      const unusable = await unusableAtHand(bindingMaterials(Binding), photos, data.sent!);
      if (unusable) note(['binding-cannot-pass', unusable]);
    }
    await store.write(
      ...store.verifications.addRows({
        kind: cloudauthTask.name,
        id: token,
        name: TicketId,
        scope: Biz,
        shared: true,
        data: JSON.stringify(data),
        issued_at: now,
        expires_at: expiresAt,
      }),
      store.credentials.addRow(sts),
    );
    return {
      StsToken: {
        AccessKeyId: sts.access_key_id,
        AccessKeySecret: sts.secret,
        BucketName: VERIFY_BUCKET,
        EndPoint: urls.oss('cn-shanghai'),
        Expiration: isoSeconds(expiresAt),
        Path: sts.path,
        Token: sts.security_token,
      },
      VerifyToken: { DurationSeconds: TOKEN_SECONDS, Expire: TOKEN_SECONDS, Token: token },
      CloudauthPageUrl: needsPerson(scene.solution) ? urls.page(token) : undefined,
    };
  },
);
