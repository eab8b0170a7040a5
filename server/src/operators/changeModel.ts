import { createProgress, AppError, type Config, type Logger } from '@pocketrocket/runtime';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { describedIn } from '../model/sharedRedis.ts';
import { refuse } from '../arguments/checks.ts';

export interface ChangeModelDeps {
  config: Pick<Config, 'modelDir' | 'redisUrl' | 'modelName'>;
  catalogue: () => Catalogue;
  logger: Logger;
}

/** A publication by hand. */
export interface ModelChange {
  version: number;
  from: number | undefined;
}

/**
 * Publishes a version, by the same functions as `trainer publish`.
 * @throws AppError BAD_USER_INPUT; NOT_FOUND; ARTIFACT_INVALID; CONFLICT; ENVIRONMENT
 */
export async function publishModel(deps: ChangeModelDeps, version: string): Promise<ModelChange> {
  if (!/^[1-9]\d{0,8}$/.test(version))
    refuse('version must be the number of a version, as admin { models } tells it');
  const { publishByHand } = await import('@pocketrocket/model/publication');
  const { current, from, redisProblem } = await publishByHand(
    await publicationDeps(deps),
    Number(version),
    async () => dataAtHand(deps.catalogue()),
  );
  return changed(deps, { version: current.version, from }, redisProblem);
}

/** Publishes what served before, by the same functions as `trainer rollback`. @throws AppError as {@link publishModel} */
export async function rollbackModel(deps: ChangeModelDeps): Promise<ModelChange> {
  const { rollBackByHand } = await import('@pocketrocket/model/publication');
  const { current, from, redisProblem } = await rollBackByHand(await publicationDeps(deps));
  return changed(deps, { version: current.version, from }, redisProblem);
}

/** Loaded where it is needed: no thread that publishes nothing holds what speaks with Redis. */
async function publicationDeps({ config, catalogue, logger }: ChangeModelDeps) {
  const { attributesOfMovies } = await import('@pocketrocket/model/publication');
  return {
    config,
    logger,
    progress: createProgress(process.stderr, 'none'),
    clientName: 'pocketrocket-server',
    async readAttributes() {
      const movies = catalogue();
      return attributesOfMovies((movieId) => describedIn(movies, movieId));
    },
  };
}

function dataAtHand(catalogue: Catalogue) {
  const { dataset } = catalogue;
  if (!dataset) throw new AppError('BAD_DATA', 'the database holds no data set yet: import one first');
  return {
    datasetName: dataset.name,
    datasetIdentity: dataset.identity,
    hasMovie: (movieId: number) => catalogue.has(movieId),
  };
}

/** @throws AppError UPSTREAM_UNAVAILABLE where the disk alone was changed */
function changed({ logger }: ChangeModelDeps, change: ModelChange, redisProblem: string | null): ModelChange {
  logger.warn({ ...change, redisProblem }, 'model published by hand');
  if (redisProblem !== null)
    throw new AppError(
      'UPSTREAM_UNAVAILABLE',
      `version ${change.version} is published in the model directory, but Redis does not answer: servers that read this directory serve it, and give it to Redis once that answers`,
    );
  return change;
}
