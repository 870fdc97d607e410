/** Verifications of every kind: listed, looked at, ended. */
import { instant, list, object, oneOf, type RouteTexts, text, whole, yes } from './schema.js';

const shown = {
  ...{ id: text, handle: text, product: text, status: oneOf('open', 'review', 'passed', 'failed', 'quit') },
  ...{ startedAt: instant, expiresAt: instant, 'endedAt?': instant, detail: text, 'person?': text },
  ...{ 'reason?': text, 'asksFor?': text, 'left?': yes, 'expired?': yes, 'pageOpen?': yes },
};

export const verifications: RouteTexts = {
  'GET /verifications': {
    does: 'Verifications, the latest first; the header Link names the next page, x-total-count how many there are',
    query: {
      status: 'open: those that have not ended; ended: the others',
      q: 'what a TicketId, BizId or other name begins with, or an id does with eight characters',
      limit: '1 to 1000; default 200',
      after: 'what the Link header of the page before says',
    },
    answers: { 200: list(object(shown)) },
  },
  'GET /verifications/:id': {
    does: 'One of them, by any name of it: its page, its timeline, how it can end',
    answers: {
      200: object({
        ...shown,
        ...{ now: instant, asked: whole, 'page?': text, 'elsewhere?': text, ends: list(text) },
        timeline: list(object({ what: text, 'at?': instant, 'text?': text })),
      }),
    },
  },
  'GET /verifications/:id/qr': {
    does: 'The address of its page for another device, as a QR code',
    answers: { 200: 'image/svg+xml' },
  },
  'POST /verifications/:id/:end': {
    does: 'Ends one: pass, fail, quit or expire',
    body: object({ 'reason?': text, 'counts?': yes }),
    answers: { 200: object({ id: text, end: text, product: text, client: text }) },
  },
};
