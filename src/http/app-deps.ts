/** What the HTTP side is given. */
import type { RawIncoming } from '../gateway/request.js';
import type { DoorDeps } from './door.js';

export interface AppDeps extends DoorDeps {
  /** The control side, loaded by the first request to it. */
  admin(): Promise<(request: Request, incoming?: RawIncoming) => Response | Promise<Response>>;
  /** The pages people verify on, and what is downloaded; loaded by the first request to one. */
  pages(request: Request, incoming?: RawIncoming): Promise<Response>;
  /** Host of `--public-url`: buckets may be its subdomains. */
  readonly publicHost: string | undefined;
  /** What `/readyz` says with 503; undefined when calls can be answered. */
  unready(): Promise<{ readonly status: string; readonly reason?: string } | undefined>;
  /** Aborted when the emulator closes. */
  readonly closing: AbortSignal;
}

export type Env = { Bindings: { incoming?: RawIncoming } };
