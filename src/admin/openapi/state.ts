/** State of an account: clock, snapshots, reset. */
import { instant, list, object, oneOf, orNull, type RouteTexts, said, text, whole, yes } from './schema.js';

const clock = object({ now: instant, frozen: yes, wall: said(instant, 'the wall clock') });
const counts = object({ added: whole, removed: whole, changed: whole });
export const duration = { anyOf: [text, { type: 'number' }], description: '500ms, 30s, 31m, 2h, 1d, or milliseconds' };

export const state: RouteTexts = {
  'GET /clock': { does: 'The business clock', answers: { 200: clock } },
  'POST /clock': {
    does: 'Moves, sets or freezes the business clock',
    body: object({
      'advance?': duration,
      'set?': { anyOf: [text, { type: 'number' }], description: 'ISO 8601 with its zone, or ms since the epoch' },
      'freeze?': yes,
    }),
    answers: { 200: clock },
  },
  'POST /reset': {
    does: 'The account forgets its state, clock, rules and journal',
    answers: { 200: object({ reset: text, undo: text, until: said(instant, 'until then it can be undone') }) },
  },
  'POST /reset/undo': {
    does: 'Takes a reset back',
    body: object({ undo: said(text, 'what POST /reset answered') }),
    answers: { 200: object({ undone: text, rows: whole }) },
  },
  'GET /snapshots': { does: 'Names of snapshots', answers: { 200: list(text) } },
  'GET /snapshots/:name': { does: 'How many rows one holds', answers: { 200: object({ name: text, rows: whole }) } },
  'POST /snapshots/:name': {
    does: 'Saves the state under a name',
    answers: { 201: object({ saved: text, rows: whole }) },
  },
  'DELETE /snapshots/:name': { does: 'Drops one', answers: { 200: object({ deleted: text }) } },
  'POST /snapshots/:name/restore': {
    does: 'Brings a state back',
    answers: { 200: object({ restored: text, rows: whole }) },
  },
  'GET /snapshots/:name/diff': {
    does: 'What differs between a snapshot and the state there is now, or a later snapshot',
    query: { with: 'the later snapshot' },
    answers: {
      200: object({
        before: text,
        after: orNull(text),
        tables: object({ verifications: counts, builds: counts, scenes: counts, clock: counts, objects: counts }),
        rows: list(
          object({
            ...{ table: text, change: oneOf('added', 'removed', 'changed'), name: text },
            fields: list(object({ field: text, 'before?': text, 'after?': text })),
          }),
        ),
      }),
    },
  },
  'POST /snapshots/:name/open': {
    does: 'Another account begins with that state',
    body: object({ as: said(text, 'an AccessKeyId that begins with LTAImock, or an account') }),
    answers: { 201: object({ opened: text, account: text, rows: whole }) },
  },
};
