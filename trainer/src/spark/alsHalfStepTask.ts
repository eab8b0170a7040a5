import { solveHalfStep, userRows } from '@pocketrocket/engine';
import { z } from 'zod';
import { task } from './task.ts';
import { vectorIn } from './tensorsIn.ts';

const settings = z.object({
  /** All of the other side: items where users are solved for, users where items are. */
  numItems: z.number().int().positive(),
  dim: z.number().int().positive(),
  regularization: z.number().positive(),
  unobservedWeight: z.number().positive(),
  frequencyScaling: z.number().nonnegative(),
});

/**
 * Solves for the vectors of iALS of the users whose histories come, given `vectors` [numItems × dim] with the start.
 *
 * The other half of a round is the same task with the sides exchanged: an item's history are its users, ascending.
 */
export const alsHalfStepTask = task(settings, ({ numItems, dim, ...rest }, { tensors, histories }) => {
  const { userIndices, interactions } = histories;
  const given = vectorIn(tensors, 'vectors', '<f4', numItems * dim);
  const { vectors, least } = solveHalfStep(userRows(interactions), given, { dim, ...rest });
  return {
    userIndices: { shape: [userIndices.length], data: userIndices },
    vectors: { shape: [userIndices.length, dim], data: vectors },
    least: { shape: [1], data: Float64Array.of(least) },
  };
});
