/** What people read is said in Chinese, as the vendor's pages are, and in English. */
export type Lang = 'zh' | 'en';
/** The same sentence in both. */
export type Text = Readonly<Record<Lang, string>>;

/** The language of a terminal, by the variables of POSIX: the first of them that is set counts. */
export function langOfEnv(env: Readonly<Record<string, string | undefined>>): Lang {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh([_.@-]|$)/i.test(locale) ? 'zh' : 'en';
}
