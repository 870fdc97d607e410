// What the bench is doing, on stderr: one line that changes on a terminal, one line each elsewhere.
const startedAt = performance.now();
let open = false;

export const say = (text) => {
  if (open) process.stderr.write('\n');
  open = false;
  process.stderr.write(`${text}\n`);
};

export function progress(text) {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const line = `bench: ${String(seconds).padStart(3)} s  ${text}`;
  if (!process.stderr.isTTY) return say(line);
  process.stderr.write(`\r\x1b[K${line}`);
  open = true;
}

/** The line is left as it stands. */
export const progressEnds = () => {
  if (open) process.stderr.write('\n');
  open = false;
};
