// A shop that wants to know who its customer is: InitFaceVerify, the page at CertifyUrl, DescribeFaceVerify. Nothing here
// knows of an emulator; `npm run dev` leads the same calls to one.
import { randomUUID } from 'node:crypto';
import Cloudauth from '@alicloud/cloudauth20190307';
import OpenApi from '@alicloud/openapi-client';
import express from 'express';

const { ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, SCENE_ID = '1000000006', PORT = '3000' } = process.env;

const client = new Cloudauth.default(
  new OpenApi.Config({
    accessKeyId: ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    endpoint: 'cloudauth.cn-shanghai.aliyuncs.com',
  }),
);
const sceneId = Number(SCENE_ID);
/** Order → CertifyId. A real shop keeps it in its database. */
const pending = new Map();

const app = express();

app.get('/verify', async (req, res) => {
  const order = randomUUID().replaceAll('-', '');
  const { body } = await client.initFaceVerify(
    new Cloudauth.InitFaceVerifyRequest({
      sceneId,
      outerOrderNo: order,
      productCode: 'ID_PRO',
      certType: 'IDENTITY_CARD',
      certName: req.query.name,
      certNo: req.query.number,
      // in a browser the vendor's script jsvm_all.js makes it: getMetaInfo()
      metaInfo: JSON.stringify({ bioMetaInfo: '4.1.0:2916352,0', deviceType: 'web', ua: req.get('user-agent') }),
      returnUrl: `${req.protocol}://${req.get('host')}/done/${order}`,
    }),
  );
  if (body.code !== '200') return res.status(502).json({ code: body.code, message: body.message });
  pending.set(order, body.resultObject.certifyId);
  res.redirect(body.resultObject.certifyUrl);
});

// where the page leads when it is over: what it says in its address is not to be believed, so the vendor is asked
app.get('/done/:order', async (req, res) => {
  const certifyId = pending.get(req.params.order);
  if (certifyId === undefined) return res.status(404).json({ message: 'no such order' });
  const { body } = await client.describeFaceVerify(new Cloudauth.DescribeFaceVerifyRequest({ sceneId, certifyId }));
  const { passed, subCode } = body.resultObject ?? {};
  res.json({ passed: passed === 'T', code: body.code, subCode });
});

const server = app.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/verify?name=张三&number=990000199003070013`);
});
