/** InitiateMultipartUpload: its properties are those of the object to be. */
import { elements, xmlDocument } from '../xml.js';
import { type Operation, xmlResult } from './call.js';
import { namesOf } from './names.js';
import { mustBeNew, propertiesOf } from './received.js';

export const initiateMultipartUpload: Operation = async (call) => {
  const { account, bucket, key } = call.caller;
  const { headers } = call.request;
  const { EncodingType, written } = namesOf(call);
  await mustBeNew(call, key, headers['x-oss-forbid-overwrite']);
  const UploadId = await call.objects.beginUpload(account, { bucket, key, ...propertiesOf(Object.entries(headers)) });
  const fields = { EncodingType, Bucket: bucket, Key: written(key), UploadId };
  return xmlResult(xmlDocument('InitiateMultipartUploadResult', elements(fields)));
};
