/** A file of this folder as the text that is served: one script, in the JavaScript of 2018 (`.ci/page-scripts.mjs`). */
declare module '*?script' {
  const text: string;
  export default text;
}
