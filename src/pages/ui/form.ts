/** A form a page posted, urlencoded or multipart, read as the gateway reads bodies: with an end. */
import type { Context } from 'hono';
import { receive } from '../../gateway/request.js';
import type { PagesEnv } from '../deps.js';

/** Of our own forms none has a tenth of them. */
const MOST_FIELDS = 1000;

/** What is no form has no fields. */
export async function formOf(c: Context<PagesEnv>): Promise<FormData | 'too large'> {
  const { body, excess, headers } = await receive(c.req.raw, c.env?.incoming);
  if (excess !== undefined || hasMany(body, '\r\n--')) return 'too large';
  const type = headers['content-type'] ?? '';
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => new FormData());
}

/** Between the parts of a form; a picture may hold it by chance, not a thousand times. */
function hasMany(body: Buffer, text: string): boolean {
  let count = 0;
  for (let at = body.indexOf(text); at >= 0 && count < MOST_FIELDS; at = body.indexOf(text, at + text.length)) count++;
  return count >= MOST_FIELDS;
}
