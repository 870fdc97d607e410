export interface Chart {
  readonly title: string;
  readonly note: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}
export function lineChart(chart: Chart): string;
