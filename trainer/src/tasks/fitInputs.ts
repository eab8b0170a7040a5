import {
  fittedFromTensors,
  fittedToTensors,
  type HeldOutItems,
  type MatrixFactorization,
  type Tensors,
} from '@pocketrocket/engine';
import type { NamedTensors } from '../tensors/namedTensors.ts';

/** The data of a fit, beside its interactions. */
export interface FitInputs {
  /** Start of NeuralCF's embeddings. */
  init?: MatrixFactorization;
  /** Items held out of the interactions, by which a fit that stops early knows when. */
  heldOut?: HeldOutItems;
}

/** Precedes the names of held-out items' tensors. */
const HELD_OUT = 'heldOut.';

/** Names their arrays, for a task. */
export function fitInputsToTensors({ init, heldOut }: FitInputs): NamedTensors {
  return {
    ...(init && fittedToTensors('matrixFactorization', init)),
    ...Object.fromEntries(
      Object.entries({ ...heldOut }).map(([name, data]: [string, Int32Array]) => [
        HELD_OUT + name,
        { shape: [data.length], data },
      ]),
    ),
  };
}

/** The way back from {@link fitInputsToTensors}. @throws RangeError for an array of another type */
export function fitInputsFrom(tensors: NamedTensors): FitInputs {
  const names = Object.keys(tensors);
  const isOfHeldOut = (name: string): boolean => name.startsWith(HELD_OUT);
  const arrayOf = (name: keyof HeldOutItems): Int32Array => {
    const data = tensors[HELD_OUT + name]?.data;
    if (!(data instanceof Int32Array)) throw new RangeError(`tensor ${HELD_OUT}${name}: must hold int32`);
    return data;
  };
  return {
    ...(names.some((name) => !isOfHeldOut(name)) && {
      init: fittedFromTensors('matrixFactorization', tensors as Tensors),
    }),
    ...(names.some(isOfHeldOut) && {
      heldOut: { userIndices: arrayOf('userIndices'), offsets: arrayOf('offsets'), items: arrayOf('items') },
    }),
  };
}
