/** @returns whether `dist` was built from the sources as they are; both are looked for in the working folder */
export function isDistFresh(): boolean;
