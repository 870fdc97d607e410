/** The documented verification schemes (认证方案): who acts, and which steps a scene made for one shows. */

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

/** A person has something to do: on a phone or on a page. */
export const needsPerson = (solution: string): boolean => solutions[solution]?.access !== 'server';

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
