import type { Interactions } from '../data/interactions.ts';
import type { FitContext } from './fitting.ts';
import { trainItem2Vec } from './item2vec/index.ts';
import type { Item2VecOptions } from './item2vec/index.ts';
import { item2vecOf, startItem2Vec } from './item2vec/training.ts';
import { trainMatrixFactorization } from './matrixFactorization/index.ts';
import type { MatrixFactorizationOptions } from './matrixFactorization/index.ts';
import {
  matrixFactorizationOf,
  startMatrixFactorization,
  stepSizes,
} from './matrixFactorization/training.ts';
import { trainNeuralCF } from './neuralCF/index.ts';
import type { NeuralCFInit, NeuralCFOptions } from './neuralCF/index.ts';
import { neuralCFOf, startNeuralCF } from './neuralCF/state.ts';
import type { FitState, UserRange } from './rounds.ts';

/** A fit that goes on from the state of its last epoch, so that it can be made in rounds over partitions of the users. */
export interface FitInRounds<Options, State extends FitState, Model> {
  /**
   * The state before the first epoch: of items and network the same in all partitions, of one partition of all users that
   * of the fit in one piece.
   * @throws FitError
   */
  start(
    interactions: Interactions,
    options: Options,
    seed: number,
    users: UserRange,
    init?: NeuralCFInit,
  ): State;
  /**
   * Trains in place until so many epochs are done.
   * @param context with the partition's seed, `seedOfRange`
   * @throws FitError
   */
  train(interactions: Interactions, options: Options, context: FitContext, state: State, upTo: number): void;
  /** {@link Round.pull} of a sample in an epoch, counted from 1: in proportion to the step size; measured (docs/spark.md). */
  pull(options: Options, epoch: number): number;
  /** The model of a state, whose memory it may share. */
  model(state: State, options: Options): Model;
}

/** All fits that can be made in rounds. */
export const FITS_IN_ROUNDS = {
  item2vec: {
    start: startItem2Vec,
    train: trainItem2Vec,
    // A rating is the middle of a window, and so several samples.
    pull: (options: Item2VecOptions, epoch: number) => fallingRate(options, epoch),
    model: item2vecOf,
  },
  matrixFactorization: {
    start: startMatrixFactorization,
    train: trainMatrixFactorization,
    pull: (options: MatrixFactorizationOptions, epoch: number) =>
      0.3 * stepSizes(options, epoch).learningRate,
    model: matrixFactorizationOf,
  },
  neuralCF: {
    start: startNeuralCF,
    train: trainNeuralCF,
    pull: (options: NeuralCFOptions, epoch: number) => 0.3 * fallingRate(options, epoch),
    model: neuralCFOf,
  },
} as const;

function fallingRate({ learningRate, epochs }: Item2VecOptions | NeuralCFOptions, epoch: number): number {
  return learningRate * (1 - (epoch - 1) / epochs);
}

export type RoundFitName = keyof typeof FITS_IN_ROUNDS;
