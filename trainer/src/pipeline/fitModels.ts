import PQueue from 'p-queue';
import type { Interactions, Item2Vec, NeuralCF } from '@pocketrocket/engine';
import type { Progress } from '@pocketrocket/schema/runtime';
import type { FitJob, FittedName, Fitter } from './fit.ts';
import type { Recipe } from './recipes.ts';

/** What fitting needs from outside. */
export interface FitDeps {
  fit: Fitter;
  /** How many fits may run at the same time. */
  concurrency: number;
  progress: Progress;
  signal: AbortSignal;
}

/** Both learned models, fitted on the same interactions. */
export interface FittedModels {
  item2vec: Item2Vec;
  neuralCF: NeuralCF;
}

/** What people call the data sets of a run. */
const LABELS: Readonly<Record<string, string>> = {
  outer: 'split',
  inner: 'inner split',
  everything: 'all data',
};

/** One answer for each data set asked for, none where there is none. */
export type FittedFor<Datasets> = {
  [Name in keyof Datasets]: undefined extends Datasets[Name] ? FittedModels | undefined : FittedModels;
};

/**
 * Fits both models on each of the named data sets, as many at a time as allowed. The first that fails stops the others.
 *
 * The result depends on the seed alone, not on how many run at once.
 */
export async function fitModels<Datasets extends Record<string, Interactions | undefined>>(
  datasets: Datasets,
  recipe: Recipe,
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
        const total = numInteractions * job.options.epochs;
        const stage = deps.progress.stage(
          `${job.name} (${LABELS[dataset] ?? dataset})`,
          total,
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
      { throwOnTimeout: true },
    );

  const fitBoth = async (dataset: string, interactions: Interactions): Promise<FittedModels> => {
    const [item2vec, neuralCF] = await Promise.all([
      run(dataset, { name: 'item2vec', interactions, options: recipe.item2vec, seed }),
      run(dataset, { name: 'neuralCF', interactions, options: recipe.neuralCF, seed }),
    ]);
    return { item2vec, neuralCF };
  };

  try {
    const fitted = await Promise.all(
      Object.entries(datasets).map(async ([dataset, interactions]) => [
        dataset,
        interactions && (await fitBoth(dataset, interactions)),
      ]),
    );
    return Object.fromEntries(fitted) as FittedFor<Datasets>;
  } catch (error) {
    failure.abort(error);
    throw error;
  }
}
