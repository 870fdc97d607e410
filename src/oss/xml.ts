/** The XML of OSS's answers. Errors have their own, in errors.ts; what calls bring is read in xml-body.ts. */
import { isoSeconds } from '../platform/clock.js';
import { xmlText } from './errors.js';

type Content = string | number | readonly string[];

/** @param content text, or elements that are ready */
export const element = (name: string, content: Content): string =>
  `<${name}>${Array.isArray(content) ? content.join('') : xmlText(String(content))}</${name}>`;

/** Leaves out what is undefined. */
export const elements = (fields: Readonly<Record<string, Content | undefined>>): string[] =>
  Object.entries(fields).flatMap(([name, content]) => (content === undefined ? [] : element(name, content)));

export const xmlDocument = (root: string, content: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content)}\n`;

/** Whole seconds, as OSS writes them: oss2 reads `.000Z` and nothing else. @param ms since the epoch */
export const xmlTime = (ms: number): string => isoSeconds(ms).replace('Z', '.000Z');
