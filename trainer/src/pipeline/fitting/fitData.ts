import type { Interactions, MatrixFactorization } from '@pocketrocket/engine';
import { hashPlainData } from './hashPlainData.ts';

/** Stands for data that fits are given, by their content: plain JSON. */
export interface DataHandle {
  /** Of all numbers, in hexadecimal digits. */
  readonly sha256: string;
}

/** Holds what the handles of fit jobs stand for, in this process's memory. */
export class FitData {
  readonly #interactions = new Map<string, Interactions>();
  readonly #factorizations = new Map<string, MatrixFactorization>();

  addInteractions(interactions: Interactions): DataHandle {
    return added(this.#interactions, interactions);
  }

  addFactorization(factorization: MatrixFactorization): DataHandle {
    return added(this.#factorizations, factorization);
  }

  /** @throws RangeError for the handle of data that were not added */
  interactions(handle: DataHandle): Interactions {
    return found(this.#interactions, handle);
  }

  /** @throws RangeError for the handle of data that were not added */
  factorization(handle: DataHandle): MatrixFactorization {
    return found(this.#factorizations, handle);
  }
}

function added<Data>(all: Map<string, Data>, data: Data): DataHandle {
  const sha256 = hashPlainData(data);
  all.set(sha256, data);
  return { sha256 };
}

function found<Data>(all: ReadonlyMap<string, Data>, { sha256 }: DataHandle): Data {
  const data = all.get(sha256);
  if (data === undefined) throw new RangeError(`data ${sha256} were not added`);
  return data;
}
