/** The documented verification schemes (认证方案), and the scenes (认证场景) made for them. */

import { InputError } from '../platform/input-error.js';
import { orAll } from '../platform/nearest.js';

export const STEPS = ['GUIDE', 'PRIVACY', 'FACE_LIVENESS', 'TAKE_ID_PHOTO', 'RESULT'] as const;
export type Step = (typeof STEPS)[number];

interface Solution {
  /** Where a person acts: in the mobile SDK, on the H5 page, or nowhere (the server submits everything). */
  readonly access: 'sdk' | 'h5' | 'server';
  /** Only RPBasic's steps are documented; the others follow what the scheme asks of the user (inferred). */
  readonly steps: readonly Step[];
}

const LIVENESS = ['FACE_LIVENESS'] as const;
const LIVENESS_AND_CARD = ['FACE_LIVENESS', 'TAKE_ID_PHOTO'] as const;

export const solutions: Readonly<Record<string, Solution>> = {
  RPBasic: { access: 'sdk', steps: LIVENESS_AND_CARD },
  RPManual: { access: 'sdk', steps: LIVENESS },
  RPBioID: { access: 'sdk', steps: LIVENESS_AND_CARD },
  RPBioOnlyPro: { access: 'sdk', steps: LIVENESS },
  RPBioOnly: { access: 'sdk', steps: LIVENESS },
  RPH5BioOnly: { access: 'h5', steps: LIVENESS },
  RPMin: { access: 'server', steps: [] },
  FVBioOnly: { access: 'sdk', steps: LIVENESS },
  FDBioOnly: { access: 'sdk', steps: LIVENESS },
};

export interface Scene {
  /** What calls name it by: `Biz`, the BizType of CreateVerifySetting. */
  readonly biz: string;
  readonly name: string;
  readonly solution: string;
  readonly guide: boolean;
  readonly privacy: boolean;
  readonly result: boolean;
}

/** Made in the vendor's console, before any call: every account has it. */
export type DeclaredScene = Pick<Scene, 'biz' | 'solution'>;

const USUAL = 'RPBasic';

/**
 * Reads `NAME[:Solution]`; without a solution RPBasic.
 * @throws InputError with what is wrong
 */
export function parseScene(text: string): DeclaredScene {
  const [biz = '', solution = USUAL, ...more] = text.split(':');
  return checkScene(more.length > 0 ? undefined : { biz, solution }, text);
}

/** Of a value that may be none. @throws InputError with what is wrong */
export function checkScene(value: unknown, written = ''): DeclaredScene {
  const { biz, solution = USUAL, ...more } = { ...(value as Partial<DeclaredScene>) };
  // CreateVerifySetting takes letters, digits and hyphens; consoles of other years took more
  if (
    typeof biz !== 'string' ||
    typeof solution !== 'string' ||
    !/^[\w.-]{1,64}$/.test(biz) ||
    Object.keys(more).length
  )
    throw new InputError(
      `${written && `'${written}' is no scene; `}write NAME[:Solution] ({ biz, solution? } in code): a name has up to 64 letters, digits, '-', '_' and '.'`,
    );
  if (!Object.hasOwn(solutions, solution))
    throw new InputError(`'${solution}' is no solution${orAll(solution, Object.keys(solutions))}`);
  return { biz, solution };
}

/**
 * Those every account has: what was declared, one named after each solution, and, where any name will do, any name.
 * @returns by Biz; undefined where there is none
 */
export function standingScenes(
  declared: readonly DeclaredScene[] = [],
  any = false,
): (biz: string) => Scene | undefined {
  const known = new Map([
    ...Object.keys(solutions).map((name) => [name, name] as const),
    ...declared.map(({ biz, solution }) => [biz, solution] as const),
  ]);
  return (biz) => {
    const solution = known.get(biz) ?? (any ? USUAL : undefined);
    return solution === undefined ? undefined : { biz, name: biz, solution, guide: true, privacy: true, result: true };
  };
}

/** A person has something to do: on a phone or on a page. */
export const needsPerson = (solution: string): boolean => solutions[solution]?.access !== 'server';

/** Schemes for which the integrator supplies a name and a number (page “认证方案”). */
export const needsIdentity = (solution: string): boolean =>
  ['RPBioID', 'RPBioOnlyPro', 'RPBioOnly', 'RPH5BioOnly'].includes(solution);

/** The steps a scene shows, the three optional ones as switched. */
export function stepList(solution: string, show: { guide: boolean; privacy: boolean; result: boolean }): Step[] {
  const core = solutions[solution]?.steps ?? [];
  return STEPS.filter(
    (step) =>
      core.includes(step) ||
      (step === 'GUIDE' && show.guide) ||
      (step === 'PRIVACY' && show.privacy) ||
      (step === 'RESULT' && show.result),
  );
}
