import type { Row } from './figures.mjs';
export function table(rows: readonly Row[]): string;
