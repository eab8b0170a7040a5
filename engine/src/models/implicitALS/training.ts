import type { Interactions } from '../../data/interactions.ts';
import { gaussian, seededRandom } from '../../random/random.ts';
import { FitError, checkOptions, finishEpoch } from '../fitting.ts';
import type { EpochProgress, FitContext } from '../fitting.ts';
import type { ImplicitALS, ImplicitALSOptions } from './index.ts';

const DEFAULTS = { frequencyScaling: 1, initialDeviation: 0.1 };

/** Ends an epoch, whose first half-step must have had a solution too. */
export function finishHalfSteps(context: FitContext, progress: EpochProgress, itemMisfit: number): void {
  const loss = Number.isFinite(itemMisfit) ? progress.loss : NaN;
  const advice = 'try a larger regularization or a smaller initialDeviation';
  finishEpoch('implicitALS', context, { ...progress, loss }, advice);
}

/** Checks the options; random user vectors, and zero item vectors, which the first half-step finds. */
export function initialImplicitALS(
  { numUsers, numItems, itemIndices, userOffsets }: Interactions,
  options: ImplicitALSOptions,
  { seed }: FitContext,
): ImplicitALS {
  const { dim, regularization, unobservedWeight, weights } = options;
  const { frequencyScaling, initialDeviation } = { ...DEFAULTS, ...options };
  checkOptions('implicitALS', options, ['dim', 'iterations'], ['regularization', 'unobservedWeight']);
  checkOptions('implicitALS', { initialDeviation }, [], ['initialDeviation']);
  if (!(frequencyScaling >= 0 && frequencyScaling < Infinity)) {
    throw new FitError(
      `implicitALS: frequencyScaling must be a number of at least 0, not ${frequencyScaling}`,
    );
  }
  if (itemIndices.length === 0) throw new FitError('implicitALS: there are no interactions to learn from');
  if (weights && weights.length !== itemIndices.length) {
    throw new FitError(`implicitALS: ${weights.length} weights for ${itemIndices.length} interactions`);
  }
  if (weights && !weights.every((weight) => weight >= 0 && weight < Infinity)) {
    throw new FitError('implicitALS: every weight must be a finite number of at least 0');
  }
  const isThere = (user: number): boolean => userOffsets[user] < userOffsets[user + 1];
  const userVectors = initialVectors(numUsers, isThere, { dim, initialDeviation }, seed);
  return {
    numUsers,
    numItems,
    dim,
    userVectors,
    itemVectors: new Float32Array(numItems * dim),
    gramian: new Float32Array(dim * dim),
    regularization,
    unobservedWeight,
    frequencyScaling,
  };
}

/** Random vectors, [numUsers × dim], of the users who are there; zeros for others. */
export function initialVectors(
  numUsers: number,
  isThere: (user: number) => boolean,
  { dim, initialDeviation = DEFAULTS.initialDeviation }: Pick<ImplicitALSOptions, 'dim' | 'initialDeviation'>,
  seed: number,
): Float32Array {
  const random = seededRandom(seed);
  const vectors = new Float32Array(numUsers * dim);
  const deviation = initialDeviation / Math.sqrt(dim);
  for (let user = 0; user < numUsers; user++) {
    if (!isThere(user)) continue;
    for (let d = 0; d < dim; d++) vectors[user * dim + d] = deviation * gaussian(random);
  }
  return vectors;
}

/** The settings by which a vector is solved. */
export type ImplicitALSSettings = Pick<
  ImplicitALS,
  'dim' | 'regularization' | 'unobservedWeight' | 'frequencyScaling'
>;

/** λ (count + α₀ · numOthers)^ν. */
export function penaltyOf(settings: ImplicitALSSettings, count: number, numOthers: number): number {
  return (
    settings.regularization *
    Math.pow(count + settings.unobservedWeight * numOthers, settings.frequencyScaling)
  );
}
