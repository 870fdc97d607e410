export class Figures {
  add(key: string, figures: Readonly<Record<string, number>>): void;
}
export interface Row {
  readonly title: string;
  readonly ratio: number;
  readonly met?: boolean;
  readonly before?: { readonly value: number; readonly ratio: number };
}
export function rowsOf(figures: Figures, names: readonly string[]): readonly Row[];
