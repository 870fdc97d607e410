/** A text as one word of what reads words: shells, and variables that hold options. Bare where it is one as it stands. */

/** sh, bash, zsh. */
export const posixWord = (text: string): string =>
  /^[\w./:@-][\w./:@=-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * cmd.exe, and the program it starts, which reads its words anew. Quotes keep all from cmd.exe but quotes themselves and
 * variables: where there are such, each character it knows stands behind a caret.
 */
export function cmdWord(text: string): string {
  if (/^[\w./:\\@=-]+$/.test(text)) return text;
  // backslashes are doubled in front of a quote only
  const word = `"${text.replace(/(\\*)("|$)/g, (_, slashes, quote) => slashes + slashes + (quote && '\\"'))}"`;
  return /["%!]/.test(text) ? word.replace(/[()[\]%!^"`<>&|;, *?]/g, '^$&') : word;
}

/** The shell that people of a system type into. */
export const wordsOf = (platform: NodeJS.Platform) => (platform === 'win32' ? cmdWord : posixWord);

/** JAVA_TOOL_OPTIONS: a JVM knows quotes of either kind, and no escapes. */
export const javaWord = (text: string): string =>
  /^[\w./:\\@=-]+$/.test(text) ? text : `"${text.replaceAll('"', `"'"'"`)}"`;

/** NODE_OPTIONS: double quotes, and backslashes before what they would read. */
export const nodeWord = (text: string): string =>
  /^[\w./:@=-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
