/** Asking again when something has happened: events come many at a time, so at most once in a while. */
import { useEffect, useRef } from 'preact/hooks';

/** Does it at once, then at most once in `ms`, while causes change. */
export function useOften(work: () => void, ms: number, causes: readonly unknown[]): void {
  const latest = useRef(work);
  latest.current = work;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pause = useRef(0);
  useEffect(() => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, pause.current);
    pause.current = ms;
  }, causes as unknown[]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
