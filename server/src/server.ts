import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { openDatabase } from '@pocketrocket/schema/database';
import { counterPrefix } from '@pocketrocket/model/redis';
import { AppError, messageOf, type Config, type Logger } from '@pocketrocket/runtime';
import { createApolloServer } from './apollo/apolloServer.ts';
import { createAuth, viewerIdOf } from './auth/auth.ts';
import { openJwtSecret } from './auth/secret.ts';
import type { ApiDeps } from './deps.ts';
import { Drain } from './http/drain.ts';
import { listen } from './http/listen.ts';
import { createPortal } from './http/portal.ts';
import { createRequestHandler } from './http/requestHandler.ts';
import { ModelWatcher } from './model/modelProvider.ts';
import { readReadiness } from './model/readiness.ts';
import { modelSourceOf, openSharedRedis } from './model/sharedRedis.ts';
import { inProcessVectorStore } from './recommend/backends.ts';
import { openRankers } from './recommend/openRankers.ts';
import { openRedisVectorStore } from './recommend/redisVectorStore.ts';
import { buildApiSchema, createRequestScope } from './resolvers/index.ts';
import { openCatalogue } from './services/catalogueSource.ts';
import { modelFor } from './services/modelFor.ts';

export interface RunningServer {
  /** Such as `http://127.0.0.1:4000`. */
  url: string;
  /**
   * Says that it is not ready for a while, lets requests in flight finish, then closes everything.
   * @param atOnce without that while, and without waiting for connections on which nothing is asked
   */
  stop(options?: { atOnce?: boolean }): Promise<void>;
}

/** A request that takes longer to arrive is not from a client of this API. */
const ARRIVAL_TIMEOUT_MS = 30_000;

/** How long a connection is kept for its client's next request: longer than balancers keep theirs, who then never send on one that ends. */
const KEEP_ALIVE_MS = 65_000;

/** The same once the server was told to stop. */
const LAST_REQUEST_MS = 5_000;

/**
 * Puts the server together and starts it.
 * @param portalDir folder of the built portal
 * @throws AppError ENVIRONMENT, UPSTREAM_UNAVAILABLE when the machine or a service is not as the settings say
 */
export async function startServer(config: Config, logger: Logger, portalDir: string): Promise<RunningServer> {
  await ensureWritable(config.home);
  const secret = await openJwtSecret(config, logger);
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.reverse()) {
      try {
        await closer();
      } catch (error) {
        // The others are to be closed all the same.
        logger.error({ err: error }, 'closing failed');
      }
    }
  };
  try {
    const database = await openDatabase({
      url: config.databaseUrl,
      // Nobody waits for its answer any longer, and its connection is needed.
      statementTimeoutMs: config.requestTimeoutMs,
    });
    closers.push(() => database.close());
    logger.info({ engine: database.engine }, 'database open');

    const catalogue = await openCatalogue(database, logger);
    closers.push(() => catalogue.close());

    const redis = await openSharedRedis(config, logger);
    closers.push(() => redis?.link.close());
    const counters = redis && { link: redis.link, prefix: counterPrefix(config.modelName, 'sign-in') };
    const auth = createAuth(secret, counters);

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
      mayServe: async (version) => (await tfServing?.mayServe(version)) ?? true,
    });
    await models.refresh();
    // Makes new movies' places in the model now: the first request would wait for them.
    modelFor(catalogue.current(), models.state());
    closers.push(() => models.close());

    const currentVersion = () => models.state().model?.version ?? null;
    const rankers = await openRankers(config, logger, currentVersion);
    const { tfServing } = rankers;
    closers.push(() => rankers.close());
    models.watch();
    redis?.link.onReady(() => void models.lookAgain());
    await redis?.store.onChange(() => void models.lookAgain());

    const redisVectors =
      redis && config.retrieval === 'redis' ? openRedisVectorStore(redis.store, logger) : null;

    const deps: ApiDeps = {
      database,
      models,
      catalogue,
      vectorStore: redisVectors ?? inProcessVectorStore,
      ranker: rankers.ranker,
      profileRatings: config.profileRatings,
      auth,
      logger,
    };
    const httpServer = createServer({
      requestTimeout: ARRIVAL_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    });
    const drain = new Drain(httpServer);
    const graceMs = config.requestTimeoutMs + LAST_REQUEST_MS;
    const apollo = createApolloServer({
      schema: await buildApiSchema(deps),
      drain: () => drain.finish({ idleMs: LAST_REQUEST_MS, graceMs, logger }),
      logger,
    });
    httpServer.on(
      'request',
      createRequestHandler({
        apollo,
        createScope: () => createRequestScope(deps),
        viewerIdOf: (authorization) => viewerIdOf(auth, authorization),
        readiness: () =>
          readReadiness({
            models,
            modelDir: config.modelDir,
            isStopping: () => drain.begun,
            rankerProblem: () => tfServing?.problem() ?? null,
            rankerVersion: () => tfServing?.version() ?? null,
            databaseProblem: () => catalogue.problem(),
            redisProblem: () => redis?.link.problem() ?? redisVectors?.problem() ?? null,
            datasetName: () => catalogue.current().dataset?.name ?? null,
          }),
        portal: createPortal(portalDir),
        requestTimeoutMs: config.requestTimeoutMs,
        maxRequestsInFlight: config.maxRequestsInFlight,
        corsOrigins: config.corsOrigins,
        tellsStepTimes: config.stepTimes,
        logger,
      }),
    );
    await apollo.start();
    const url = await listen(httpServer, config);
    closers.push(() => apollo.stop());
    logger.info({ url, model: models.state().model?.version ?? null }, 'listening');
    return {
      url,
      async stop({ atOnce = false } = {}) {
        await drain.begin(atOnce ? 0 : config.shutdownDelayMs);
        if (atOnce) drain.cutIdle();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ensureWritable(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true });
    await access(home, constants.W_OK);
  } catch (error) {
    throw new AppError(
      'ENVIRONMENT',
      `the folder ${home} cannot be written (${messageOf(error)}): set POCKETROCKET_HOME to one that can`,
      { cause: error },
    );
  }
}
