/** What the emulator knows, and what connects a client. */
import { any, instant, list, mapOf, object, orNull, type RouteTexts, text, whole, yes } from './schema.js';

const both = object({ en: text, zh: text });

export const catalogue: RouteTexts = {
  'GET /operations': {
    does: 'Every operation, its parameters and its documented errors',
    answers: {
      200: list(
        object({
          ...{ operation: text, summary: both, methods: list(text), params: list(text), errors: list(text) },
          source: text,
        }),
      ),
    },
  },
  'GET /errors': {
    does: 'Documented errors, with a scenario that orders each',
    query: { q: 'part of a code, a message or an explanation; or the whole name of an operation' },
    answers: {
      200: list(
        object({
          ...{ code: text, status: whole, message: text, when: text, 'zh?': text, confidence: text },
          ...{ operations: list(text), scenario: text },
        }),
      ),
    },
  },
  'GET /identities': {
    does: 'Test identities, values and pictures that choose an outcome by themselves',
    answers: {
      200: list(
        object({ 'number?': text, 'name?': text, 'value?': text, 'picture?': text, meaning: text, 'magic?': any }),
      ),
    },
  },
  'GET /reasons': {
    does: 'The reasons a failed verification can have, by product',
    answers: { 200: mapOf(list(object({ reason: text, text: both }))) },
  },
  'GET /ca.crt': {
    does: 'The certificate of the CA of https',
    answers: { 200: 'application/x-x509-ca-cert' },
  },
  'GET /accounts': { does: 'Accounts there are', answers: { 200: list(text) } },
  'GET /accounts/overview': {
    does: 'How much each account holds, counted as far as 110000',
    answers: {
      200: list(
        object({
          ...{
            account: text,
            keys: list(text),
            calls: whole,
            verifications: whole,
            open: whole,
            builds: whole,
            objects: whole,
            rules: whole,
          },
          ...{ snapshots: whole, now: instant, frozen: yes },
        }),
      ),
    },
  },
  'GET /connect': {
    does: 'Address and key for a client, and how far it has come',
    answers: {
      200: object({
        ...{ url: text, https: orNull(text), accessKeyId: text, accessKeySecret: text },
        done: object({ call: yes, verification: yes, upload: yes, ended: yes }),
      }),
    },
  },
  'GET /connect/snippets': {
    does: "The README's recipe for each SDK, with this address and key",
    answers: { 200: list(object({ sdk: text, name: text, language: text, code: text })) },
  },
};
