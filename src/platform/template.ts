/** Sentences with places to be filled: `{}`, or `{name}`. */

/** @returns the sentence with what is known by the names of its places */
export const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w*)\}/g, (place, name: string) => values[name] ?? place);

/**
 * Whether a text is a template filled in.
 * @param template the text around its places. @returns what stands in them, in order; undefined when it is another text
 */
export function places([first = '', ...parts]: readonly string[], text: string): string[] | undefined {
  if (!text.startsWith(first)) return undefined;
  const found: string[] = [];
  let at = first.length;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const end = isLast ? text.length - part.length : text.indexOf(part, at);
    if (end < at || !text.startsWith(part, end)) return undefined;
    found.push(text.slice(at, end));
    at = end + part.length;
  }
  return at === text.length ? found : undefined;
}
