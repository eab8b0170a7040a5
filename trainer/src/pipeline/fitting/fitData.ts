import type { HeldOutItems, Interactions, MatrixFactorization } from '@pocketrocket/engine';
import { fingerprintOf, handleOf } from '../ratings/fingerprint.ts';
import { hashPlainData } from './hashPlainData.ts';

/** Stands for data that fits are given, by their content: plain JSON. */
export interface DataHandle {
  /** Of all numbers, or of a digest of them, in hexadecimal digits. */
  readonly sha256: string;
}

/** Holds what the handles of fit jobs stand for, in this process's memory. */
export class FitData {
  readonly #interactions = new Map<string, Interactions>();
  readonly #factorizations = new Map<string, MatrixFactorization>();
  readonly #heldOut = new Map<string, HeldOutItems>();

  /** @param handle theirs, as {@link handleOf} makes it */
  addInteractions(interactions: Interactions, handle = handleOf(fingerprintOf(interactions))): DataHandle {
    this.#interactions.set(handle.sha256, interactions);
    return handle;
  }

  addFactorization(factorization: MatrixFactorization): DataHandle {
    const sha256 = hashPlainData(factorization);
    this.#factorizations.set(sha256, factorization);
    return { sha256 };
  }

  addHeldOut(heldOut: HeldOutItems): DataHandle {
    const sha256 = hashPlainData(heldOut);
    this.#heldOut.set(sha256, heldOut);
    return { sha256 };
  }

  /** @throws RangeError for the handle of data that were not added */
  interactions(handle: DataHandle): Interactions {
    return found(this.#interactions, handle);
  }

  /** @throws RangeError for the handle of data that were not added */
  factorization(handle: DataHandle): MatrixFactorization {
    return found(this.#factorizations, handle);
  }

  /** @throws RangeError for the handle of data that were not added */
  heldOut(handle: DataHandle): HeldOutItems {
    return found(this.#heldOut, handle);
  }
}

function found<Data>(all: ReadonlyMap<string, Data>, { sha256 }: DataHandle): Data {
  const data = all.get(sha256);
  if (data === undefined) throw new RangeError(`data ${sha256} were not added`);
  return data;
}
