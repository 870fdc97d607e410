/** A file of this folder as the text that is served: one script, in the JavaScript of 2018 (`.ci/page-scripts.mjs`). */
/** The same for a browser of today: minified, with what it takes of packages; or a stylesheet. */
declare module '*?app' {
  const text: string;
  export default text;
}

declare module '*?script' {
  const text: string;
  export default text;
}
