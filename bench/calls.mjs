// What is called: how each request is made, and what has to be there before. A call knows nothing of who answers it.
import { randomInt, randomUUID } from 'node:crypto';
import { ask } from './load.mjs';
import { acs3Request, GET_VERIFY_TOKEN, putRequest, rpcRequest, signedRequest } from './requests.mjs';

const WEB = JSON.stringify({ bioMetaInfo: '4.1.0:2916352,0', deviceType: 'web', ua: 'Mozilla/5.0 (X11)' });
const SMALL_OBJECT = 10_000;
const SESSIONS = 200;

/** An invented person each, old enough, with the check digit of GB 11643. */
function idNumber() {
  const digits = `330103${randomInt(1960, 2000)}${String(randomInt(1, 13)).padStart(2, '0')}15${String(randomInt(1000)).padStart(3, '0')}`;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0);
  return digits + '10X98765432'[sum % 11];
}

const initFaceVerify = () => ({
  Action: 'InitFaceVerify',
  Version: '2019-03-07',
  SceneId: '1000000006',
  OuterOrderNo: randomUUID().replaceAll('-', ''),
  ProductCode: 'ID_PRO',
  CertType: 'IDENTITY_CARD',
  CertName: '张三',
  CertNo: idNumber(),
  MetaInfo: WEB,
  ReturnUrl: 'https://merchant.example/done',
});

const faceVerify = (members) => ({
  Action: 'ExecuteRequest',
  Version: '2017-03-31',
  Service: 'face_verify',
  ServiceParameters: JSON.stringify(members),
});

const PERSON = { name: '张三', certNumber: '330103xxxxxxxxxxxx', metainfo: '{}' };

/**
 * `answered`: what an answer holds when the call did what it should; with status 200 alone it may be a refusal.
 * `prepare`: asks a server for what the requests need; its result is good for that server only.
 */
export const CALLS = {
  rpc: { answered: '"VerifyToken"', make: signedRequest },
  acs3: { answered: '"VerifyToken"', make: (port) => acs3Request(port, GET_VERIFY_TOKEN()) },
  face: { answered: '"CertifyId"', make: (port) => acs3Request(port, initFaceVerify()) },
  saf: {
    answered: '"Code":200',
    async prepare(port) {
      const bizIds = [];
      for (let n = 0; n < SESSIONS; n++) {
        const { body } = await ask(port, rpcRequest(port, faceVerify({ method: 'init', ...PERSON })));
        bizIds.push(JSON.parse(body).Data);
      }
      return bizIds;
    },
    make: (port, sessions, n) => rpcRequest(port, faceVerify({ method: 'query', ...sessions[n % sessions.length] })),
  },
  put: {
    answered: '',
    prepare: async (port) => JSON.parse((await ask(port, signedRequest(port))).body).Data.StsToken,
    make: (_port, sts, n) => putRequest(sts, `object-${n % 500}`, SMALL_OBJECT),
  },
};

/** @returns `count` requests, ready to be sent */
export const requestsOf = (call, port, state, count) =>
  Array.from({ length: count }, (_, n) => CALLS[call].make(port, state, n));
