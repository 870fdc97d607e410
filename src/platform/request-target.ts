/** The target of a request line, as it was sent. */

/** `/p?q` of the absolute form `http://host/p?q` (RFC 9112, 3.2); of `http://host` it is empty. */
export const originForm = (target: string): string => target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');

/** @returns path and query, neither decoded; the query without its `?` */
export function splitTarget(target: string): { path: string; query: string } {
  const origin = originForm(target);
  const mark = origin.indexOf('?');
  return mark < 0
    ? { path: origin || '/', query: '' }
    : { path: origin.slice(0, mark) || '/', query: origin.slice(mark + 1) };
}
