import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { AppError, messageOf, type Config, type Logger } from '@pocketrocket/runtime';
import { viewerIdOf } from './accounts/auth.ts';
import { openJwtSecret } from './accounts/secret.ts';
import { Closers } from './closers.ts';
import { createApolloServer } from './graphql/apollo/apolloServer.ts';
import { buildApiSchema } from './graphql/apiSchema.ts';
import { createRequestScope } from './graphql/createRequestScope.ts';
import { Drain } from './http/drain.ts';
import { listen } from './http/listen.ts';
import { createPortal } from './http/portal.ts';
import { createRequestHandler } from './http/requestHandler.ts';
import { readReadiness, type Readiness } from './model/readiness.ts';
import { openParts, type ServerParts } from './openParts.ts';

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

/** Keep-alive of idle connections: longer than that of load balancers, so that none sends on a connection that ends. */
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
  const closers = new Closers(logger);
  try {
    const parts = await openParts(config, logger, secret, closers);
    const httpServer = createServer({
      requestTimeout: ARRIVAL_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    });
    const drain = new Drain(httpServer);
    const url = await serve(httpServer, drain, parts, { config, logger, portalDir, closers });
    logger.info({ url, model: parts.models.state().model?.version ?? null }, 'listening');
    return {
      url,
      async stop({ atOnce = false } = {}) {
        await drain.begin(atOnce ? 0 : config.shutdownDelayMs);
        if (atOnce) drain.cutIdle();
        await closers.close();
      },
    };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

interface ServeOptions {
  config: Config;
  logger: Logger;
  portalDir: string;
  closers: Closers;
}

/** Answers requests from now on. @returns the address */
async function serve(
  httpServer: Server,
  drain: Drain,
  parts: ServerParts,
  { config, logger, portalDir, closers }: ServeOptions,
): Promise<string> {
  const { deps } = parts;
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
      viewerIdOf: (authorization) => viewerIdOf(deps.auth, authorization),
      readiness: () => readinessOf(parts, drain, config),
      portal: createPortal(portalDir),
      requestTimeoutMs: config.requestTimeoutMs,
      maxRequestsInFlight: config.maxRequestsInFlight,
      corsOrigins: config.corsOrigins,
      security: config,
      tellsStepTimes: config.stepTimes,
      logger,
    }),
  );
  await apollo.start();
  const url = await listen(httpServer, config);
  closers.push(() => apollo.stop());
  return url;
}

function readinessOf(
  { models, deps: { catalogue }, redis, redisVectors, tfServing }: ServerParts,
  drain: Drain,
  { modelDir }: Config,
): Promise<Readiness> {
  return readReadiness({
    models,
    modelDir,
    isStopping: () => drain.begun,
    rankerProblem: () => tfServing?.problem() ?? null,
    rankerVersion: () => tfServing?.version() ?? null,
    databaseProblem: () => catalogue.problem(),
    redisProblem: () => redis?.link.problem() ?? redisVectors?.problem() ?? null,
    datasetName: () => catalogue.current().dataset?.name ?? null,
  });
}

async function ensureWritable(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    await access(home, constants.W_OK);
  } catch (error) {
    throw new AppError(
      'ENVIRONMENT',
      `the folder ${home} cannot be written (${messageOf(error)}): set POCKETROCKET_HOME to one that can`,
      { cause: error },
    );
  }
}
