/** Which view is open: the address says it. */
import { signal } from '@preact/signals';

export const VIEWS = [
  'live',
  'verifications',
  'fail',
  'scenarios',
  'catalogue',
  'coverage',
  'state',
  'connect',
] as const;
/** `start` has no number: it is where one begins. */
export type View = 'start' | (typeof VIEWS)[number];

const asked = (): View => (['start', ...VIEWS] as const).find((name) => `#${name}` === location.hash) ?? 'live';

export const view = signal<View>(asked());
addEventListener('hashchange', () => {
  view.value = asked();
});

export function go(name: View): void {
  location.hash = name;
  view.value = name;
}
