import { inProcessVectorStore } from '@pocketrocket/model';
import { counterPrefix } from '@pocketrocket/model/redis';
import type { Config, Logger } from '@pocketrocket/runtime';
import { openDatabase, type Database } from '@pocketrocket/schema/database';
import { createAuth, type Auth } from './accounts/auth.ts';
import { openCatalogue, type CatalogueSource } from './catalogue/catalogueSource.ts';
import { openPostOffice, type PostOffice } from './accounts/postOffice.ts';
import type { Closers } from './closers.ts';
import { createRepositories, type ApiDeps } from './graphql/deps.ts';
import { modelOfCatalogue } from './model/modelOfCatalogue.ts';
import { ModelWatcher } from './model/modelWatcher.ts';
import { modelSourceOf, openSharedRedis, type SharedRedis } from './model/sharedRedis.ts';
import { Erasures } from './privacy/erasures.ts';
import { openRankers, type Rankers } from './rankers/openRankers.ts';
import { openRedisVectorStore, type RedisVectorStore } from './vectorStores/redisVectorStore.ts';

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
 * @throws AppError ENVIRONMENT, UPSTREAM_UNAVAILABLE when a service is not as the settings say
 */
export async function openParts(
  config: Config,
  logger: Logger,
  secret: string,
  closers: Closers,
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
  const post = openPost(config, logger);
  closers.push(() => post?.close());
  const auth = createAuth({
    database,
    secrets: config.jwtSecretPrevious === null ? [secret] : [secret, config.jwtSecretPrevious],
    signUps: { perAddress: config.signUpsPerAddress, inAll: config.signUpsPerHour },
    shared: redis && countersOf(config, redis),
    post,
  });
  const erasures = new Erasures(database, logger);
  erasures.watch();
  closers.push(() => erasures.close());

  const models = await openModels(config, redis, catalogue, logger);
  closers.push(() => models.close());

  const currentVersion = () => models.state().model?.version ?? null;
  const rankers = await openRankers(config, logger, currentVersion);
  closers.push(() => rankers.close());
  await followModels(models, rankers.tfServing, redis);

  const redisVectors =
    redis && config.retrieval === 'redis' ? openRedisVectorStore(redis.store, logger) : null;
  const deps = depsOf(config, logger, { database, catalogue, auth, erasures, models, rankers, redisVectors });
  return { deps, models, redis, redisVectors, tfServing: rankers.tfServing };
}

/** Null where the settings name no SMTP server. */
function openPost({ smtpUrl, mailFrom, publicUrl }: Config, logger: Logger): PostOffice | null {
  if (smtpUrl === null || publicUrl === null) return null;
  return openPostOffice({ smtpUrl, from: mailFrom, publicUrl, logger });
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
  erasures: Erasures;
  models: ModelWatcher;
  rankers: Rankers;
  redisVectors: RedisVectorStore | null;
}

function depsOf({ profileRatings }: Config, logger: Logger, parts: OpenedParts): ApiDeps {
  const { database, catalogue, auth, erasures, models, rankers, redisVectors } = parts;
  return {
    database,
    repositories: createRepositories(database),
    models,
    catalogue,
    vectorStore: redisVectors ?? inProcessVectorStore,
    ranker: rankers.ranker,
    profileRatings,
    auth,
    erasures,
    logger,
  };
}
