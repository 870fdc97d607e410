/** The list of events: only rows that are seen are drawn, and new ones do not move what somebody reads. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { counts, fetchOlder, found, version } from './events.js';
import type { Row } from './row.js';
import { selected, shortName, timeOf } from './selection.js';
import { t } from './texts.js';

const ROW = 32;
const BEYOND = 10;

export function List() {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [unseen, setUnseen] = useState(0);
  /** The newest row that was drawn last: where it is now says how many came. */
  const newest = useRef<Row | undefined>(undefined);
  void version.value;
  const count = found.length;
  const chosen = selected.value;

  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const resized = () => setHeight(current.clientHeight);
    resized();
    const observer = new ResizeObserver(resized);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const { current } = box;
    const before = newest.current && found.lastIndexOf(newest.current);
    newest.current = found.at(-1);
    if (!current || before === undefined || before < 0) return;
    const came = count - 1 - before;
    if (came <= 0) return;
    const isRead = current.scrollTop > 0 || current.matches(':hover, :focus-within, :focus') || chosen !== undefined;
    if (!isRead) return;
    current.scrollTop += came * ROW;
    setTop(current.scrollTop);
    // of a list that is seen whole nothing is out of sight
    if (current.scrollTop > 0) setUnseen((already) => already + came);
  }, [version.value]);

  useEffect(() => {
    const { current } = box;
    if (!current || !chosen) return;
    const at = count - 1 - found.indexOf(chosen);
    if (at >= count) return;
    if (at * ROW < current.scrollTop) current.scrollTop = at * ROW;
    else if ((at + 1) * ROW > current.scrollTop + current.clientHeight)
      current.scrollTop = (at + 1) * ROW - current.clientHeight;
  }, [chosen]);

  const scrolled = () => {
    const { scrollTop, clientHeight } = box.current!;
    setTop(scrollTop);
    if (scrollTop === 0) setUnseen(0);
    if (scrollTop + clientHeight * 2 > count * ROW) void fetchOlder();
  };
  const first = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const last = Math.min(count, Math.ceil((top + height) / ROW) + BEYOND);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  return (
    <>
      <div class="head" aria-hidden="true">
        <span>{t('time')}</span>
        <span>{t('status')}</span>
        <span>{t('operation')}</span>
        <span class="wide">{t('subject')}</span>
        <span class="wide">ms</span>
        <span>{t('happened')}</span>
      </div>
      {unseen > 0 && (
        <button
          type="button"
          class="unseen"
          onClick={() => {
            box.current!.scrollTop = 0;
          }}
        >
          ↑ {unseen} {t('newEvents')}
        </button>
      )}
      <div
        ref={box}
        class="rows"
        role="listbox"
        tabIndex={0}
        aria-label={t('events')}
        aria-activedescendant={chosen && `row-${chosen.key}`}
        onScroll={scrolled}
      >
        {count === 0 && <Nothing />}
        <div class="all" role="presentation" style={{ height: `${count * ROW}px` }}>
          {shown.map((at) => (
            <Line key={found[count - 1 - at]!.key} row={found[count - 1 - at]!} at={at} count={count} />
          ))}
        </div>
      </div>
    </>
  );
}

function Nothing() {
  const isFiltered = counts.all > 0;
  return (
    <div class="nothing" role="option" tabIndex={-1} aria-selected="false">
      {isFiltered ? t('noneFound') : t('none')}
      {!isFiltered && <code>{location.origin}</code>}
    </div>
  );
}

function Line({ row, at, count }: { row: Row; at: number; count: number }) {
  const isChosen = selected.value?.key === row.key;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is the list's, by j, k and the arrows
    <div
      id={`row-${row.key}`}
      class={`row ${row.bad ? 'wrong' : ''}`}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-posinset={at + 1}
      aria-setsize={count}
      style={{ transform: `translateY(${at * ROW}px)` }}
      onClick={() => {
        selected.value = row;
      }}
    >
      <span class="mono">{timeOf(row.at)}</span>
      <span class="state">{row.status}</span>
      <span class="name">{shortName(row.operation)}</span>
      <span class="mono wide">{row.subject}</span>
      <span class="wide">{row.ms}</span>
      <span class="what">
        {row.code && <b>{row.code} </b>}
        {row.replayOf !== undefined && <b class="soft">= #{row.replayOf} </b>}
        <span class="soft">{row.why}</span>
      </span>
    </div>
  );
}
