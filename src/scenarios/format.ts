/**
 * The scenario file format, once: the reader's checks, its messages and the published JSON Schema all come from here.
 * Loaded with the first scenario; zod and yaml cost nothing to those who use none.
 */
import * as z from 'zod';
import { FAULTS } from '../gateway/intervention.js';
import { milliseconds } from '../platform/clock.js';
import { InputError } from '../platform/input-error.js';
import { parseOutcome } from '../verification/outcome.js';
import { parseProgression } from '../verification/progression.js';
import { compilePattern } from './pattern.js';
import { compileRegExp } from './regexp.js';

/** Reads a text form, turning what its reader throws into a message at the right place. */
const written = <T>(read: (text: string) => T) =>
  z.string().transform((text, context): T => {
    try {
      return read(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });

/** A timer that is told to wait longer than 2^31 ms does not wait at all; nobody's client waits a day. */
const MAX_DELAY = 86_400_000;
const readDelay = (text: string | number): number => {
  const ms = milliseconds(text);
  if (ms < 0 || ms > MAX_DELAY) throw new InputError(`'${text}' is not between 0 and 1d`);
  return ms;
};
const duration = z
  .union([written(readDelay), z.number().min(0).max(MAX_DELAY)])
  .describe('500ms, 30s, 31m, 2h, 1d, or a number of milliseconds');

/** Compiled to see whether it can be; the rule compiles it again. */
const compiles = (pattern: string | number | boolean, context: z.RefinementCtx): void => {
  try {
    compilePattern(pattern, compileRegExp);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
};
const pattern = z
  .union([z.string(), z.number(), z.boolean()])
  .superRefine(compiles)
  .describe('equal, * globs, or /regex/flags');
const count = z.number().int().min(0).max(1_000_000);

const percentiles = z
  .strictObject({ p50: duration, p99: duration })
  .refine(({ p50, p99 }) => p50 > 0 && p99 >= p50, 'p50 must be more than 0, and p99 no less than p50');

const ruleSchema = z.strictObject({
  on: z
    .string()
    .min(1)
    .superRefine(compiles)
    .describe('operation, with * globs: GetVerifyToken, saf/2017-03-31/face_verify.*'),
  when: z
    .strictObject({
      account: z.string().superRefine(compiles).optional().describe('the account, with * globs'),
      call: z
        .union([count.min(1), z.array(count.min(1)).min(1)])
        .optional()
        .describe('the nth matching call, from 1'),
      params: z
        .record(z.string(), pattern)
        .optional()
        .describe('parameters; those inside ServiceParameters by their own name'),
    })
    .optional(),
  after: count.optional().describe('matching calls to let pass first'),
  times: count.min(1).optional().describe('how often it fires; absent means always'),
  rate: z.number().min(0).max(1).optional().describe('share of the matching calls it fires on'),
  seed: z.number().int().optional().describe('makes rate and delay repeatable; default 0'),
  then: z
    .strictObject({
      fail: z
        .union([z.string().min(1), z.number().int()])
        .optional()
        .describe('a documented error code; the call changes no state'),
      outcome: written(parseOutcome).optional().describe('pass, fail, fail:<reason>, quit or expire'),
      progression: written((text) => parseProgression(text, ['manual', 'fail']))
        .optional()
        .describe('immediate, after:30s, polls:2, manual or fail'),
      delay: z
        .union([duration.transform((ms) => ({ ms })), percentiles])
        .optional()
        .describe('fixed, or by median and 99th percentile'),
      fault: z.enum(FAULTS).optional().describe('what happens to the reply after the call was handled'),
      counts: z
        .boolean()
        .optional()
        .describe('with outcome: a failure so ordered counts towards --failure-limit; default false'),
    })
    .refine((then) => then.counts === undefined || then.outcome?.kind === 'fail', 'counts needs outcome: fail')
    .refine(
      (then) => Object.keys(then).length > 0,
      'says nothing: give at least one of fail, outcome, progression, delay, fault',
    ),
});

export const fileSchema = z.strictObject({
  $schema: z.string().optional(),
  description: z.union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })]).optional(),
  rules: z.array(ruleSchema).min(1),
});

/** What may stand in each kind of object, for messages. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  file: Object.keys(fileSchema.shape),
  rule: Object.keys(ruleSchema.shape),
  when: Object.keys(ruleSchema.shape.when.unwrap().shape),
  then: Object.keys(ruleSchema.shape.then.shape),
  delay: Object.keys(percentiles.shape),
};

/** The JSON Schema editors complete from. @param examples what they offer for `on` and `fail` */
export const jsonSchema = (examples: { readonly on: readonly string[]; readonly fail: readonly string[] }): object => ({
  ...z.toJSONSchema(fileSchema, {
    io: 'input',
    override({ zodSchema, jsonSchema: made }) {
      if (zodSchema === ruleSchema.shape.on) made.examples = [...examples.on];
      if (zodSchema === ruleSchema.shape.then.shape.fail.unwrap()) made.examples = [...examples.fail];
    },
  }),
  title: 'cloudauth-mock scenario',
});
