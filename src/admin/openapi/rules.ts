/** Rules of an account: what is ordered, and why some never fired. */
import { any, list, object, oneOf, type RouteTexts, text, whole, yes } from './schema.js';
import { duration } from './state.js';

export const rules: RouteTexts = {
  'GET /scenarios': {
    does: 'Rules in force, with how often each matched and fired',
    answers: {
      200: list(
        object({ name: text, rule: any, matched: whole, fired: whole, from: oneOf('file', 'account'), 'off?': yes }),
      ),
    },
  },
  'POST /scenarios': {
    does: "Adds rules to the account: a scenario file's text, YAML or JSON",
    bodyType: 'text/plain',
    answers: { 201: object({ added: whole }) },
  },
  'DELETE /scenarios': { does: "Drops the account's own rules", answers: { 200: object({ cleared: text }) } },
  'POST /fail-next': {
    does: 'The next calls of an operation answer a documented failure, and change nothing',
    body: object({ operation: text, code: text, 'times?': whole, 'delay?': duration }),
    answers: { 201: object({ operation: text, code: text, 'times?': whole, 'delay?': duration }) },
  },
  'PUT /scenarios/:name': {
    does: 'One rule for another, in its place; it counts from 0',
    bodyType: 'text/plain',
    answers: { 200: object({ replaced: text }) },
  },
  'DELETE /scenarios/:name': {
    does: "Deletes one of the account's own rules",
    answers: { 200: object({ deleted: text }) },
  },
  'POST /scenarios/:name/on': {
    does: 'Switches a rule, all rules of a scenario, or a scenario of the package on',
    answers: { 200: object({ name: text, on: yes }) },
  },
  'POST /scenarios/:name/off': { does: 'Switches it off', answers: { 200: object({ name: text, off: yes }) } },
  'GET /scenarios/catalogue': {
    does: 'Scenarios that come with the package',
    answers: { 200: list(object({ name: text, does: object({ en: text, zh: text }), on: yes })) },
  },
  'GET /scenarios/never-fired': {
    does: 'Of each rule that has not fired, the call that came closest and what was different, masked',
    answers: {
      200: list(
        object({
          ...{ name: text, matched: whole, because: text },
          'nearest?': object({ id: whole, operation: text, 'code?': text }),
          differs: list(object({ field: text, wanted: text, 'got?': text })),
        }),
      ),
    },
  },
};
