/** Hands out credentials for uploading photos. */
import { contract } from '../../../gateway/contract.js';
import { integer, struct, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { UPLOAD_BUCKET } from '../../../verification/buckets.js';
import { newOssUploadToken } from './oss-upload-token.js';

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

export const describeOssUploadToken = implement(describeOssUploadTokenContract, async (_input, context) => {
  const { row, OssUploadToken } = newOssUploadToken(context);
  await context.store.write(row);
  return { OssUploadToken };
});
