import { initialVectors, solveHalfStep, userRows, vectorGramian } from '@pocketrocket/engine';
import { z } from 'zod';
import { task } from './task.ts';
import { vectorIn } from './tensorsIn.ts';

const size = z.number().int().positive();
const sizes = {
  /** All of the other side: items where users are solved for, users where items are. */
  numItems: size,
  dim: size,
};

const startSettings = z.object({
  ...sizes,
  seed: z.number().int().nonnegative(),
  initialDeviation: z.number().positive().optional(),
});

const stepSettings = z.object({
  ...sizes,
  regularization: z.number().positive(),
  unobservedWeight: z.number().positive(),
  frequencyScaling: z.number().nonnegative().default(1),
});

/** The random vectors that iALS starts from, given the `counts` of ratings of each one whose vectors they are, [numItems]. */
export const alsStartTask = task(startSettings, ({ numItems, seed, ...options }, { tensors }) => {
  const counts = vectorIn(tensors, 'counts', '<i4', numItems);
  const vectors = initialVectors(numItems, (place) => counts[place] !== 0, options, seed);
  return { vectors: { shape: [numItems, options.dim], data: vectors } };
});

/** QᵀQ of all `vectors` of one side, [numItems × dim]: what half-steps are given beside these. */
export const alsGramianTask = task(z.object(sizes), ({ numItems, dim }, { tensors }) => {
  const vectors = vectorIn(tensors, 'vectors', '<f4', numItems * dim);
  return { gramian: { shape: [dim, dim], data: vectorGramian(vectors, dim) } };
});

/**
 * Solves for the vectors of iALS of the users whose histories come, given `vectors` [numItems × dim] and their `gramian` [dim × dim] with the
 * start.
 *
 * The other half of a round is the same task with the sides exchanged: an item's history are its users, ascending.
 */
export const alsHalfStepTask = task(stepSettings, ({ numItems, dim, ...rest }, { tensors, histories }) => {
  const { userIndices, interactions } = histories;
  const given = {
    vectors: vectorIn(tensors, 'vectors', '<f4', numItems * dim),
    gramian: vectorIn(tensors, 'gramian', '<f4', dim * dim),
  };
  const { vectors, ...sums } = solveHalfStep(userRows(interactions), given, { dim, ...rest });
  return {
    userIndices: { shape: [userIndices.length], data: userIndices },
    vectors: { shape: [userIndices.length, dim], data: vectors },
    sums: { shape: [2], data: Float64Array.of(sums.least, sums.penalty) },
  };
});
