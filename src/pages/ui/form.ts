/** A form a page posted, urlencoded or multipart, read as the gateway reads bodies: with an end. */
import type { Context } from 'hono';
import { receive } from '../../gateway/request.js';
import { readMultipart } from '../../oss/multipart-form.js';
import type { PagesEnv } from '../deps.js';

/** What is no form has no fields. */
export async function formOf(c: Context<PagesEnv>): Promise<FormData | 'too large'> {
  const { body, excess, headers } = await receive(c.req.raw, c.env?.incoming);
  if (excess !== undefined) return 'too large';
  const type = headers['content-type'] ?? '';
  const form = new FormData();
  if (/^multipart\/form-data/i.test(type)) {
    for (const { name, filename, bytes, ...part } of readMultipart(type, body) ?? []) {
      if (filename === undefined) form.append(name, bytes.toString());
      else form.append(name, new File([new Uint8Array(bytes)], filename, { type: part.type }));
    }
  } else if (/^application\/x-www-form-urlencoded/i.test(type))
    for (const [name, value] of new URLSearchParams(body.toString())) form.append(name, value);
  return form;
}
