import { featureCacheOf } from '@pocketrocket/engine';
import { inProcessVectorStore } from '@pocketrocket/model';
import type { Config, Logger } from '@pocketrocket/runtime';
import { openDatabase, type Database } from '@pocketrocket/schema/database';
import { ApiKeys } from './apps/apiKeys.ts';
import { secretsOf } from './accounts/secret.ts';
import { createAuth, type Auth } from './accounts/auth.ts';
import type { ChargeBucket } from './budgets/bucket.ts';
import { ClientUse, metered } from './budgets/clientUse.ts';
import { createMemoryBuckets } from './budgets/memoryBuckets.ts';
import { createRedisBuckets } from './budgets/redisBuckets.ts';
import { cacheBounds } from './caches/bounds.ts';
import { registerCache } from './caches/registry.ts';
import { Changes } from './changes/changes.ts';
import { shareChanges, type ChangesPlace } from './changes/sharedChanges.ts';
import { openCatalogue, type CatalogueSource, type PlaceOfCatalogue } from './catalogue/catalogueSource.ts';
import { createAddressSigner } from './exports/signedAddress.ts';
import type { PostOffice } from './accounts/postOffice.ts';
import type { Closers } from './closers.ts';
import { limiterHere, type OpenLimiter } from './counters/limiters.ts';
import { viewHere } from './operatorView.ts';
import type { OperatorDeps } from './operators/operatorDeps.ts';
import type { ServerView } from './operators/serverState.ts';
import { startEventRetention } from './events/eventRetention.ts';
import { Experiments } from './experiments/experiments.ts';
import { ExposureLog } from './experiments/exposureLog.ts';
import { createRepositories, type ApiDeps } from './graphql/deps.ts';
import type { HeardTraining } from './model/heardTraining.ts';
import type { ModelProvider } from './model/modelWatcher.ts';
import { openSharedRedis, type SharedRedis } from './model/sharedRedis.ts';
import { openModels, type PlaceOfModels } from './openModels.ts';
import { Erasures } from './privacy/erasures.ts';
import type { TmdbSource } from './tmdb/filmSource.ts';
import { openRankers, type Rankers } from './rankers/openRankers.ts';
import type { PersistedQuery } from './threads/messages.ts';
import { openRedisVectorStore, type RedisVectorStore } from './vectorStores/redisVectorStore.ts';

/** An API thread among others. */
export interface ThreadPlace {
  /** Its number, from 1; 0 where there is one only. */
  thread: number;
  /** The number of all; each gets its share of what is kept in memory. */
  threads: number;
  /** Opens what attempts are counted by, so that all threads count together. */
  openLimiter: OpenLimiter;
  /** Charges clients where no Redis is shared, for all threads together. */
  charge: ChargeBucket;
  /** The way in which it hears of changes; alone unless given. */
  changes?: ChangesPlace;
  /** Told of queries that are persisted here, for the other threads. */
  onPersisted?: (query: PersistedQuery) => void;
  /** The whole server, where this is one of several threads. */
  view?: ServerView;
  /** The ways in which it comes to the catalogue and to the model that serves. */
  catalogue: PlaceOfCatalogue;
  models: PlaceOfModels;
}

const chargeHere = createMemoryBuckets();

const ALONE: ThreadPlace = {
  thread: 0,
  threads: 1,
  openLimiter: limiterHere,
  charge: async (charge) => chargeHere(charge),
  catalogue: { kind: 'alone' },
  models: { kind: 'alone' },
};

/** The parts of a server, put together as the settings say. */
export interface ServerParts {
  deps: ApiDeps;
  charge: ChargeBucket;
  /** The use of budgets, as charged here. */
  use: ClientUse;
  models: ModelProvider;
  /** Null without one. */
  redis: SharedRedis | null;
  /** Null where this process retrieves. */
  redisVectors: RedisVectorStore | null;
  rankers: Rankers;
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

  const catalogue = await openCatalogue(database, logger, { place: place.catalogue });
  closers.push(() => catalogue.close());

  const redis = await openSharedRedis(config, logger);
  closers.push(() => redis?.link.close());
  const post = await openPost(config, logger);
  closers.push(() => post?.close());
  const auth = createAuth({
    database,
    secrets: secretsOf(config, secret),
    signUps: { perAddress: config.signUpsPerAddress, inAll: config.signUpsPerHour },
    shared: redis && { link: redis.link, prefix: redis.prefixOf('sign-in') },
    openLimiter: place.openLimiter,
    post,
  });
  const erasures = new Erasures(database, logger);
  erasures.watch();
  closers.push(() => erasures.close());
  const changes = await openChanges(place.changes ?? null, { redis, auth, erasures, logger });

  const experiments = openExperiments(config, database, logger, closers);

  const use = new ClientUse();
  const charge = metered(
    redis ? createRedisBuckets(redis.link, redis.prefixOf('budget'), place.charge) : place.charge,
    use,
  );

  const opened = await openModels(place.models, { config, redis, catalogue, logger });
  closers.push(() => opened.close());
  const { models } = opened;

  const currentVersion = () => models.state().model?.version ?? null;
  const rankers = await openRankers(config, logger, currentVersion);
  closers.push(() => rankers.close());
  await opened.watch(rankers.tfServing);

  const films = await openFilms(config, logger, { redis, threads: place.threads });
  closers.push(() => films?.close());
  const redisVectors =
    redis && config.retrieval === 'redis' ? openRedisVectorStore(redis.store, logger) : null;
  const deps = depsOf(config, logger, {
    ...{ database, catalogue, auth, erasures, changes, experiments, models, rankers, redisVectors, films },
    heardTraining: redis?.training ?? null,
    place,
    operators: {
      settings: config,
      view: place.view ?? viewHere({ use, models, catalogue, config }),
      signer: createAddressSigner(secretsOf(config, secret)),
      webhooks: { allowsHttp: config.webhooksAllowHttp, allowedHosts: config.webhooksAllowedHosts },
    },
  });
  if (place.thread <= 1) {
    // No other thread holds the modules that send.
    const { startCourier } = await import('./startCourier.ts');
    closers.push(startCourier({ config, deps, redis }));
    closers.push(startEventRetention({ database, days: config.eventRetentionDays, logger }));
  }
  registerFeatureCache(models);
  return { deps, charge, use, models, redis, redisVectors, rankers };
}

/** Null where the settings have no key of TMDB; then no thread holds the modules that ask it. */
async function openFilms(
  config: Config,
  logger: Logger,
  { redis, threads }: { redis: SharedRedis | null; threads: number },
): Promise<TmdbSource | null> {
  if (config.tmdbApiKey === null) return null;
  const { openTmdb } = await import('./tmdb/openTmdb.ts');
  const { tmdb: maxBytes } = cacheBounds({ profileRatings: config.profileRatings, threads });
  const shared = redis && { link: redis.link, prefix: redis.prefixOf('tmdb') };
  return openTmdb(config, config.tmdbApiKey, { redis: shared, threads, maxBytes, logger });
}

/** Null where none are set: then nothing is assigned or stored. */
function openExperiments(
  { experiments }: Config,
  database: Database,
  logger: Logger,
  closers: Closers,
): Experiments | null {
  if (experiments.length === 0) return null;
  const exposures = new ExposureLog(database, logger);
  closers.push(() => exposures.close());
  return new Experiments(experiments, exposures);
}

/** Lets the cache in the engine's memory tell its size as the others do. */
function registerFeatureCache(models: ModelProvider): void {
  const cache = () => {
    const { model } = models.state();
    return model && featureCacheOf(model.recommender);
  };
  registerCache({
    name: 'feature values',
    maxBytes: () => cache()?.maxBytes ?? 0,
    bytes: () => cache()?.bytes ?? 0,
  });
}

interface ChangesDeps extends Pick<OpenedParts, 'auth' | 'erasures'> {
  redis: SharedRedis | null;
  logger: Logger;
}

/** The changes that this thread tells and hears of: writes tell their own, the ends of sessions and of users are told here. */
async function openChanges(
  place: ChangesPlace | null,
  { redis, auth, erasures, logger }: ChangesDeps,
): Promise<Changes> {
  const changes = new Changes();
  auth.sessions.onEnded((userId) => changes.announce({ userId }));
  erasures.onAnnounced((userId) => changes.announce({ userId }));
  if (!place) return changes;
  changes.onAnnounced((userIds) => place.tell(userIds));
  if (redis)
    await shareChanges(changes, { link: redis.link, channel: redis.prefixOf('changes'), place, logger });
  return changes;
}

/** Null where the settings name no SMTP server; then no thread holds the modules that send mails. */
async function openPost(
  { smtpUrl, mailFrom, publicUrl }: Config,
  logger: Logger,
): Promise<PostOffice | null> {
  if (smtpUrl === null || publicUrl === null) return null;
  const { openPostOffice } = await import('./accounts/postOffice.ts');
  return openPostOffice({ smtpUrl, from: mailFrom, publicUrl, logger });
}

interface OpenedParts {
  database: Database;
  catalogue: CatalogueSource;
  auth: Auth;
  erasures: Erasures;
  changes: Changes;
  experiments: Experiments | null;
  models: ModelProvider;
  rankers: Rankers;
  redisVectors: RedisVectorStore | null;
  films: TmdbSource | null;
  heardTraining: HeardTraining | null;
  place: ThreadPlace;
  operators: OperatorDeps;
}

function depsOf(config: Config, logger: Logger, parts: OpenedParts): ApiDeps {
  const { profileRatings, modelDir, budgetBurst: burst, budgetKeyPerSecond: perSecond } = config;
  const { database, catalogue, auth, erasures, changes, experiments, models, rankers, redisVectors } = parts;
  const { place, operators, films, heardTraining } = parts;
  return {
    thread: place.thread,
    database,
    repositories: createRepositories(database),
    models,
    catalogue,
    vectorStore: redisVectors ?? inProcessVectorStore,
    ranker: rankers.ranker,
    caches: cacheBounds({ profileRatings, threads: place.threads }),
    auth,
    apiKeys: new ApiKeys({ database, counters: auth.counters, logger }),
    keyBudget: { burst, perSecond },
    erasures,
    operators,
    changes,
    experiments,
    films,
    modelDir,
    heardTraining,
    logger,
  };
}
