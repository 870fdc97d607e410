/** What is said of one mistake. */

export interface Cause {
  readonly schemes: 'RPC' | 'ACS3' | 'RPC, ACS3';
  /** `{name}` stands for the parameter, header or key it is about. */
  readonly en: string;
  readonly zh: string;
  /** One line that mends it. */
  readonly fix: string;
  readonly fixZh: string;
}

const rows =
  (schemes: Cause['schemes']) =>
  (en: string, zh: string, fix: string, fixZh: string): Cause => ({ schemes, en, zh, fix, fixZh });
export const rpc = rows('RPC');
export const acs3 = rows('ACS3');
export const both = rows('RPC, ACS3');
