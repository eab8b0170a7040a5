import type { Interactions } from '../../data/interactions.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { FitContext } from '../fitting.ts';
import { trainByKernel } from './kernel.ts';
import { trainReference } from './reference.ts';
import { item2vecOf, startItem2Vec } from './training.ts';
import type { Item2VecState } from './training.ts';

export interface Item2VecOptions {
  /** Length of the vectors trained. */
  readonly dim: number;
  /** Neighbours on either side of a position, at most; each position draws its own reach from 1 … window. */
  readonly window: number;
  /** Negative items per observed pair, drawn uniformly from the catalogue. */
  readonly negatives: number;
  readonly epochs: number;
  /** Step size at the start; falls linearly to nearly 0. */
  readonly learningRate: number;
  /**
   * All pairs of a window share the negatives drawn for its middle, unless false: then each pair draws its own. Sharing is
   * of equal quality (docs/kernels.md) and faster, above all on several threads, since a window touches fewer rows.
   */
  readonly sharedNegatives?: boolean;
  /** Returns vectors that score both directions alike, twice as long; see {@link symmetrised}. */
  readonly symmetric?: boolean;
}

/** Two vectors per item: IN speaks for an item as history, OUT for the same item as what comes next; score IN·OUT. */
export interface Item2Vec {
  readonly numItems: number;
  readonly dim: number;
  /** [numItems × dim] row-major. */
  readonly inVectors: Float32Array;
  /** [numItems × dim] row-major. */
  readonly outVectors: Float32Array;
}

/**
 * Learns item vectors from which items stand near one another in the users' time-ordered histories.
 *
 * Source: skip-gram with negative sampling (Mikolov et al. 2013, eq. 4) on item sequences (Barkan & Koenigstein,
 * "Item2Vec", 2016); negatives with exponent 0, that is uniform, and without subsampling of frequent items.
 * Several threads update the vectors without locks (Recht et al. 2011, "Hogwild!").
 * @throws FitError for options out of range, for fewer than three items, when no history has two interactions, or when
 *   the loss is not finite.
 * @throws EngineMemoryError when vectors and histories do not fit in memory.
 */
export function fitItem2Vec(
  interactions: Interactions,
  options: Item2VecOptions,
  context: FitContext,
): Item2Vec {
  const state = startItem2Vec(interactions, options, context.seed);
  trainItem2Vec(interactions, options, context, state, options.epochs);
  return item2vecOf(state, options);
}

/**
 * Trains a state in place until so many epochs are done.
 * @param context with the seed of the partition
 * @throws FitError when no history has two interactions, or when the loss is not finite.
 * @throws EngineMemoryError when vectors and histories do not fit in memory.
 */
export function trainItem2Vec(
  interactions: Interactions,
  options: Item2VecOptions,
  context: FitContext,
  state: Item2VecState,
  upTo: number,
): void {
  const kernel = loadKernel('item2vec');
  if (kernel) trainByKernel(kernel, interactions, options, context, state, upTo);
  else trainReference(interactions, options, context, state, upTo);
}
