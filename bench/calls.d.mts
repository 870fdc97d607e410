interface Call {
  readonly answered: string;
  prepare?(port: number): Promise<unknown>;
  make(port: number, state: unknown, n: number): Buffer;
}
export const CALLS: Readonly<Record<string, Call>>;
