/** A rule as a person writes it: a line for each of its keys. */
import { yaml } from '../fail/rule.js';

/** @returns the text of a scenario that holds this rule */
export const blockOf = (rule: object): string =>
  [
    'rules:',
    ...Object.entries(rule).map(([key, value], index) => `  ${index === 0 ? '-' : ' '} ${key}: ${yaml(value)}`),
  ]
    .join('\n')
    .concat('\n');
