/** The codes of the information checks of phone numbers. */
import { checkErrors, row } from './check-errors.js';

export const phoneErrors = {
  ...checkErrors,
  '405': row('手机号不可查询', 'the phone number cannot be asked about'),
} as const;
