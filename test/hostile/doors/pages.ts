/** Pages people verify on, and what is downloaded: tokens that live, words and forms that are odd. */
import type { Random } from '../random.js';
import type { House, Sent } from '../sent.js';
import { NAMES, plain, spoilt, VALUES } from '../words.js';
import { encodeRaw } from './oss.js';

const PATHS = [
  ...['/user_verify/cloudauth.html', '/user_verify/result.html', '/user_verify/next', '/user_verify/leave'],
  ...['/gjj/identification_jry.html', '/gjj/state', '/gjj/getmetainfo.js', '/demo/', '/demo/saf.html', '/demo/init'],
  ...[
    '/certify/h5',
    '/certify/h5iframe',
    '/certify/state',
    '/s',
    '/certify/x',
    '/yd-cloudauth/cloudauth-cdn/jsvm_all.js',
  ],
  ...['/demo/query', '/', '/healthz', '/readyz', '/favicon.ico', '/sdk/x.zip', '/user_verify/x', '/gjj/..%2f', '/sdk/'],
];
const STEPS = ['GUIDE', 'PRIVACY', 'FACE_LIVENESS', 'ID_PHOTO_FRONT', 'RESULT', 'capture', 'x', ''];
const ENDS = ['pass', 'fail', 'quit', 'expire', 'fail:Z1146', 'fail:x', 'passed', '205', 'Z5054', ''];
const TARGETS = ['https://localhost/x', 'javascript:alert(1)', '//evil.example', 'http://a b', 'data:text/html,x', ''];
const ACCEPTS = ['text/html', '*/*', '', 'application/json'];

export function pagesCall(random: Random, { tasks, sessions, certified, builds }: House): Sent {
  const value = () =>
    random.chance(0.8) ? random.pick(VALUES).slice(0, 1500) : spoilt(random, random.pick(VALUES)).slice(0, 1500);
  const query = new URLSearchParams();
  const add = (share: number, name: string, values: readonly string[]) => {
    if (random.chance(share)) query.append(name, random.chance(0.8) ? random.pick(values) : value());
  };
  add(
    0.7,
    'token',
    tasks.map(({ VerifyToken }) => VerifyToken),
  );
  add(0.4, 'zimId', sessions);
  add(0.4, 'certifyId', certified);
  add(0.1, 'why', ['Z5054', 'constructor']);
  add(0.3, 'step', STEPS);
  add(0.1, 'auto', ENDS);
  add(0.2, 'lang', ['zh', 'en', 'fr']);
  add(0.2, 'successRedirect', TARGETS);
  add(0.2, 'failRedirect', TARGETS);
  add(0.2, 'since', ['open.0', 'x']);
  add(0.2, 'subject', [...tasks.map(({ VerifyToken }) => VerifyToken), ...sessions]);
  add(0.2, 'visit', ['x']);
  add(0.1, random.pick([...NAMES, 'sucessRedirect']), VALUES);
  const path = random.chance(0.05) ? `/sdk/${random.pick(builds)}.zip` : random.pick(PATHS);
  const method = random.pick(['GET', 'GET', 'GET', 'POST', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'DELETE']);
  const text = encodeRaw(random.chance(0.1) ? spoilt(random, `${query}`) : `${query}`).slice(
    0,
    random.chance(0.02) ? 20_000 : 6_000,
  );
  const form = method === 'POST' ? formOf(random) : undefined;
  return {
    method,
    target: `${path}?${text}`,
    headers: {
      host: random.pick([
        'localhost',
        '127.0.0.1:4520',
        'localhost',
        plain(random.pick(VALUES)).replace(/\s/g, '') || 'x',
      ]),
      accept: random.pick(ACCEPTS),
      ...(random.chance(0.2) && { 'accept-language': plain(random.pick([...VALUES, 'en', 'zh-CN,zh;q=0.9'])) }),
      ...(random.chance(0.1) && { [random.pick(['purpose', 'sec-purpose', 'x-moz'])]: 'prefetch' }),
      ...(random.chance(0.1) && { 'sec-fetch-site': random.pick(['cross-site', 'same-origin', 'none']) }),
      ...(form && { 'content-type': form.type }),
    },
    body: form?.body ?? Buffer.alloc(0),
  };
}

const FIELDS = [
  'end',
  'agree',
  'FacePic',
  'frame',
  'IdCardFrontPic',
  'name',
  'certNumber',
  'metainfo',
  'bizId',
  'zimId',
];

function formOf(random: Random): { type: string; body: Buffer } {
  const pairs = Array.from({ length: random.below(5) }, (): [string, string] => [
    random.chance(0.8) ? random.pick(FIELDS) : random.pick(NAMES),
    random.chance(0.3) ? random.pick(ENDS) : random.pick(VALUES),
  ]);
  if (random.chance(0.5)) {
    const text = `${new URLSearchParams(pairs)}`;
    const body = random.chance(0.02)
      ? 'a&'.repeat(random.below(20_000))
      : random.chance(0.1)
        ? spoilt(random, text)
        : text;
    return { type: 'application/x-www-form-urlencoded', body: Buffer.from(body) };
  }
  const file = () => (random.chance(0.4) ? `; filename="${plain(random.pick(VALUES)).replaceAll('"', '')}"` : '');
  const parts = pairs.map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"${file()}\r\n\r\n${value}\r\n`,
  );
  const text = random.chance(0.02) ? parts.join('').repeat(1 + random.below(1500)) : parts.join('');
  const whole = `${text}--b--\r\n`;
  return {
    type: random.pick([
      'multipart/form-data; boundary=b',
      'multipart/form-data',
      'text/plain',
      'multipart/form-data; boundary="',
    ]),
    body: Buffer.from(random.chance(0.2) ? spoilt(random, whole) : whole),
  };
}
