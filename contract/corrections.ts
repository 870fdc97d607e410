/**
 * What the vendor's metadata leaves out or has wrong, by operation: one entry each, written by hand. It may only say what
 * the metadata does not: the generator refuses a correction that corrects nothing.
 */

interface ParamCorrection {
  readonly required?: true;
  /** The only values there are. */
  readonly values?: readonly string[];
  /** A value that can be sent as it stands: the metadata's own are often several in one text. */
  readonly example?: string;
}

export interface Correction {
  readonly summary: { readonly en: string; readonly zh: string };
  /** Which page says what stands here. */
  readonly because: string;
  readonly params?: Readonly<Record<string, ParamCorrection>>;
  /** Code in the body of a call that lacks a required parameter, and of one that breaks a parameter's form. */
  readonly missing?: string;
  readonly invalid?: string;
  /** The table in the version's folder that the operation's rows are picked from, and their codes. */
  readonly errors?: {
    readonly from: string;
    readonly table: string;
    readonly codes: readonly string[];
  };
}

export const corrections: Readonly<Record<string, Correction>> = {
  'cloudauth/2019-03-07/Id2MetaVerify': {
    summary: { en: 'Check whether a name and an ID number belong together', zh: '身份二要素核验' },
    because: 'the help centre’s pages of the information checks say what is required, and list the codes',
    params: {
      IdentifyNum: { required: true, example: '990000199003070013' },
      ParamType: { required: true, values: ['normal', 'md5'] },
      UserName: { required: true, example: '测试甲' },
    },
    missing: '400',
    invalid: '401',
    errors: {
      from: 'check-errors',
      table: 'checkErrors',
      codes: ['400', '401', '402', '403', '410', '411', '412', '500'],
    },
  },
};
