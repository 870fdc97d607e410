/** A verification and how it ends. Pure: the documents' numbers, no I/O. */

import type { Outcome } from './outcome.js';

/** Document 004: a session lives 1,800 s. */
export const TOKEN_SECONDS = 1800;

/** What the kinds of material a person or a server hands in are called (document 004, SubmitMaterials page). */
export type Materials = Readonly<Record<string, string>>;

/** How a task of the 2017-2018 versions ended, ready to be stored. */
export interface Conclusion {
  readonly status: 1 | 2;
  readonly materials: Materials;
  /** Face against card portrait, 0-100. */
  readonly similarity: number;
  /** Face against the authority's picture, 0-100; 80 corresponds to a false-accept rate of 0.1 %. */
  readonly authority: number;
  /** Free text, only for a failed one. */
  readonly conclusions: string | null;
  /** Business clock, ms. */
  readonly at: number;
}

export const passed = (materials: Materials, at: number): Conclusion => ({
  status: 1,
  materials,
  similarity: 96.5,
  authority: 97.5,
  conclusions: null,
  at,
});

/** AuditConclusions: the first of the three kinds the page “查询认证状态” names. */
export const BLURRED = '身份证照片模糊，光线问题造成字体无法识别';

/** @param conclusions what the reviewer says */
export const failed = (materials: Materials, at: number, conclusions = BLURRED): Conclusion => ({
  status: 2,
  materials,
  similarity: 41.5,
  authority: 38.2,
  conclusions,
  at,
});

/** @returns undefined for an outcome that leaves the task as it is */
export function concludedBy(outcome: Outcome, materials: Materials, at: number): Conclusion | undefined {
  if (outcome.kind === 'pass') return passed(materials, at);
  return outcome.kind === 'fail' ? failed(materials, at, outcome.reason) : undefined;
}

/** Good at its 1,799th second, expired at its 1,800th. */
export const isAlive = (expiresAt: number, now: number): boolean => now < expiresAt;
