import {
  FITTED_PARTS,
  fittedToTensors,
  interactionsOf,
  type FitOptions,
  type FittedName,
} from '@pocketrocket/engine';
import { z } from 'zod';
import { fitOn } from '../pipeline/fitting/fitter.ts';
import { fitInputsFrom } from '../tasks/fitInputs.ts';
import { task } from './task.ts';

const settings: z.ZodType<FitSettings> = z.object({
  name: z.enum(Object.keys(FITTED_PARTS) as [FittedName, ...FittedName[]]),
  /** The part's own check says what is out of range. */
  options: z.custom<FitOptions[FittedName]>((value) => typeof value === 'object' && value !== null),
  seed: z.number().int().nonnegative(),
  numUsers: z.number().int().nonnegative(),
  threads: z.number().int().positive().optional(),
});

interface FitSettings {
  name: FittedName;
  options: FitOptions[FittedName];
  seed: number;
  numUsers: number;
  threads?: number;
}

/**
 * Fits one part on the histories as one data set, from the tensors of a fitted matrix factorization, and until held-out items
 * are found best, where there are any of these.
 */
export const fitTask = task(settings, ({ numUsers, threads, ...job }, { tensors, histories }, onEpoch) => {
  const interactions = interactionsOf(histories, numUsers);
  return fittedToTensors(job.name, fitOn(interactions, job, onEpoch, fitInputsFrom(tensors), threads));
});
