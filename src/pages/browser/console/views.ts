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
export type View = (typeof VIEWS)[number];

const asked = (): View => VIEWS.find((name) => `#${name}` === location.hash) ?? 'live';

export const view = signal<View>(asked());
addEventListener('hashchange', () => {
  view.value = asked();
});

export function go(name: View): void {
  location.hash = name;
  view.value = name;
}
