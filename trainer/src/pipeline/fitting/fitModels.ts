import PQueue from 'p-queue';
import { epochsOfFit, FitError, FITTED_PARTS } from '@pocketrocket/engine';
import type {
  EpochProgress,
  FitResults,
  FittedName,
  HeldOutItems,
  MatrixFactorization,
  ModelRecipe,
} from '@pocketrocket/engine';
import { AppError, messageOf, type Logger, type Progress } from '@pocketrocket/runtime';
import type { Ratings } from '../ratings/ratings.ts';
import { EarlyStops } from './earlyStops.ts';
import type { ChosenEpochs } from './earlyStops.ts';
import { FitData } from './fitData.ts';
import type { FitJob, Fitter } from './fitter.ts';

/** Dependencies of fitting. */
export interface FitDeps {
  fit: Fitter;
  /** Number of fits that may run at the same time. */
  concurrency: number;
  progress: Progress;
  logger: Logger;
  signal: AbortSignal;
}

/** All learned models, fitted on the same interactions; null where the recipe leaves one out. */
export type FittedModels = {
  [Name in FittedName]: FitResults[Name] | (null extends ModelRecipe[Name] ? null : never);
};

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

/**
 * Fits the recipe's models on each of the named data sets, as many at a time as allowed. The first that fails stops the
 * others, but for a model that the others do without: there is none then, on any data set.
 *
 * A model that stops early does so on the inner split, by what was held out of it; on the other data sets it is then fitted for
 * as many epochs. The result depends on the seed alone, not on how many run at once.
 * @param heldOut of `datasets.inner`; left out, every model is fitted for the recipe's epochs
 */
export async function fitModels<Datasets extends Record<string, Ratings | undefined>>(
  datasets: Datasets,
  recipe: ModelRecipe,
  seed: number,
  deps: FitDeps,
  heldOut?: HeldOutItems,
): Promise<FittedFor<Datasets> & { chosenEpochs: ChosenEpochs }> {
  const failure = new AbortController();
  const signal = AbortSignal.any([deps.signal, failure.signal]);
  // Started once all are in it: before, the first that come would not wait for what matters more.
  const queue = new PQueue({ concurrency: deps.concurrency, autoStart: false });
  const data = new FitData();
  const stops = new EarlyStops(heldOut && datasets['inner'] ? data.addHeldOut(heldOut) : undefined);

  const tellDivergence = (model: FittedName, reason: string): void => {
    const { [model]: keptEpochs } = stops.chosenEpochs;
    deps.logger.warn(
      { model, reason, keptEpochs },
      'fit diverged: its best epoch before is kept; try another --seed, or leave the model out if it happens again',
    );
  };

  const leftOut = new Set<FittedName>();
  const leaveOut = (model: FittedName, error: unknown): null => {
    const isOfData = error instanceof FitError || (error instanceof AppError && error.code === 'BAD_DATA');
    if (!isOfData) throw error;
    if (!leftOut.has(model))
      deps.logger.warn(
        { model, reason: messageOf(error) },
        'model left out: it cannot be fitted on these ratings; another --seed may do',
      );
    leftOut.add(model);
    return null;
  };

  const run = <Name extends FittedName>(
    dataset: string,
    numRatings: number,
    job: FitJob<Name>,
    onEpoch: (progress: EpochProgress) => void = () => undefined,
  ) =>
    queue.add(
      async () => {
        signal.throwIfAborted();
        const stage = deps.progress.stage(
          `${job.name} (${LABELS[dataset] ?? dataset})`,
          numRatings * epochsOfFit(job.name, job.options),
          'interactions',
        );
        const model = await deps.fit(
          job,
          data,
          (progress) => {
            onEpoch(progress);
            stage.update(progress.epoch * numRatings, `loss ${progress.loss.toFixed(4)}`);
            if (progress.endedBy !== undefined) tellDivergence(job.name, progress.endedBy);
          },
          signal,
          Math.min(deps.concurrency, maxThreadsOf(job.name)),
        );
        stage.finish();
        return model;
      },
      { throwOnTimeout: true, priority: FITTED_PARTS[job.name].priority },
    );

  const fitAll = async (dataset: string, ratings: Ratings): Promise<FittedModels> => {
    const { held, numRatings, handle: interactions } = ratings;
    if (held) data.addInteractions(held, interactions);
    const started = new Map<string, Promise<unknown>>();
    const fit = async (name: FittedName, first?: Promise<unknown>): Promise<unknown> => {
      const options = recipe[name];
      if (!options) return null;
      const start = first && ((await first) as MatrixFactorization | null);
      const init = start && data.addFactorization(start);
      const job: FitJob = { name, interactions, options, seed, ...(init && { init }) };
      const fitted = stops.run(job, dataset === 'inner', (one, onEpoch) =>
        run(dataset, numRatings, one, onEpoch),
      );
      return 'isDispensable' in FITTED_PARTS[name]
        ? fitted.catch((error: unknown) => leaveOut(name, error))
        : fitted;
    };
    // In this order, so that what another starts from is started before.
    for (const part of Object.values(FITTED_PARTS)) {
      started.set(part.name, fit(part.name, 'startsFrom' in part ? started.get(part.startsFrom) : undefined));
    }
    const fitted = await Promise.all(
      Array.from(started, async ([name, model]) => [name, await model] as const),
    );
    return Object.fromEntries(fitted) as FittedModels;
  };

  try {
    // The inner split first: on it is found for how many epochs what stops early is fitted.
    const entries = Object.entries(datasets).sort(
      ([a], [b]) => Number(b === 'inner') - Number(a === 'inner'),
    );
    const fitting = entries.map(async ([dataset, ratings]) => [
      dataset,
      ratings && (await fitAll(dataset, ratings)),
    ]);
    queue.start();
    const fitted = await Promise.all(fitting);
    // What is left out on one is left out on all: its weight is chosen on one and used on another.
    for (const [, models] of fitted)
      if (models) for (const name of leftOut) Object.assign(models, { [name]: null });
    return {
      ...(Object.fromEntries(fitted) as FittedFor<Datasets>),
      chosenEpochs: stops.chosenEpochs,
    };
  } catch (error) {
    failure.abort(error);
    throw error;
  }
}

function maxThreadsOf(name: FittedName): number {
  const part = FITTED_PARTS[name];
  return 'maxThreads' in part ? part.maxThreads : 1;
}
