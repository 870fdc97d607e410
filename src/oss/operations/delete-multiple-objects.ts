/** DeleteMultipleObjects: a list of keys in XML; those that are not there count as deleted, too. */
import { createHash } from 'node:crypto';
import { checkKey } from '../authenticate.js';
import { ossError } from '../errors.js';
import { elements, xmlDocument } from '../xml.js';
import { readDelete, readXml } from '../xml-body.js';
import { type Operation, xmlResult } from './call.js';
import { namesOf } from './names.js';
import { bodyOf } from './received.js';

/** Both limits are its page's. */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_KEYS = 1000;

export const deleteMultipleObjects: Operation = async (call) => {
  const { request, caller, objects } = call;
  const { EncodingType, written } = namesOf(call);
  const xml = await readXml(bodyOf(request.body), MAX_BYTES);
  const given = request.headers['content-md5'];
  // OSS's page on 0016-00000606 requires the header and does not print the code: it is guessed
  if (given === undefined)
    throw ossError('MissingArgument', { ArgumentName: 'Content-MD5' }, undefined, undefined, '0016-00000606');
  if (createHash('md5').update(xml).digest('base64') !== given)
    throw ossError('InvalidDigest', { 'Content-MD5': given });
  const { keys, quiet } = await readDelete(xml);
  if (keys.length > MAX_KEYS) throw ossError('MalformedXML', {}, undefined, ['oss-many-objects', { max: MAX_KEYS }]);
  for (const key of keys) checkKey(caller, key);
  await objects.remove(caller.account, caller.bucket, keys);
  // no document at all: the Java client reads one unless the length is 0
  if (quiet) return { status: 200, headers: { 'content-length': '0' } };
  const deleted = keys.flatMap((key) => elements({ Deleted: elements({ Key: written(key) }) }));
  return xmlResult(xmlDocument('DeleteResult', [...elements({ EncodingType }), ...deleted]));
};
