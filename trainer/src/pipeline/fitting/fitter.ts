import { FITTED_PARTS, fitNeuralCF } from '@pocketrocket/engine';
import type {
  EpochProgress,
  FitContext,
  FitOptions,
  FitResults,
  FittedName,
  Interactions,
  MatrixFactorization,
  NeuralCFOptions,
} from '@pocketrocket/engine';
import { fitNeuralCFTfjs } from '../../tfjs/fitNeuralCFTfjs.ts';
import type { FitInputs } from '../../tasks/fitInputs.ts';
import type { DataHandle, FitData } from './fitData.ts';

/** Backends that take NeuralCF's optimiser steps. */
export const BACKENDS = ['engine', 'tfjs'] as const;

/** NeuralCF's options with who trains it: the engine where nothing is said. */
export interface BackedNeuralCFOptions extends NeuralCFOptions {
  readonly backend?: (typeof BACKENDS)[number];
}

export type { FittedName };

type Options = Omit<FitOptions, 'neuralCF'> & { neuralCF: BackedNeuralCFOptions };

/** Everything one fit depends on: plain JSON, in which handles stand for the data, so that it can be carried out anywhere. */
export interface FitJob<Name extends FittedName = FittedName> {
  name: Name;
  interactions: DataHandle;
  options: Options[Name];
  seed: number;
  /** Start of NeuralCF's embeddings, a fitted matrix factorization; only for `neuralCF`. */
  init?: DataHandle;
  /** Items held out of the interactions, by which a fit that stops early knows when. */
  heldOut?: DataHandle;
}

/**
 * Carries out a job, here or elsewhere; an aborted signal ends it with its reason.
 * @param data has what the job's handles stand for
 * @param threads that the fit may have, 1 where left out; what it learns must not depend on them
 */
export type Fitter = <Name extends FittedName>(
  job: FitJob<Name>,
  data: FitData,
  onEpoch: (progress: EpochProgress) => void,
  signal: AbortSignal,
  threads?: number,
) => Promise<FitResults[Name]>;

type Fit<Name extends FittedName> = (
  interactions: Interactions,
  options: Options[Name],
  context: FitContext,
  init?: MatrixFactorization,
) => FitResults[Name];

const ENGINE_FITS = Object.fromEntries(Object.values(FITTED_PARTS).map(({ name, fit }) => [name, fit])) as {
  [Name in FittedName]: (typeof FITTED_PARTS)[Name]['fit'];
};

const FITS: { [Name in FittedName]: Fit<Name> } = {
  ...ENGINE_FITS,
  neuralCF: (interactions, options, context, init) =>
    (options.backend === 'tfjs' ? fitNeuralCFTfjs : fitNeuralCF)(interactions, options, context, init),
};

/** Fits in this process, blocking it. */
export function fitHere<Name extends FittedName>(
  job: FitJob<Name>,
  data: FitData,
  onEpoch: (progress: EpochProgress) => void,
): FitResults[Name] {
  return fitOn(data.interactions(job.interactions), job, onEpoch, inputsOf(job, data));
}

/** Looks up the data that a job's handles stand for, beside its interactions. */
export function inputsOf({ init, heldOut }: Pick<FitJob, 'init' | 'heldOut'>, data: FitData): FitInputs {
  return {
    ...(init && { init: data.factorization(init) }),
    ...(heldOut && { heldOut: data.heldOut(heldOut) }),
  };
}

/** The same with the data themselves. */
export function fitOn<Name extends FittedName>(
  interactions: Interactions,
  { name, options, seed }: Pick<FitJob<Name>, 'name' | 'options' | 'seed'>,
  onEpoch: (progress: EpochProgress) => void,
  { init, heldOut }: FitInputs = {},
  threads = 1,
): FitResults[Name] {
  return FITS[name](interactions, options, { seed, threads, onEpoch, ...(heldOut && { heldOut }) }, init);
}
