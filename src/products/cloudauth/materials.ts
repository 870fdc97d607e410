/** Materials between the store and the pages: what Binding holds, and where a picture can be seen. */
import type { Urls } from '../../gateway/urls.js';
import type { Task } from '../../store/tasks.js';
import type { Materials } from '../../verification/verification.js';

/** The text members of a stored Binding; anything else in it is no material. */
export function bindingMaterials(binding: string): Materials {
  const members = Object.entries(JSON.parse(binding) as Record<string, unknown>);
  return Object.fromEntries(members.filter((member): member is [string, string] => typeof member[1] === 'string'));
}

const HOUR_S = 3600;

/** A picture's address: as handed in when it was a web address, else one in the upload bucket, good for an hour. */
export function pictureAddress(name: string, value: string | undefined, task: Task, now: number, urls: Urls): string {
  if (value && /^https?:\/\//i.test(value)) return value;
  const stored = /^oss:\/\/([^:]+):(.*)$/.exec(value ?? '');
  const [bucket, key] = stored
    ? [stored[1]!, stored[2]!]
    : ['verify-external-image', `${task.biz}/${task.ticket_id}/${name}.jpg`];
  // by way of UTF-8 bytes: a lone surrogate cannot be percent-encoded
  return urls.picture(
    bucket,
    Buffer.from(key).toString().split('/').map(encodeURIComponent).join('/'),
    `Expires=${Math.floor(now / 1000) + HOUR_S}`,
  );
}
