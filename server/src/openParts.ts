import { inProcessVectorStore } from '@pocketrocket/model';
import { counterPrefix } from '@pocketrocket/model/redis';
import type { Config, Logger } from '@pocketrocket/runtime';
import { openDatabase, type Database } from '@pocketrocket/schema/database';
import { createAuth, type Auth } from './accounts/auth.ts';
import { cacheBounds } from './caches/bounds.ts';
import { openCatalogue, type CatalogueSource } from './catalogue/catalogueSource.ts';
import type { Closers } from './closers.ts';
import { limiterHere, type OpenLimiter } from './counters/limiters.ts';
import { createRepositories, type ApiDeps } from './graphql/deps.ts';
import { modelOfCatalogue } from './model/modelOfCatalogue.ts';
import { ModelWatcher } from './model/modelWatcher.ts';
import { modelSourceOf, openSharedRedis, type SharedRedis } from './model/sharedRedis.ts';
import { openRankers, type Rankers } from './rankers/openRankers.ts';
import { openRedisVectorStore, type RedisVectorStore } from './vectorStores/redisVectorStore.ts';

/** An API thread among others. */
export interface ThreadPlace {
  /** Its number, from 1; 0 where there is one only. */
  thread: number;
  /** How it counts attempts, so that all threads count together. */
  openLimiter: OpenLimiter;
}

const ALONE: ThreadPlace = { thread: 0, openLimiter: limiterHere };

/** The parts of a server, put together as the settings say. */
export interface ServerParts {
  deps: ApiDeps;
  models: ModelWatcher;
  /** Null without one. */
  redis: SharedRedis | null;
  /** Null where this process retrieves. */
  redisVectors: RedisVectorStore | null;
  tfServing: Rankers['tfServing'];
}

/**
 * Opens everything that requests need, and follows the models that are published from then on.
 * @param secret signs sessions
 * @param closers take what is to be closed
 * @param place of the thread that opens them
 * @throws AppError ENVIRONMENT, UPSTREAM_UNAVAILABLE when a service is not as the settings say
 */
export async function openParts(
  config: Config,
  logger: Logger,
  secret: string,
  closers: Closers,
  place: ThreadPlace = ALONE,
): Promise<ServerParts> {
  const database = await openDatabase({
    url: config.databaseUrl,
    // The request has timed out by then; its connection is needed.
    statementTimeoutMs: config.requestTimeoutMs,
  });
  closers.push(() => database.close());
  logger.info({ engine: database.engine }, 'database open');

  const catalogue = await openCatalogue(database, logger);
  closers.push(() => catalogue.close());

  const redis = await openSharedRedis(config, logger);
  closers.push(() => redis?.link.close());
  const auth = createAuth(secret, redis && countersOf(config, redis), place.openLimiter);

  const models = await openModels(config, redis, catalogue, logger);
  closers.push(() => models.close());

  const currentVersion = () => models.state().model?.version ?? null;
  const rankers = await openRankers(config, logger, currentVersion);
  closers.push(() => rankers.close());
  await followModels(models, rankers.tfServing, redis);

  const redisVectors =
    redis && config.retrieval === 'redis' ? openRedisVectorStore(redis.store, logger) : null;
  const deps = depsOf(config, logger, {
    ...{ database, catalogue, auth, models, rankers, redisVectors },
    thread: place.thread,
  });
  return { deps, models, redis, redisVectors, tfServing: rankers.tfServing };
}

function countersOf({ modelName }: Config, { link }: SharedRedis) {
  return { link, prefix: counterPrefix(modelName, 'sign-in') };
}

/** The models, of which the one that is published serves where it fits. */
async function openModels(
  config: Config,
  redis: SharedRedis | null,
  catalogue: CatalogueSource,
  logger: Logger,
): Promise<ModelWatcher> {
  const models = new ModelWatcher({
    source: modelSourceOf(config, redis, () => catalogue.current(), logger),
    logger,
    dataAtHand() {
      const { dataset } = catalogue.current();
      return (
        dataset && {
          datasetName: dataset.name,
          datasetIdentity: dataset.identity,
          hasMovie: (movieId) => catalogue.current().movie(movieId) !== undefined,
        }
      );
    },
  });
  await models.refresh();
  // Makes new movies' places in the model now: the first request would wait for them.
  modelOfCatalogue(catalogue.current(), models.state());
  return models;
}

/** From now on later publications serve, as soon as TensorFlow Serving has them where it ranks. */
async function followModels(
  models: ModelWatcher,
  tfServing: Rankers['tfServing'],
  redis: SharedRedis | null,
): Promise<void> {
  if (tfServing) models.setGate((version) => tfServing.mayServe(version));
  models.watch();
  redis?.link.onReady(() => void models.pollNow());
  await redis?.store.onChange(() => void models.pollNow());
}

interface OpenedParts {
  database: Database;
  catalogue: CatalogueSource;
  auth: Auth;
  models: ModelWatcher;
  rankers: Rankers;
  redisVectors: RedisVectorStore | null;
  thread: number;
}

function depsOf({ profileRatings }: Config, logger: Logger, parts: OpenedParts): ApiDeps {
  const { database, catalogue, auth, models, rankers, redisVectors, thread } = parts;
  return {
    thread,
    database,
    repositories: createRepositories(database),
    models,
    catalogue,
    vectorStore: redisVectors ?? inProcessVectorStore,
    ranker: rankers.ranker,
    caches: cacheBounds({ profileRatings }),
    auth,
    logger,
  };
}
