import {
  FITTED_PARTS,
  fittedFromTensors,
  fittedToTensors,
  interactionsOf,
  type FitOptions,
  type FittedName,
  type HeldOutItems,
  type Tensors,
} from '@pocketrocket/engine';
import { z } from 'zod';
import { fitOn } from '../pipeline/fitting/fitter.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { task } from './task.ts';

const settings: z.ZodType<FitSettings> = z.object({
  name: z.enum(Object.keys(FITTED_PARTS) as [FittedName, ...FittedName[]]),
  /** The part's own check says what is out of range. */
  options: z.custom<FitOptions[FittedName]>((value) => typeof value === 'object' && value !== null),
  seed: z.number().int().nonnegative(),
  numUsers: z.number().int().nonnegative(),
});

interface FitSettings {
  name: FittedName;
  options: FitOptions[FittedName];
  seed: number;
  numUsers: number;
}

/** Precedes the names of held-out items' tensors. */
const HELD_OUT = 'heldOut.';

/** Names the arrays of held-out items, for a task. */
export function heldOutToTensors(heldOut: HeldOutItems): NamedTensors {
  return Object.fromEntries(
    Object.entries({ ...heldOut }).map(([name, data]: [string, Int32Array]) => [
      HELD_OUT + name,
      { shape: [data.length], data },
    ]),
  );
}

/** The way back from {@link heldOutToTensors}; undefined where there are none. */
function heldOutFrom(tensors: NamedTensors): HeldOutItems | undefined {
  const arrayOf = (name: keyof HeldOutItems): Int32Array => {
    const data = tensors[HELD_OUT + name]?.data;
    if (!(data instanceof Int32Array)) throw new RangeError(`tensor ${HELD_OUT}${name}: must hold int32`);
    return data;
  };
  if (!Object.keys(tensors).some((name) => name.startsWith(HELD_OUT))) return undefined;
  return { userIndices: arrayOf('userIndices'), offsets: arrayOf('offsets'), items: arrayOf('items') };
}

/**
 * Fits one part on the histories as one data set, from the tensors of a fitted matrix factorization, and until held-out items
 * are found best, where there are any of these.
 */
export const fitTask = task(settings, ({ numUsers, ...job }, { tensors, histories }, onEpoch) => {
  const isStarted = Object.keys(tensors).some((name) => !name.startsWith(HELD_OUT));
  const init = isStarted ? fittedFromTensors('matrixFactorization', tensors as Tensors) : undefined;
  const heldOut = heldOutFrom(tensors);
  const inputs = { ...(init && { init }), ...(heldOut && { heldOut }) };
  return fittedToTensors(job.name, fitOn(interactionsOf(histories, numUsers), job, onEpoch, inputs));
});
