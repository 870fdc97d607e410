/** PostObject: an upload from an HTML form. */
import { checkKey, type FormCaller } from '../authenticate.js';
import { ossError } from '../errors.js';
import type { Form } from '../form.js';
import { elements, xmlDocument } from '../xml.js';
import { type OssCall, type OssResult, xmlResult } from './call.js';
import { locationOf } from './location.js';
import { checksums } from './put-object.js';
import { mustBeNew, propertiesOf } from './received.js';

export async function postObject(
  call: OssCall & { readonly caller: FormCaller },
  { fields, file }: Form,
): Promise<OssResult> {
  const { account, bucket, minBytes, maxBytes } = call.caller;
  const key = (fields.get('key') ?? '').replace(/\$\{filename\}/g, () => file.name);
  if (key === '')
    throw ossError(
      'InvalidArgument',
      { ArgumentName: 'key', ArgumentValue: '' },
      'The bucket POST must contain the specified field name.',
    );
  if (fields.get('callback')) throw ossError('NotImplemented', {}, undefined, 'oss-unsupported');
  checkKey(call.caller, key);
  const { length } = file.bytes;
  if (length > maxBytes)
    throw ossError('EntityTooLarge', { MaxSizeAllowed: String(maxBytes), ProposedSize: String(length) });
  if (length < minBytes)
    throw ossError('EntityTooSmall', { MinSizeAllowed: String(minBytes), ProposedSize: String(length) });
  const onlyNew = await mustBeNew(call, key, fields.get('x-oss-forbid-overwrite'));
  // in this order: PostObject's page
  const type = fields.get('x-oss-content-type') || file.type || fields.get('content-type') || '';
  // as the headers of an upload would hold them: bytes of UTF-8
  const properties = propertiesOf(
    [['content-type', type] as const, ...fields].map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
  );
  const stored = await call.objects.put(account, { bucket, key, onlyNew, ...properties }, file.bytes);
  return answerOf(call, fields.get('success_action_status'), key, checksums(stored));
}

/** 204 unless the form asks for 200 or 201 (PostObject's page); 201 tells in XML what was made. */
function answerOf(call: OssCall, status: string | undefined, key: string, headers: Record<string, string>): OssResult {
  const Location = locationOf(call, key);
  if (status === '200') return { status: 200, headers: { ...headers, 'content-length': '0' } };
  if (status !== '201') return { status: 204, headers };
  const fields = { Bucket: call.caller.bucket, ETag: headers.etag, Key: key, Location };
  return {
    ...xmlResult(xmlDocument('PostResponse', elements(fields)), { ...headers, location: Location }),
    status: 201,
  };
}
