import { fork } from 'node:child_process';
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
import { AppError } from '@pocketrocket/runtime';
import { runnableModule } from '../../processes/runnableModule.ts';
import { fitNeuralCFTfjs } from '../../tfjs/fitNeuralCFTfjs.ts';

/** Backends that take NeuralCF's optimiser steps. */
export const BACKENDS = ['engine', 'tfjs'] as const;

/** NeuralCF's options with who trains it: the engine where nothing is said. */
export interface BackedNeuralCFOptions extends NeuralCFOptions {
  readonly backend?: (typeof BACKENDS)[number];
}

export type { FittedName };

type Options = Omit<FitOptions, 'neuralCF'> & { neuralCF: BackedNeuralCFOptions };

/** Everything one fit depends on; plain data, so that it can be handed to another process. */
export interface FitJob<Name extends FittedName = FittedName> {
  name: Name;
  interactions: Interactions;
  options: Options[Name];
  seed: number;
  /** Start of NeuralCF's embeddings; only for `neuralCF`. */
  init?: MatrixFactorization;
}

/** Carries out a job, here or elsewhere; an aborted signal ends it with its reason. */
export type Fitter = <Name extends FittedName>(
  job: FitJob<Name>,
  onEpoch: (progress: EpochProgress) => void,
  signal: AbortSignal,
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
  { name, interactions, options, seed, init }: FitJob<Name>,
  onEpoch: (progress: EpochProgress) => void,
): FitResults[Name] {
  return FITS[name](interactions, options, { seed, onEpoch }, init);
}

/** Messages of the child process of {@link fitInChild}, in order: epochs, then the outcome. */
export type FitMessage<Name extends FittedName = FittedName> =
  | { kind: 'epoch'; progress: EpochProgress }
  | { kind: 'fitted'; model: FitResults[Name] }
  | { kind: 'failed'; message: string; isExpected: boolean };

/**
 * Fits in a process of its own, so that this one answers signals and several fits use several cores.
 * @throws AppError BAD_DATA when the engine finds nothing to learn from, the loss diverges or an option is out of range
 */
export const fitInChild: Fitter = <Name extends FittedName>(
  job: FitJob<Name>,
  onEpoch: (progress: EpochProgress) => void,
  signal: AbortSignal,
) =>
  new Promise<FitResults[Name]>((resolve, reject) => {
    signal.throwIfAborted();
    const { file, execArgv } = runnableModule('./pipeline/fitting/fitChild.ts');
    const child = fork(file, { execArgv, serialization: 'advanced' });
    const stop = (): void => {
      child.kill('SIGKILL');
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('exit', (status, killedBy) => {
      signal.removeEventListener('abort', stop);
      // Without effect after the model has arrived.
      reject(new Error(`fitting ${job.name} ended early: ${killedBy ?? `status ${String(status)}`}`));
    });
    child.on('message', (message: FitMessage<Name>) => {
      if (message.kind === 'epoch') onEpoch(message.progress);
      else if (message.kind === 'fitted') resolve(message.model);
      else
        reject(message.isExpected ? new AppError('BAD_DATA', message.message) : new Error(message.message));
    });
    child.send(job);
  });
