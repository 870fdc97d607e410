// Photos go from a browser (index.html) or a mini program (mini-program.js) straight to OSS, as a form. The secret stays
// here: this server asks for an upload token, signs what may be uploaded with it, and hands out the form's fields.
import { createHmac, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { isIP } from 'node:net';
import Cloudauth from '@alicloud/cloudauth20190307';
import OpenApi from '@alicloud/openapi-client';

const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, PORT = '3000' } = process.env;
const MAX_BYTES = 2 * 1024 * 1024;

const client = new Cloudauth.default(
  new OpenApi.Config({
    accessKeyId: ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    endpoint: 'cloudauth.cn-shanghai.aliyuncs.com',
  }),
);

async function uploadForm() {
  const { body } = await client.describeOssUploadToken();
  const { bucket, endPoint, path, key: accessKeyId, secret, token, expired } = body.ossUploadToken;
  const key = `${path}${randomUUID()}.jpg`;
  const conditions = [{ bucket }, ['eq', '$key', key], ['content-length-range', 1, MAX_BYTES]];
  const rules = { expiration: new Date(expired).toISOString(), conditions };
  const policy = Buffer.from(JSON.stringify(rules)).toString('base64');
  const signature = createHmac('sha1', secret).update(policy).digest('base64');
  const fields = { key, policy, signature, OSSAccessKeyId: accessKeyId, 'x-oss-security-token': token };
  return { url: addressOf(endPoint, bucket), fields: { ...fields, success_action_status: '200' } };
}

/** Of OSS the bucket is part of the host; below the number of a machine there are no names. */
function addressOf(endPoint, bucket) {
  const url = new URL(endPoint);
  if (isIP(url.hostname)) url.pathname = `/${bucket}`;
  else url.hostname = `${bucket}.${url.hostname}`;
  return url.href;
}

const server = createServer(async (req, res) => {
  if (req.url === '/upload-form') {
    const form = await uploadForm();
    res.setHeader('Content-Type', 'application/json').end(JSON.stringify(form));
  } else if (req.url === '/') {
    const page = await readFile(new URL('index.html', import.meta.url));
    res.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
  } else {
    res.writeHead(404).end();
  }
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
