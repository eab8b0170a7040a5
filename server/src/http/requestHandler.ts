import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AppError, type Logger } from '@pocketrocket/runtime';
import compression from 'compression';
import cors from 'cors';
import { Overloaded, type ApiPort } from '../api/apiPort.ts';
import { BudgetGate } from '../budgets/budgetGate.ts';
import { EXPORT_PATH } from '../exports/exportAddress.ts';
import { REPORT_PATH } from '../exports/reportAddress.ts';
import { BUDGET_HEADERS } from '../budgets/toldBudget.ts';
import type { Readiness } from '../model/readiness.ts';
import { deadlinesOf } from '../timing/deadline.ts';
import type { StepTimes } from '../timing/stepTimes.ts';
import { Admission } from './admission.ts';
import type { AnsweredRequest } from './answeredRequest.ts';
import { clientAddressOf } from './clientAddress.ts';
import {
  answerGraphql,
  isEventStream,
  type GraphqlEndpointDeps,
  type RequestFacts,
} from './graphqlEndpoint.ts';
import { HeldRefusals } from './heldRefusals.ts';
import { Holdings } from './holdings.ts';
import { createHostCheck } from './hostCheck.ts';
import { EXPORT_TYPE } from './exportRoute.ts';
import { FRONT_LIMITS, type FrontLimits } from './limits.ts';
import type { LiveFront } from './live/liveFront.ts';
import { createUpgrade, type UpgradeDeps } from './live/upgrade.ts';
import { wantsPage, type Portal } from './portal.ts';
import { PublicAnswers } from './publicAnswers.ts';
import { REQUEST_ID_HEADER, requestIdOf } from './requestId.ts';
import { pathOf } from './requestPath.ts';
import { inRequestSpan } from './requestSpan.ts';
import { sendError, sendJson } from './responses.ts';
import { sendSchema } from './schemaFile.ts';
import { createSecurityHeaders, type SecurityHeadersOptions } from './securityHeaders.ts';

export interface HandlerDeps {
  api: ApiPort;
  readiness(): Promise<Readiness>;
  /** The schema as a text. */
  sdl(): Promise<string>;
  portal: Portal;
  /** After so many milliseconds a request is answered whatever it still waits for. */
  requestTimeoutMs: number;
  /** Maximum of concurrent GraphQL requests; beyond it, load is shed with 503 and `retry-after`. */
  maxRequestsInFlight: number;
  /** Origins whose pages may call the API; `*` for any; empty for the server's own pages only. */
  corsOrigins: readonly string[];
  security: SecurityHeadersOptions & { host: string; allowedHosts: readonly string[] };
  /** Addresses and ranges of proxies whose `X-Forwarded-For` counts. */
  trustedProxies: readonly string[];
  /** Takes the time of each step for `/steptimes`; null where that is not served. */
  stepTimes: (() => Promise<StepTimes>) | null;
  limits?: FrontLimits;
  /** Keeps out who has used up the budget; unset, one that no token opens. */
  gate?: BudgetGate;
  /** Sends exports to signed addresses, and parts of the state to commands; unset, there are none. */
  exports?: Route;
  reports?: Route;
  /** Keeps answers that are everybody's; one of its own unless given. */
  publicAnswers?: PublicAnswers;
  /** The connections over which subscriptions are answered; unset where there are none. */
  live?: LiveFront | null | undefined;
  isStopping?: (() => boolean) | undefined;
  /** Hears of every request at its end. */
  onAnswered?: ((request: AnsweredRequest) => void) | undefined;
  logger: Logger;
}

/** Answers the requests below a path. */
type Route = (req: IncomingMessage, res: ServerResponse) => Promise<void>;
/** Answers what comes to the server: requests, and those that go on as a WebSocket. */
export interface Handlers {
  request: RequestListener;
  upgrade: ReturnType<typeof createUpgrade>;
}

type Middleware = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

/** Answers every HTTP request: request id and log line around, CORS and compression, then the route. */
export function createRequestHandler(deps: HandlerDeps): Handlers {
  // Both are typed for Express, and need of it only what Node.js itself has.
  const isOpen = deps.corsOrigins.includes('*');
  const compress = compression({ filter: isCompressible }) as unknown as Middleware;
  const allowOrigins = cors({
    origin: isOpen ? '*' : [...deps.corsOrigins],
    methods: ['GET', 'POST'],
    exposedHeaders: [REQUEST_ID_HEADER, ...BUDGET_HEADERS, 'etag'],
    maxAge: 86_400,
  }) as unknown as Middleware;

  const setSecurityHeaders = createSecurityHeaders(deps.security);
  const isKnownHost = createHostCheck({ ...deps.security, logger: deps.logger });
  const addressOf = clientAddressOf(deps.trustedProxies);
  const endpoint = graphqlEndpointOf(deps);
  const request: RequestListener = (req, res) => {
    const requestId = requestIdOf(req);
    const facts: RequestFacts = { requestId, address: addressOf(req), outcome: {} };
    res.setHeader(REQUEST_ID_HEADER, requestId);
    setSecurityHeaders(req, res);
    logWhenDone(deps.logger, facts, req, res, deps.onAnswered);
    if (!isKnownHost(req))
      return sendError(res, 421, 'BAD_REQUEST', 'This server does not answer to that host name.');
    const fail = (error: unknown) => {
      if (!(error instanceof Overloaded)) deps.logger.error({ requestId, err: error }, 'request failed');
      if (res.headersSent) res.destroy();
      else sendFailure(res, error);
    };
    const respond = () => void route(deps, endpoint, facts, req, res).catch(fail);
    const withOrigins = () => {
      if (isOpen || req.headers.origin !== undefined || req.method === 'OPTIONS')
        allowOrigins(req, res, respond);
      else respond();
    };
    // What nobody asks for costs nothing: most of a fast answer's time would go into it.
    res.setHeader('vary', isOpen ? 'Accept-Encoding' : 'Accept-Encoding, Origin');
    // Nor is an event stream: compression would keep what is to be sent at once.
    if (req.headers['accept-encoding'] === undefined || isEventStream(req)) withOrigins();
    else compress(req, res, withOrigins);
  };
  return { request, upgrade: upgradeOf(deps, { isKnownHost, addressOf, gate: endpoint.gate }) };
}

/** Lets nobody go on as a WebSocket where nothing is answered live. */
function upgradeOf(
  { live, corsOrigins, isStopping = () => false, logger }: HandlerDeps,
  checks: Pick<UpgradeDeps, 'isKnownHost' | 'addressOf' | 'gate'>,
): Handlers['upgrade'] {
  if (!live)
    return (_req, socket) => void socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
  return createUpgrade({ ...checks, live, corsOrigins, isStopping, logger });
}

/** As the library judges, which does not know lines of JSON. */
function isCompressible(...[req, res]: Parameters<typeof compression.filter>): boolean {
  return String(res.getHeader('content-type')).startsWith(EXPORT_TYPE) || compression.filter(req, res);
}

function graphqlEndpointOf(deps: HandlerDeps): GraphqlEndpointDeps {
  const { api, requestTimeoutMs, maxRequestsInFlight, logger, limits = FRONT_LIMITS } = deps;
  const { gate = new BudgetGate({ isSigned: () => Promise.resolve(false) }) } = deps;
  return {
    api,
    admission: new Admission(maxRequestsInFlight, limits.waitingBytes, logger),
    bodies: new Holdings('request bodies', limits.bodies, logger),
    answers: new Holdings('answers', limits.answers, logger),
    gate,
    refusals: new HeldRefusals(),
    publicAnswers: deps.publicAnswers ?? new PublicAnswers(),
    live: deps.live ?? null,
    requestTimeoutMs,
  };
}

function sendFailure(res: ServerResponse, error: unknown): void {
  if (error instanceof AppError && error.code === 'UPSTREAM_UNAVAILABLE') {
    res.setHeader('retry-after', '1');
    sendError(res, 503, error.code, error.message);
  } else {
    sendError(
      res,
      500,
      'INTERNAL_SERVER_ERROR',
      'Something went wrong on the server; its log has the details.',
    );
  }
}

async function route(
  deps: HandlerDeps,
  endpoint: GraphqlEndpointDeps,
  facts: RequestFacts,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const path = pathOf(req);
  if (deps.exports && path.startsWith(EXPORT_PATH)) return deps.exports(req, res);
  if (deps.reports && path.startsWith(REPORT_PATH)) return inTime(deps, res, deps.reports(req, res));
  switch (path) {
    case '/graphql':
      if (wantsPage(req)) return deps.portal.playground(req, res);
      // A stream lasts for hours; each of its answers has a span of its own.
      if (isEventStream(req)) return answerGraphql(endpoint, facts, req, res);
      return inRequestSpan(facts, req, res, () => answerGraphql(endpoint, facts, req, res));
    case '/schema.graphql':
      return sendSchema(req, res, await inTime(deps, res, deps.sdl()));
    case '/healthz':
      return sendJson(res, 200, { alive: true });
    case '/readyz': {
      const readiness = await inTime(deps, res, deps.readiness());
      return sendJson(res, readiness.ready ? 200 : 503, readiness);
    }
    case '/steptimes':
      if (deps.stepTimes) return sendJson(res, 200, await inTime(deps, res, deps.stepTimes()));
      return deps.portal.page(req, res, facts);
    case '/config.js':
      return sendPortalConfig(res);
    default:
      return deps.portal.page(req, res, facts);
  }
}

/** @throws AppError UPSTREAM_UNAVAILABLE at a request's deadline */
function inTime<T>({ requestTimeoutMs }: HandlerDeps, res: ServerResponse, work: Promise<T>): Promise<T> {
  const deadlines = deadlinesOf(requestTimeoutMs);
  res.once('close', () => deadlines.clear());
  return deadlines.answer.race(work);
}

/** The portal's settings where this server delivers it: the API is at the same origin. */
function sendPortalConfig(res: ServerResponse): void {
  res.setHeader('content-type', 'text/javascript; charset=utf-8');
  res.setHeader('cache-control', 'no-cache');
  res.end(`window.pocketrocketConfig = ${JSON.stringify({ apiUrl: '/graphql' })};\n`);
}

/** Probes come every few seconds and tell nothing. */
const QUIET_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);
/** Slow clients come by the thousand; the log hears of them once a burst. */
const REQUEST_TIMEOUT = 408;

function logWhenDone(
  logger: Logger,
  { requestId, outcome }: RequestFacts,
  req: IncomingMessage,
  res: ServerResponse,
  onAnswered: HandlerDeps['onAnswered'],
): void {
  const startedAt = performance.now();
  const { method } = req;
  const path = pathOf(req);
  res.once('close', () => {
    const status = res.writableFinished ? res.statusCode : null;
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    onAnswered?.({ path, status, durationMs, outcome });
    const level = QUIET_PATHS.has(path) || status === REQUEST_TIMEOUT ? 'debug' : 'info';
    logger[level](
      { requestId, method, path, status, durationMs, ...outcome },
      status === null ? 'request aborted' : 'request',
    );
  });
}
