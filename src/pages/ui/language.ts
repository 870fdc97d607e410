/** Which language a page speaks. */
import type { Lang } from '../../platform/language.js';

export type { Lang, Text } from '../../platform/language.js';

/** `?lang=` first, then the browser's first choice of the two; Chinese for a client that names none. */
export function langOf(request: Request): Lang {
  const asked = new URL(request.url).searchParams.get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  const accepted = request.headers.get('accept-language') ?? '';
  const first = /\b(zh|en)\b/i.exec(accepted)?.[1]?.toLowerCase();
  return first === 'en' || (!first && /[a-z]/i.test(accepted)) ? 'en' : 'zh';
}
