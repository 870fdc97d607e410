/** What people see of parameters: no ID number, secret, token, picture or AccessKeyId of a real account in the clear. */
import { createHash } from 'node:crypto';

const SECRET = /^(Signature|SecurityToken|AccessKeySecret|VerifyToken|CallbackSeed)$/;
const NUMBER = /^(certNumber|IdentificationNumber|IdCardNumber|IdentifyNum|CertNo|BankCard|CertNum)$/i;
const PICTURE =
  /^(imgbase64|refFaceContent|authFaceContent|FaceContrastPicture|FacePicture|FaceBase64|ImageContext|\w+Pic)$/;
const SHOWN = 200;
const LONG = SHOWN * 10;
/** Of a longer value only the beginning is looked at: patterns over megabytes would overflow the stack. */
const READ = 32_768;

/** 15 and 18 digits; a longer row of digits is no ID number. */
const ID_NUMBER = /(?<!\d)(?:\d{15}|\d{14}[Xx]|\d{17}[\dXx])(?!\d)/g;
/** With spaces or dashes anywhere, it is known by the date of birth in it: an order number may look so as well. */
const SPACED = new RegExp(
  `(?<!\\d)(?:${[/\d{6}[12][089]\d\d[01]\d[0-3]\d{4}[\dXx]/, /\d{8}[01]\d[0-3]\d{3}[\dXx]/].map(spaced).join('|')})(?!\\d)`,
  'g',
);
/** A line of MIME is 76 characters, of PEM 64; no id of ours is that long. */
const BASE64 = /base64:\/\/[A-Za-z0-9+/_-]+={0,2}|[A-Za-z0-9+/_-]{64,}={0,2}/g;
/** What the service hands out as an upload path begins with the VerifyToken. */
const UPLOAD_PATH = /(oss:\/\/[^:\s"]+:)[0-9a-f]{32}(?=\/)/gi;
/** Of the vendor's: those of this emulator begin with LTAImock. Also where it is sent percent-encoded. */
const KEY_ID = /(?<![A-Za-z0-9])LTAI(?!mock)[A-Za-z0-9]{8,28}(?![A-Za-z0-9])/g;
const SIGNED_ADDRESS = /([?&](?:Signature|security-token|x-oss-signature)=)[^&\s"]+/gi;
/** A member of a JSON text, e.g. of ServiceParameters or Binding. */
const MEMBER = /("([A-Za-z0-9]+)"\s*:\s*")((?:[^"\\]|\\.)*)(?:"|$)/g;

/** @returns the pattern with up to three spaces or dashes after each of its characters but the last */
function spaced({ source }: RegExp): string {
  const characters = source.match(/(?:\\d|\[[^\]]+\])(?:\{\d+\})?/g)!.flatMap((each) => {
    const [one, times] = each.split('{');
    return Array<string>(times ? Number.parseInt(times, 10) : 1).fill(one!);
  });
  return characters.join('[\\s_\u2010-\u2015\u2212\uff0d-]{0,3}');
}

/**
 * Has it fifteen characters a number may be made of, with nothing but spaces and dashes between them? Asked of every line of
 * the log, and patterns cost more: a UUID has as many digits, and letters between them.
 */
export function mayHoldIdNumber(text: string): boolean {
  let found = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code >= 48 && code <= 57) || code === 88 || code === 120 || code >= 0xff10) {
      if (++found === 15) return true;
    } else if (code > 32 && code < 127 && code !== DASH && code !== UNDERSCORE) found = 0;
  }
  return false;
}

const DASH = 45;
const UNDERSCORE = 95;

/** Also written full-width, or in groups. They keep three digits in front and two behind. */
export function maskIdNumbers(text: string): string {
  if (!mayHoldIdNumber(text)) return text;
  const ascii = text.replace(/[０-９Ｘｘ]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  const found = [...ascii.matchAll(ID_NUMBER), ...ascii.matchAll(SPACED)];
  if (found.length === 0) return text;
  const shown = text.split('');
  for (const { 0: match, index } of found) {
    const digits = [...match].flatMap((character, offset) => (/[\dXx]/.test(character) ? [index + offset] : []));
    for (const place of digits.slice(3, -2)) shown[place] = '*';
  }
  return shown.join('');
}

/** ID numbers, as above; base64 becomes its length. */
export function maskText(text: string): string {
  return maskIdNumbers(
    maskKeyIds(text).replace(SIGNED_ADDRESS, '$1…').replace(UPLOAD_PATH, '$1…').replace(BASE64, size),
  );
}

/** The last four characters stay: whoever has several keys knows which one it is. */
export const maskKeyIds = (text: string): string =>
  text.includes('LTAI') ? text.replace(KEY_ID, (id) => `LTAI***${id.slice(-4)}`) : text;

/** A name for the account behind an id, another for each; of an id that may be a real one it shows no more than above. */
export const maskedKeyId = (id: string): string =>
  /^(LTAI(?!mock)|STS\.)/.test(id)
    ? `${id.slice(0, 4)}***${id.length > 12 ? id.slice(-4) : ''}-${createHash('sha256').update(id).digest('hex').slice(0, 6)}`
    : id;

/** No control character and no line break: nothing in it can forge a line of the log or steer the terminal. */
export const oneLine = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, '?');

export const isSecret = (name: string): boolean => SECRET.test(name);

/** @param kind what the value is, where its name does not say it: the MaterialType of a `Material.n.Value` */
export function maskParam(name: string, value: string, kind = name): string {
  const known = maskMember(kind, value);
  const read = known.length > READ ? known.slice(0, READ).replace(/\d{1,18}$/, '') : known;
  const text = maskText(
    read.replace(
      MEMBER,
      (_all, before: string, member: string, inner: string) => `${before}${maskMember(member, inner)}"`,
    ),
  );
  return read === known && text.length <= LONG ? text : `${text.slice(0, SHOWN)}… (${value.length} characters)`;
}

/** Every parameter, by name. */
export function maskParams(params: ReadonlyMap<string, string>): [name: string, value: string][] {
  return [...params].map(([name, value]) => {
    const material = /^(Material\.\d+\.)Value$/.exec(name);
    return [maskText(name), maskParam(name, value, material ? params.get(`${material[1]}MaterialType`) : undefined)];
  });
}

/** Of a long secret the beginning, to be recognised by. */
export const hidden = (value: string): string => (value.length > 8 ? `${value.slice(0, 4)}…` : '…');

/** An address of a picture is no picture. */
function maskMember(name: string, value: string): string {
  if (isSecret(name)) return hidden(value);
  if (NUMBER.test(name)) return mask(value);
  return PICTURE.test(name) && !/^(https?|oss):\/\//.test(value) ? size(value) : value;
}

const PREFIX = 'base64://';
const size = (data: string): string => {
  const prefix = data.startsWith(PREFIX) ? PREFIX : '';
  return data && `${prefix}<${data.length - prefix.length} characters of base64>`;
};

const mask = (number: string): string =>
  number.length > 6
    ? `${number.slice(0, 3)}${'*'.repeat(number.length - 5)}${number.slice(-2)}`
    : '*'.repeat(number.length);
