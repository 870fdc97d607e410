/** Which event is looked at, and how its parts are written. */
import { signal } from '@preact/signals';
import { found } from './events.js';
import type { Row } from './row.js';

export const selected = signal<Row | undefined>(undefined);

/** By one row up or down; with none chosen the newest. */
export function move(by: 1 | -1): void {
  const at = selected.value === undefined ? -1 : found.findIndex(({ key }) => key === selected.value!.key);
  const next = at < 0 ? found.length - 1 : at - by;
  if (found[next]) selected.value = found[next];
}

export const shortName = (operation: string): string => operation.replace(/^([\w-]+\/)?\d{4}-\d\d-\d\d\//, '');
export const timeOf = (at: string): string => new Date(at).toTimeString().slice(0, 8);
