import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { AppError, messageOf, openTraces, type Config, type Logger } from '@pocketrocket/runtime';
import { claimHome, needsHome } from '@pocketrocket/schema/places';
import { bearerIn, isApiKey, isSigned } from './accounts/authorization.ts';
import { openJwtSecret, secretsOf } from './accounts/secret.ts';
import { createTokens } from './accounts/tokens.ts';
import { BudgetGate } from './budgets/budgetGate.ts';
import { Closers } from './closers.ts';
import { createAddressSigner, type AddressSigner } from './exports/signedAddress.ts';
import { Drain } from './http/drain.ts';
import { limitConnections } from './http/limitConnections.ts';
import { listen } from './http/listen.ts';
import { createExportRoute } from './http/exportRoute.ts';
import { createReportRoute } from './http/reportRoute.ts';
import { LiveFront } from './http/live/liveFront.ts';
import { liveLimits } from './http/live/liveLimits.ts';
import { WebSocketRequest } from './http/live/webSocketRequest.ts';
import { createRequestHandler } from './http/requestHandler.ts';
import { createFrontMetrics, type FrontMetrics } from './metrics/frontMetrics.ts';
import { startMetricsServer } from './metrics/metricsServer.ts';
import { FrontCounts } from './operators/frontCounts.ts';
import type { Readiness } from './model/readiness.ts';
import { openPortal, type OpenPortal } from './openPortal.ts';
import { openThreads, type ApiThreads } from './openThreads.ts';

export interface RunningServer {
  /** Such as `http://127.0.0.1:4000`. */
  url: string;
  /**
   * Says that it is not ready for a while, lets requests in flight finish, then closes everything.
   * @param atOnce without that while, and without waiting for connections on which nothing is asked
   */
  stop(options?: { atOnce?: boolean }): Promise<void>;
}

/** A request's head that takes longer to arrive is not from a client of this API. */
const HEAD_TIMEOUT_MS = 10_000;
/** The same for the whole request, where nothing else has ended it: bodies have a deadline of their own. */
const ARRIVAL_TIMEOUT_MS = 35_000;
/** Late requests are looked for so often. */
const CHECK_MS = 1_000;
/** Keep-alive of idle connections: longer than that of load balancers, so that none sends on a connection that ends. */
const KEEP_ALIVE_MS = 65_000;
/** The same once the server was told to stop. */
const LAST_REQUEST_MS = 5_000;

/**
 * Puts the server together and starts it.
 * @param portalDir folder of the built portal
 * @throws AppError ENVIRONMENT, UPSTREAM_UNAVAILABLE when the machine or a service is not as the settings say; CONFLICT while a
 *   command replaces the database or the models
 */
export async function startServer(config: Config, logger: Logger, portalDir: string): Promise<RunningServer> {
  if (needsHome(config)) await ensureWritable(config.home);
  const secret = await openJwtSecret(config, logger);
  const closers = new Closers(logger);
  closers.push(claimHome(config, { purpose: 'server' }));
  try {
    const traces = await openTraces(config, logger, 'front');
    closers.push(() => traces?.close());
    const counts = new FrontCounts();
    const threads = await openThreads(config, logger, secret, () => counts.state());
    closers.push(() => threads.stop());
    const httpServer = createHttpServer(config);
    const drain = new Drain(httpServer);
    limitConnections(httpServer, config.trustedProxies, logger);
    const secrets = secretsOf(config, secret);
    const tokens = createTokens(secrets);
    const gate = new BudgetGate({
      isSigned: (authorization) => isSigned(tokens, authorization),
      isApiKey: (authorization) => isApiKey(bearerIn(authorization) ?? ''),
      onClosed: (key) => counts.use.note(key, 0, true),
    });
    const limits = liveLimits(config.liveConnections, config.liveConnectionsPerAddress);
    const live = new LiveFront({ port: threads.live, limits, gate, logger });
    const metrics = await openMetrics(config, { threads, live }, logger, closers);
    const signer = createAddressSigner(secrets);
    const portal = openPortal(portalDir, {
      config,
      api: threads.api,
      generation: () => threads.generation(),
      catalogue: () => threads.addresses(),
      gate,
      logger,
    });
    closers.push(() => portal.stop());
    const handling = { config, gate, live, logger, portal, metrics, counts, signer };
    const handlers = handlersOf(threads, drain, handling);
    httpServer.on('request', handlers.request);
    httpServer.on('upgrade', handlers.upgrade);
    const url = await listen(httpServer, config);
    const graceMs = config.requestTimeoutMs + LAST_REQUEST_MS;
    closers.push(() => drain.finish({ idleMs: LAST_REQUEST_MS, graceMs, logger }));
    closers.push(() => live.close());
    logger.info({ url, model: threads.modelVersion, threads: threads.size }, 'listening');
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

function createHttpServer({ requestTimeoutMs }: Config): Server {
  const server = createServer({
    IncomingMessage: WebSocketRequest,
    headersTimeout: HEAD_TIMEOUT_MS,
    requestTimeout: ARRIVAL_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  // A connection on which nothing moves that long, neither way: its request has been answered, and nobody reads.
  server.timeout = requestTimeoutMs + ARRIVAL_TIMEOUT_MS;
  return server;
}

interface HandlerOptions {
  config: Config;
  gate: BudgetGate;
  live: LiveFront;
  logger: Logger;
  portal: OpenPortal;
  metrics: FrontMetrics | null;
  counts: FrontCounts;
  signer: AddressSigner;
}

function handlersOf(
  threads: ApiThreads,
  drain: Drain,
  { config, gate, live, logger, portal, metrics, counts, signer }: HandlerOptions,
) {
  return createRequestHandler({
    api: threads.api,
    readiness: async () => withStopping(await threads.readiness(), drain),
    sdl: () => threads.sdl(),
    portal: portal.portal,
    requestTimeoutMs: config.requestTimeoutMs,
    maxRequestsInFlight: config.maxRequestsInFlight,
    corsOrigins: config.corsOrigins,
    security: portal.security,
    trustedProxies: config.trustedProxies,
    stepTimes: config.stepTimes ? () => threads.stepTimes() : null,
    onAnswered(request) {
      counts.observe(request);
      metrics?.observe(request);
    },
    gate,
    exports: createExportRoute({
      signer,
      readPage: (request, after) => threads.exportPage({ request, after }),
      logger,
    }),
    reports: createReportRoute({ signer, report: (name) => threads.report(name) }),
    live,
    isStopping: () => drain.begun,
    logger,
  });
}

/** Measures, and tells it on a port of its own; null where that is not set. */
async function openMetrics(
  { metricsPort: port, metricsHost: host }: Config,
  { threads, live }: { threads: ApiThreads; live: LiveFront },
  logger: Logger,
  closers: Closers,
): Promise<FrontMetrics | null> {
  if (port === null) return null;
  const metrics = createFrontMetrics(
    () => threads.metrics(),
    () => live.counts(),
  );
  const server = await startMetricsServer({ host, port, metrics, logger });
  closers.push(async () => server.stop());
  return metrics;
}

function withStopping(readiness: Readiness, { begun }: Drain): Readiness {
  return begun ? { ...readiness, ready: false, problem: 'the server is stopping' } : readiness;
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
