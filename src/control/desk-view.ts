/** What a tester is told of an account. */

export interface AccountView {
  readonly account: string;
  /** Its AccessKeyIds, masked; those of somebody who was let in by `--keys any` are not known. */
  readonly keys: readonly string[];
  /** Gateway calls since its journal began. */
  readonly calls: number;
  readonly verifications: number;
  /** Of these, under way. */
  readonly open: number;
  readonly builds: number;
  readonly objects: number;
  /** Rules of its own. */
  readonly rules: number;
  readonly snapshots: number;
  /** Its business clock, ISO 8601. */
  readonly now: string;
  readonly frozen: boolean;
}

/** What has been there at least once, as far as it is kept. */
export interface Progress {
  /** A call was let in, its signature checked unless the options say otherwise, and answered. */
  readonly call: boolean;
  readonly verification: boolean;
  readonly upload: boolean;
  /** A verification has ended. */
  readonly ended: boolean;
}

/** What a client needs, and how far it has come. */
export interface Connection {
  readonly url: string;
  /** The address of the port of https; null without. */
  readonly https: string | null;
  /** Placeholders where the secret is one's own: that is told to nobody. */
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly done: Progress;
}
