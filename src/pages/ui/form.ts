/** A form a page posted, urlencoded or multipart, read as the gateway reads bodies: with an end. */
import type { Context } from 'hono';
import { receive } from '../../gateway/request.js';
import type { PagesEnv } from '../deps.js';

/** What is no form has no fields. */
export async function formOf(c: Context<PagesEnv>): Promise<FormData | 'too large'> {
  const { body, tooLarge, headers } = await receive(c.req.raw, c.env?.incoming);
  if (tooLarge) return 'too large';
  const type = headers['content-type'] ?? '';
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => new FormData());
}
