/** Hands out credentials for uploading photos. `Expired` is in milliseconds; they last as long as a VerifyToken (inferred). */
import { contract } from '../../../gateway/contract.js';
import { integer, struct, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { UPLOAD_BUCKET } from '../../../verification/buckets.js';
import { TOKEN_SECONDS } from '../../../verification/verification.js';

const describeOssUploadTokenContract = contract({
  name: 'DescribeOssUploadToken',
  summary: { en: 'STS credentials for uploading photos to OSS', zh: '获取照片上传OSS所需要的Token' },
  source: 'document 002 (控制台开放接口 2020-05-26), section 5',
  methods: ['GET', 'POST'],
  params: {},
  response: {
    OssUploadToken: struct({
      Secret: text({ example: 'FwmnyoqT8dHj7nJLuM67T****' }),
      Key: text({ example: 'STS.NU8rUBj****' }),
      Expired: integer({ example: 1582636610000 }),
      Bucket: text({ example: UPLOAD_BUCKET }),
      EndPoint: text({ example: 'https://oss-cn-zhangjiakou.aliyuncs.com' }),
      Token: text({ example: 'uWia500nTS5knZaDzq4/KqpvhcLnO****' }),
      Path: text({ example: 'prod/RdNLC@Ox2n-1s7NMt' }),
    }),
  },
  errors: {},
  order: {
    JSON: ['OssUploadToken', 'RequestId'],
    XML: ['OssUploadToken', 'Bucket', 'EndPoint', 'Expired', 'Key', 'Path', 'Secret', 'Token', 'RequestId'],
  },
  typed: true,
});

export const describeOssUploadToken = implement(
  describeOssUploadTokenContract,
  async (_input, { store, clock, ids, urls }) => {
    const credential = {
      access_key_id: ids.stsKey(),
      secret: ids.stsSecret(),
      security_token: ids.stsToken(),
      bucket: UPLOAD_BUCKET,
      path: ids.ossPath(),
      expires_at: clock.now() + TOKEN_SECONDS * 1000,
    };
    await store.write(store.credentials.addRow(credential));
    return {
      OssUploadToken: {
        Secret: credential.secret,
        Key: credential.access_key_id,
        Expired: credential.expires_at,
        Bucket: UPLOAD_BUCKET,
        EndPoint: urls.oss('cn-zhangjiakou'),
        Token: credential.security_token,
        Path: credential.path,
      },
    };
  },
);
