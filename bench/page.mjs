// Tables into a page that is otherwise written by hand.

const END = '<!-- bench: end -->';

/**
 * @param tables name → Markdown; what was not measured is left as it stands
 * @throws when the page has no place for one
 */
export function withTables(page, tables) {
  let written = page;
  for (const [name, table] of Object.entries(tables)) {
    const begin = `<!-- bench: ${name} -->`;
    const at = written.indexOf(begin);
    const end = written.indexOf(END, at);
    if (at < 0 || end < 0) throw new Error(`the page has no ${begin} … ${END}`);
    written = `${written.slice(0, at + begin.length)}\n\n${table}\n\n${written.slice(end)}`;
  }
  return written;
}
