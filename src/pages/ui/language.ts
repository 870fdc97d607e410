/** Pages speak Chinese, as the vendor's do, or English. */
export type Lang = 'zh' | 'en';
/** The same sentence in both. */
export type Text = Readonly<Record<Lang, string>>;

/** `?lang=` first, then the browser's first choice of the two; Chinese for a client that names none. */
export function langOf(request: Request): Lang {
  const asked = new URL(request.url).searchParams.get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  const accepted = request.headers.get('accept-language') ?? '';
  const first = /\b(zh|en)\b/i.exec(accepted)?.[1]?.toLowerCase();
  return first === 'en' || (!first && /[a-z]/i.test(accepted)) ? 'en' : 'zh';
}
