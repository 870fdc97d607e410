/**
 * The scenario file format, once: the reader's checks, its messages and the published JSON Schema all come from here.
 * Loaded with the first scenario; zod and yaml cost nothing to those who use none.
 */
import * as z from 'zod';
import { FAULTS } from '../gateway/intervention.js';
import { milliseconds } from '../platform/clock.js';
import { InputError } from '../platform/input-error.js';
import { didYouMean } from '../platform/nearest.js';
import { ENDS, parseOutcome } from '../verification/outcome.js';
import { parseProgression } from '../verification/progression.js';
import { called } from './issues.js';
import { compilePattern } from './pattern.js';
import type { Path } from './problem.js';
import { compileRegExp } from './regexp.js';

/** A reason is a sentence. */
const MAX_WRITTEN = 1000;
/** Reads a text form, turning what its reader throws into a message at the right place. */
const written = <T>(read: (text: string) => T, words: readonly string[] = []) =>
  z.string().transform((text, context): T => {
    try {
      if (text.length > MAX_WRITTEN) throw new InputError(`more than ${MAX_WRITTEN} characters`);
      return read(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message + didYouMean(text, words) });
      return z.NEVER;
    }
  });

/** Of a value that has none of several forms. */
const other =
  (forms: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined ? `is missing: ${forms}` : `${called(input)} is not ${forms}`;

/** A timer that is told to wait longer than 2^31 ms does not wait at all; nobody's client waits a day. */
const MAX_DELAY = 86_400_000;
const readDelay = (text: string | number): number => {
  const ms = milliseconds(text);
  if (ms < 0 || ms > MAX_DELAY) throw new InputError(`'${text}' is not between 0 and 1d`);
  return ms;
};
const DURATION = '500ms, 30s, 31m, 2h, 1d, or a number of milliseconds';
const duration = z
  .union([written(readDelay), z.number().min(0).max(MAX_DELAY)], { error: other(DURATION) })
  .describe(DURATION);

/** What is longer is no name and no number; of a value so much is compared. */
const MAX_PATTERN = 4096;
/** Compiled to see whether it can be; the rule compiles it again. */
const compiles = (pattern: string | number | boolean, context: z.RefinementCtx): void => {
  try {
    if (typeof pattern === 'number' && !(Math.abs(pattern) <= Number.MAX_SAFE_INTEGER))
      throw new InputError('the number is too large to be kept as it is written; quote it');
    if (String(pattern).length > MAX_PATTERN) throw new InputError(`more than ${MAX_PATTERN} characters`);
    compilePattern(pattern, compileRegExp);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
};
const pattern = z
  .union([z.string(), z.number(), z.boolean()], { error: other('a text, a number, true or false') })
  .superRefine(compiles)
  .describe('equal, * globs, or /regex/flags');
const count = z.number().int().min(0).max(1_000_000);

const percentiles = z
  .strictObject({ p50: duration, p99: duration })
  .refine(({ p50, p99 }) => p50 > 0 && p99 >= p50, 'p50 must be more than 0, and p99 no less than p50');

export const ruleSchema = z.strictObject({
  on: z
    .string()
    .min(1)
    .superRefine(compiles)
    .describe('operation, with * globs: GetVerifyToken, saf/2017-03-31/face_verify.*'),
  when: z
    .strictObject({
      account: z.string().superRefine(compiles).optional().describe('the account, with * globs'),
      host: z
        .string()
        .refine((host) => !/:\d+$/.test(host), 'a host is compared without its port')
        .superRefine(compiles)
        .optional()
        .describe('the host the call was sent to, without a port, with * globs'),
      call: z
        .union([count.min(1), z.array(count.min(1)).min(1).max(1000)], {
          error: other('a number from 1, or a list of such'),
        })
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
  disabled: z.boolean().optional().describe('true: it stays where it is and does nothing; it can be switched on'),
  then: z
    .strictObject({
      fail: z
        .union([z.string().min(1).max(200), z.number().int()], { error: other('an error code') })
        .optional()
        .describe('a documented error code; the call changes no state'),
      outcome: written(parseOutcome, ENDS).optional().describe('pass, fail, fail:<reason>, quit or expire'),
      progression: written(
        (text) => parseProgression(text, ['manual', 'fail']),
        ['immediate', 'auto', 'manual', 'fail'],
      )
        .optional()
        .describe('immediate, after:30s, polls:2, manual or fail'),
      delay: z
        .union([duration.transform((ms) => ({ ms })), percentiles], { error: other(`${DURATION}, or { p50, p99 }`) })
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

const description = z
  .union([z.string(), z.strictObject({ en: z.string(), zh: z.string() })], { error: other('a text, or { en, zh }') })
  .optional();
const fileSchema = z.strictObject({ $schema: z.string().optional(), description, rules: z.array(ruleSchema).min(1) });

/** The file around its rules, which are checked one by one. */
export const frameSchema = fileSchema.extend({ rules: z.array(z.unknown()).min(1).max(10_000) });

const KEYS: Readonly<Record<string, readonly string[]>> = {
  when: Object.keys(ruleSchema.shape.when.unwrap().shape),
  then: Object.keys(ruleSchema.shape.then.shape),
  delay: Object.keys(percentiles.shape),
  description: ['en', 'zh'],
};
/** What may stand in the mapping at a path of the file, for messages. */
export function keysAt(path: Path): readonly string[] {
  if (path.length === 0) return Object.keys(fileSchema.shape);
  return KEYS[String(path.at(-1))] ?? Object.keys(ruleSchema.shape);
}

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
