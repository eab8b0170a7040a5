import PQueue from 'p-queue';
import type {
  ImplicitALS,
  Interactions,
  Item2Vec,
  MatrixFactorization,
  ModelRecipe,
  NeuralCF,
  SparseItemMatrix,
} from '@pocketrocket/engine';
import type { Progress } from '@pocketrocket/runtime';
import type { FitJob, FittedName, Fitter } from './fitter.ts';

/** Dependencies of fitting. */
export interface FitDeps {
  fit: Fitter;
  /** Number of fits that may run at the same time. */
  concurrency: number;
  progress: Progress;
  signal: AbortSignal;
}

/** All learned models, fitted on the same interactions; null where the recipe leaves one out. */
export interface FittedModels {
  item2vec: Item2Vec;
  matrixFactorization: MatrixFactorization | null;
  implicitALS: ImplicitALS | null;
  ease: SparseItemMatrix | null;
  coVisitation: SparseItemMatrix;
  transitions: SparseItemMatrix;
  neuralCF: NeuralCF;
}

/** Display names of a run's data sets. */
const LABELS: Readonly<Record<string, string>> = {
  outer: 'split',
  inner: 'inner split',
  everything: 'all data',
};

/** One answer for each data set asked for, none where there is none. */
export type FittedFor<Datasets> = {
  [Name in keyof Datasets]: undefined extends Datasets[Name] ? FittedModels | undefined : FittedModels;
};

/** Longest first, and what others wait for before all else. */
const PRIORITIES: Readonly<Record<FittedName, number>> = {
  matrixFactorization: 6,
  neuralCF: 5,
  implicitALS: 4,
  ease: 3,
  item2vec: 2,
  coVisitation: 1,
  transitions: 0,
};

/**
 * Fits the recipe's models on each of the named data sets, as many at a time as allowed. The first that fails stops the
 * others.
 *
 * The result depends on the seed alone, not on how many run at once.
 */
export async function fitModels<Datasets extends Record<string, Interactions | undefined>>(
  datasets: Datasets,
  recipe: ModelRecipe,
  seed: number,
  deps: FitDeps,
): Promise<FittedFor<Datasets>> {
  const failure = new AbortController();
  const signal = AbortSignal.any([deps.signal, failure.signal]);
  const queue = new PQueue({ concurrency: deps.concurrency });

  const run = <Name extends FittedName>(dataset: string, job: FitJob<Name>) =>
    queue.add(
      async () => {
        signal.throwIfAborted();
        const numInteractions = job.interactions.itemIndices.length;
        const stage = deps.progress.stage(
          `${job.name} (${LABELS[dataset] ?? dataset})`,
          numInteractions * epochsOf(job),
          'interactions',
        );
        const model = await deps.fit(
          job,
          ({ epoch, loss }) => stage.update(epoch * numInteractions, `loss ${loss.toFixed(4)}`),
          signal,
        );
        stage.finish();
        return model;
      },
      { throwOnTimeout: true, priority: PRIORITIES[job.name] },
    );

  const fitAll = async (dataset: string, interactions: Interactions): Promise<FittedModels> => {
    const fit = <Name extends FittedName>(
      name: Name,
      options: FitJob<Name>['options'],
      init?: MatrixFactorization | null,
    ) => run(dataset, { name, interactions, options, seed, ...(init && { init }) });
    const { matrixFactorization: factorizationOptions, implicitALS, ease } = recipe;
    const factorization = factorizationOptions && fit('matrixFactorization', factorizationOptions);
    const [item2vec, matrixFactorization, als, easeMatrix, coVisitation, transitions, neuralCF] =
      await Promise.all([
        fit('item2vec', recipe.item2vec),
        factorization,
        implicitALS && fit('implicitALS', implicitALS),
        ease && fit('ease', ease),
        fit('coVisitation', recipe.coVisitation),
        fit('transitions', recipe.transitions),
        Promise.resolve(factorization).then((init) => fit('neuralCF', recipe.neuralCF, init)),
      ]);
    return {
      item2vec,
      matrixFactorization,
      implicitALS: als,
      ease: easeMatrix,
      coVisitation,
      transitions,
      neuralCF,
    };
  };

  try {
    const fitted = await Promise.all(
      Object.entries(datasets).map(async ([dataset, interactions]) => [
        dataset,
        interactions && (await fitAll(dataset, interactions)),
      ]),
    );
    return Object.fromEntries(fitted) as FittedFor<Datasets>;
  } catch (error) {
    failure.abort(error);
    throw error;
  }
}

/** Passes of a fit over the data, as far as its options say. */
function epochsOf({ options }: FitJob): number {
  if ('epochs' in options) return options.epochs;
  return 'iterations' in options ? options.iterations : 1;
}
