import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf } from './errors.ts';

/** The kinds of users that an experiment may have. */
export const USER_KINDS = ['accounts', 'dataset', 'apps'] as const;
export type UserKind = (typeof USER_KINDS)[number];

/** The acts that count as an outcome: a rating of 3 stars or more; an app's event of a like or a click. */
export const OUTCOME_KINDS = ['rating', 'like', 'click'] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

const name = z.string().regex(/^[\w-]{1,40}$/, 'must be a name of 1 to 40 letters, digits, - or _');

const armSchema = z.strictObject({
  name,
  /** Share of the users, 0 to 1. */
  share: z.number().min(0).max(1),
  /** Diversity of lists that are asked for without one, 0 to 1. */
  diversity: z.number().min(0).max(1).optional(),
  /** In place of the model's `dislikeWeight`. */
  dislikeWeight: z.number().min(0).max(100).optional(),
  /** Factors of the ranking's weights, by feature. */
  featureWeights: z.record(z.string(), z.number().min(0).max(100)).optional(),
  /** `retrieval` leaves the order of step 2. */
  ranker: z.enum(['neuralCF', 'retrieval']).optional(),
});

const experimentSchema = z
  .strictObject({
    name,
    /** Another one draws the users anew. */
    salt: z.string().max(100).default(''),
    users: z
      .array(z.enum(USER_KINDS))
      .min(1)
      .default([...USER_KINDS]),
    /** The first one is what the others are compared with. */
    arms: z.array(armSchema).min(2).max(10),
    outcomes: z
      .array(z.enum(OUTCOME_KINDS))
      .min(1)
      .default([...OUTCOME_KINDS]),
    /** Days after the first list in which an outcome counts. */
    withinDays: z.number().int().min(1).max(90).default(7),
    /** Smallest difference of the rates that matters: how many users are needed follows from it. */
    minimumEffect: z.number().gt(0).lt(1).default(0.02),
  })
  .refine(({ arms }) => areDistinct(arms), { error: 'two arms have the same name', path: ['arms'] })
  .refine(({ arms }) => arms.reduce((sum, { share }) => sum + share, 0) <= 1 + 1e-9, {
    error: 'the shares of the arms add up to more than 1',
    path: ['arms'],
  });

const experimentsSchema = z
  .array(experimentSchema)
  .max(20)
  .refine(areDistinct, { error: 'two experiments have the same name' });

export type Experiment = z.infer<typeof experimentSchema>;
export type ExperimentArm = Experiment['arms'][number];

function areDistinct(named: readonly { name: string }[]): boolean {
  return new Set(named.map((one) => one.name)).size === named.length;
}

/**
 * Reads experiments from JSON, or from a file of it where the text is a path.
 * @returns them, or what is wrong in words
 */
export function readExperiments(text: string): { experiments: Experiment[] } | { problem: string } {
  const isInline = /^\s*[[{]/.test(text);
  let given: unknown;
  try {
    given = JSON.parse(isInline ? text : readFileSync(text, 'utf8'));
  } catch (error) {
    return { problem: `${isInline ? 'is no JSON' : `cannot be read from ${text}`}: ${messageOf(error)}` };
  }
  const parsed = experimentsSchema.safeParse(given);
  if (parsed.success) return { experiments: parsed.data };
  const issues = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  return { problem: `has experiments that cannot be run: ${issues.join('; ')}` };
}

/** A user's place in an experiment. */
export interface Assignment {
  experiment: Experiment;
  arm: ExperimentArm;
}

/** The first experiment that has the user, and the arm; null where none has. The same user always gets the same. */
export function assignArm(
  experiments: readonly Experiment[],
  userId: number,
  kind: UserKind,
): Assignment | null {
  for (const experiment of experiments) {
    if (!experiment.users.includes(kind)) continue;
    let place = placeOf(experiment, userId);
    for (const arm of experiment.arms) {
      place -= arm.share;
      if (place < 0) return { experiment, arm };
    }
  }
  return null;
}

const PLACE_BITS = 48;

/** A number in [0, 1) by the first 48 bits of a salted hash: as good as drawn, and independent of other experiments. */
function placeOf({ name: experiment, salt }: Experiment, userId: number): number {
  const digest = createHash('sha256').update(`${experiment}\n${salt}\n${userId}`).digest();
  return digest.readUIntBE(0, PLACE_BITS / 8) / 2 ** PLACE_BITS;
}
