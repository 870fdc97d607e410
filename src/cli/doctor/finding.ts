/** What a check of `doctor` found. */
export interface Finding {
  readonly check: string;
  /** `unchecked`: it cannot be told now. Only what failed keeps the emulator from working. */
  readonly status: 'ok' | 'warning' | 'failed' | 'unchecked';
  readonly message: string;
  /** What to do. */
  readonly advice?: string;
}

type Said = readonly [message: string, advice?: string];
const finding =
  (status: Finding['status']) =>
  (check: string, ...[message, advice]: Said): Finding => ({
    check,
    status,
    message,
    ...(advice !== undefined && { advice }),
  });

export const ok = finding('ok');
export const warning = finding('warning');
export const failed = finding('failed');
export const unchecked = finding('unchecked');
