import type { Interactions } from '../../data/interactions.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { DivergenceError, FitContext } from '../fitting.ts';
import { fitSequenceWith, fitStoppedWith, trainSequenceWith } from './fitWith.ts';
import { kernelTrainer } from './kernel.ts';
import type { SequenceOptions } from './options.ts';
import type { SequenceParameters, SequenceShape } from './parameters.ts';
import { referenceTrainer } from './reference.ts';
import { checkSequenceState } from './state.ts';
import type { SequenceState } from './state.ts';
import type { StartTrainer } from './trainer.ts';

export type { SequenceHistory } from './inputs.ts';
export type { SequenceLoss, SequenceOptions } from './options.ts';
export type { SequenceParameters, SequenceShape } from './parameters.ts';
export type { SequenceState } from './state.ts';

/**
 * A causal transformer over the latest L items of a history, which says what comes next (SASRec).
 *
 * Source: Kang & McAuley, "Self-Attentive Sequential Recommendation" (ICDM 2018), with the norms before the layers and
 * positions counted from the end. `encodeSequence` makes a user's vector of a history; an item's score is its inner product
 * with the item's embedding. A model's parameters must not change after its first use: the encoder caches a copy.
 */
export interface SequenceModel extends SequenceShape {
  readonly parameters: SequenceParameters;
}

/**
 * Learns to tell from each beginning of a history which item comes next, by Adam, from target and sampled negatives that a
 * batch shares.
 *
 * The kernel trains on `context.threads` threads, with the same bytes for any number of them; without it,
 * {@link fitSequenceReference} does. Interactions without times are read in file order.
 * @throws FitError for options out of range and when no history has two interactions.
 * @throws DivergenceError<SequenceModel> when the loss or a parameter is not finite.
 * @throws EngineMemoryError when there is not the memory to train; known before anything is trained.
 */
export function fitSequence(
  interactions: Interactions,
  options: SequenceOptions,
  context: FitContext,
): SequenceModel {
  return fitSequenceWith(ownTrainer(context), interactions, options, context);
}

/**
 * Trains a state in place until so many epochs are done; it goes on as a fit in one piece would, to the last bit.
 * @throws FitError for options out of range and for a state of other data or of options of other sizes.
 * @throws DivergenceError<SequenceModel> when the loss or a parameter is not finite; the state is that of the epoch before.
 * @throws EngineMemoryError when there is not the memory to train.
 */
export function trainSequence(
  interactions: Interactions,
  options: SequenceOptions,
  context: FitContext,
  state: SequenceState,
  upTo: number,
): void {
  checkSequenceState(interactions, options, state);
  trainSequenceWith(ownTrainer(context), interactions, options, context, state, upTo);
}

/** {@link fitSequence} on one thread without WebAssembly: what the kernel is tested against. */
export function fitSequenceReference(
  interactions: Interactions,
  options: SequenceOptions,
  context: FitContext,
): SequenceModel {
  return fitSequenceWith(referenceTrainer, interactions, options, context);
}

/** When {@link fitSequenceStopped} stops. */
export interface SequenceStopping {
  /** Of a model between two epochs, such as NDCG@10 on held-out items; higher is better, and 0 is of one that knows nothing yet. */
  readonly measure: (model: SequenceModel, epoch: number) => number;
  /** Epochs from one measurement to the next; 1 where left out. */
  readonly every?: number;
  /** Measurements without gain after which training ends; counted once one was above 0. */
  readonly patience: number;
}

export interface StoppedSequence {
  /** Of the best measurement. */
  readonly model: SequenceModel;
  /** Epochs that the best measurement came after: how long a fit on all data should go on. */
  readonly epochs: number;
  /** All measurements in their order. */
  readonly curve: readonly { readonly epoch: number; readonly value: number; readonly loss: number }[];
  /** Why training ended where it diverged; null where it did not. */
  readonly divergence: DivergenceError<SequenceModel> | null;
}

/**
 * {@link fitSequence} that ends when a measurement of yours has not risen for a while, or after `options.epochs`. A fit with
 * `epochs` of the answer gives, on the same data, the model of the answer.
 *
 * Where it diverges after a measurement it ends there, with the best.
 * @throws as {@link fitSequence}, but DivergenceError before the first measurement alone; with what `measure` throws
 */
export function fitSequenceStopped(
  interactions: Interactions,
  options: SequenceOptions,
  context: FitContext,
  stopping: SequenceStopping,
): StoppedSequence {
  return fitStoppedWith(ownTrainer(context), interactions, options, context, stopping);
}

function ownTrainer({ threads = 1 }: FitContext): StartTrainer {
  const kernel = loadKernel('sequence');
  return kernel ? (...data) => kernelTrainer(kernel, ...data, threads) : referenceTrainer;
}
