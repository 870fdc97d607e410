/** Checked by the compiler alone: what must not compile does not. */
import { contract } from '../../src/gateway/contract.js';
import { pick } from '../../src/gateway/errors.js';
import { integer, list, struct, text } from '../../src/gateway/fields.js';
import { implement } from '../../src/gateway/operation.js';

const errors = {
  Known: { status: 400, message: 'm', when: 'w' },
  Other: { status: 400, message: 'm', when: 'w' },
} as const;

const sampleContract = contract({
  name: 'Sample',
  summary: { en: 'e', zh: 'z' },
  source: 's',
  methods: ['POST'],
  params: {
    Needed: text({ required: true }),
    Maybe: integer(),
    Items: list(struct({ Value: text({ required: true }) })),
  },
  response: { Always: text(), Sometimes: text({ optional: true }) },
  errors: pick(errors, ['Known']),
});

export const sample = implement(sampleContract, async ({ Needed, Maybe, Items }, { fail }) => {
  const needed: string = Needed;
  const maybe: number | undefined = Maybe;
  const value: string | undefined = Items?.[0]?.Value;
  // @ts-expect-error an optional parameter may be absent
  const surely: number = Maybe;
  // @ts-expect-error an error of the table that this operation does not document
  if (needed === 'x') return fail('Other');
  if (maybe === 1) return fail('Known');
  return { Always: `${value}${surely}` };
});

// @ts-expect-error a response field that is always present is missing
export const incomplete = implement(sampleContract, async () => ({ Sometimes: 'x' }));
