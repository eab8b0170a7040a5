import type { Random } from '../../random/random.ts';
import type { SequenceModel } from './index.ts';
import { initialParameters } from './parameters.ts';
import type { SequenceShape } from './parameters.ts';

/** A model as training starts with it. */
export function initialSequence(shape: SequenceShape, random: Random): SequenceModel {
  return { ...shape, parameters: initialParameters(shape, random) };
}
