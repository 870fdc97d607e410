/** What was called, and what happens; and the pages for people. */
import { any, instant, list, mapOf, number, object, oneOf, type RouteTexts, text, whole, yes } from './schema.js';

const entry = object({
  ...{ id: whole, at: instant, account: text, requestId: text, operation: text, method: text },
  ...{ scheme: oneOf('RPC', 'ACS3'), 'subject?': text, status: whole, 'code?': text, ms: number },
  ...{ params: mapOf(text), headers: mapOf(text), answer: text, hints: list(text), rules: list(text) },
  ...{ 'why?': text, 'cause?': oneOf('signature', 'rule', 'magic', 'page', 'hint'), 'replayOf?': whole },
  ...{ 'signature?': oneOf('not checked'), 'explanation?': text, 'traceId?': text },
});

export const journal: RouteTexts = {
  'GET /requests': {
    does: 'Gateway calls that are kept, oldest first',
    query: {
      operation: 'with globs',
      code: 'an error code, or ok',
      trace: 'a trace id, or at least its first 8 digits',
    },
    answers: { 200: list(entry) },
  },
  'GET /requests/:id': { does: 'One of them', answers: { 200: entry } },
  'GET /requests/:id/curl': { does: 'A script that makes the same call, signed anew', answers: { 200: 'text/plain' } },
  'POST /requests/:id/replay': {
    does: 'Makes the same call again, signed anew with a nonce and time of its own',
    answers: { 200: entry },
  },
  'GET /events': {
    does: 'What has happened, then what happens, as server-sent events',
    query: {
      last: 'of what is kept the newest so many',
      only: 'kept: it ends with what is kept',
      before: 'the id of an event: only what came before',
      brief: 'of calls no parameters, headers and answer',
    },
    answers: { 200: 'text/event-stream' },
  },
  'GET /callbacks': {
    does: 'Callbacks that were made, and those that would have been',
    answers: {
      200: list(
        object({
          ...{ at: instant, verification: text, url: text },
          outcome: oneOf('waiting', 'delivered', 'given-up', 'not-called'),
          attempts: list(object({ ms: number, 'status?': whole, 'failure?': text })),
          'hint?': text,
        }),
      ),
    },
  },
  'POST /verify': {
    does: 'Was an operation called as often as expected?',
    body: object({ on: text, 'when?': any, 'times?': whole }),
    answers: {
      200: object({ ok: yes, matched: whole, message: text }),
      406: object({ ok: yes, matched: whole, message: text }),
    },
  },
  'GET /coverage': {
    does: 'Which documented outcomes the account has been answered with, and which never',
    query: { format: 'json, or html: one page for a build to keep' },
    answers: {
      200: object({
        ...{ seen: whole, documented: whole, percent: number, never: list(text) },
        operations: list(object({ operation: text, outcomes: list(object({ code: text, seen: yes, 'when?': text })) })),
      }),
    },
  },
  'GET /billing': {
    does: 'What the vendor would have billed since the account was reset',
    answers: {
      200: object({
        ...{ calls: whole, billed: whole },
        operations: list(
          object({
            ...{ operation: text, calls: whole, billed: whole, rule: text },
            confidence: oneOf('documented', 'inferred'),
          }),
        ),
      }),
    },
  },
  'GET /metrics': {
    does: 'Figures of the process in the text format of Prometheus, of all accounts',
    answers: { 200: 'text/plain' },
  },
  'GET /phone': { does: 'The simulated phone, a page', answers: { 200: 'text/html' } },
  'POST /phone': {
    does: 'The form of that page',
    bodyType: 'application/x-www-form-urlencoded',
    answers: { 303: 'text/html' },
  },
  'GET /console': { does: 'The console, a page', answers: { 200: 'text/html' } },
  'GET /console/:file': { does: 'Script and style of it', answers: { 200: 'text/javascript' } },
  'GET /openapi.json': { does: 'This description', answers: { 200: any } },
};
