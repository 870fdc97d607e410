/** @returns the path of a Chromium or Chrome; undefined when there is none */
export function findBrowser(): string | undefined;
/** @returns the path of a Firefox; undefined when there is none */
export function findFirefox(): string | undefined;
/** @returns WebKitGTK's driver, the browser it comes with, and a screen for it; undefined where one of them is missing */
export function findWebKit(): { driver: string; browser: string; display: string } | undefined;
