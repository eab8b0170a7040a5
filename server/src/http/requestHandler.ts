import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { AppError, type Logger } from '@pocketrocket/runtime';
import compression from 'compression';
import cors from 'cors';
import type { HttpContext, OperationOutcome } from '../graphql/apollo/httpContext.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import type { Readiness } from '../model/readiness.ts';
import { deadlinesOf } from '../timing/deadline.ts';
import { takeStepTimes } from '../timing/stepTimes.ts';
import { Admission } from './admission.ts';
import { answerGraphql } from './graphqlEndpoint.ts';
import { createHostCheck } from './hostCheck.ts';
import { wantsPage, type Portal } from './portal.ts';
import { REQUEST_ID_HEADER, requestIdOf } from './requestId.ts';
import { sendError, sendJson } from './responses.ts';
import { createSecurityHeaders, type SecurityHeadersOptions } from './securityHeaders.ts';

export interface HandlerDeps {
  apollo: ApolloServer<HttpContext>;
  createScope(): RequestScope;
  /** Reads who is signed in by an authorization header. */
  viewerIdOf(authorization: string | undefined): () => Promise<number | null>;
  readiness(): Promise<Readiness>;
  portal: Portal;
  /** After so many milliseconds a request is answered whatever it still waits for. */
  requestTimeoutMs: number;
  /** Maximum of concurrent GraphQL requests; beyond it, load is shed with 503 and `retry-after`. */
  maxRequestsInFlight: number;
  /** Origins whose pages may call the API; `*` for any; empty for the server's own pages only. */
  corsOrigins: readonly string[];
  security: SecurityHeadersOptions & { host: string; allowedHosts: readonly string[] };
  /** Serves `/steptimes` where true. */
  tellsStepTimes: boolean;
  logger: Logger;
}

type Middleware = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

/** Answers every HTTP request: request id and log line around, CORS and compression, then the route. */
export function createRequestHandler(deps: HandlerDeps): RequestListener {
  // Both are typed for Express, and need of it only what Node.js itself has.
  const isOpen = deps.corsOrigins.includes('*');
  const compress = compression() as unknown as Middleware;
  const allowOrigins = cors({
    origin: isOpen ? '*' : [...deps.corsOrigins],
    methods: ['GET', 'POST'],
    exposedHeaders: [REQUEST_ID_HEADER],
    maxAge: 86_400,
  }) as unknown as Middleware;

  const setSecurityHeaders = createSecurityHeaders(deps.security);
  const isKnownHost = createHostCheck({ ...deps.security, logger: deps.logger });
  const admission = new Admission(deps.maxRequestsInFlight, deps.logger);

  return (req, res) => {
    const requestId = requestIdOf(req);
    const logger = deps.logger.child({ requestId });
    const outcome: OperationOutcome = {};
    res.setHeader(REQUEST_ID_HEADER, requestId);
    setSecurityHeaders(req, res);
    logWhenDone(logger, outcome, req, res);
    if (!isKnownHost(req))
      return sendError(res, 421, 'BAD_REQUEST', 'This server does not answer to that host name.');
    const fail = (error: unknown) => {
      logger.error({ err: error }, 'request failed');
      if (res.headersSent) res.destroy();
      else sendFailure(res, error);
    };
    const respond = () => {
      const deadlines = deadlinesOf(deps.requestTimeoutMs);
      res.once('close', () => deadlines.clear());
      const context = () => ({
        requestId,
        logger,
        outcome,
        viewerId: deps.viewerIdOf(req.headers.authorization),
        address: req.socket.remoteAddress ?? '',
        scope: deps.createScope(),
        deadline: deadlines.fields,
      });
      deadlines.answer.race(route(deps, admission, context, req, res)).catch(fail);
    };
    const withOrigins = () => {
      if (isOpen || req.headers.origin !== undefined || req.method === 'OPTIONS')
        allowOrigins(req, res, respond);
      else respond();
    };
    // What nobody asks for costs nothing: most of a fast answer's time would go into it.
    res.setHeader('vary', isOpen ? 'Accept-Encoding' : 'Accept-Encoding, Origin');
    if (req.headers['accept-encoding'] === undefined) withOrigins();
    else compress(req, res, withOrigins);
  };
}

function sendTooMany(res: ServerResponse): void {
  sendFailure(res, new AppError('UPSTREAM_UNAVAILABLE', 'the server is overloaded; try again in a moment'));
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
  admission: Admission,
  context: () => HttpContext,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  switch (pathOf(req)) {
    case '/graphql':
      if (wantsPage(req)) return deps.portal.playground(req, res);
      if (!admission.enter(res)) return sendTooMany(res);
      return answerGraphql(deps.apollo, context(), req, res);
    case '/healthz':
      return sendJson(res, 200, { alive: true });
    case '/readyz': {
      const readiness = await deps.readiness();
      return sendJson(res, readiness.ready ? 200 : 503, readiness);
    }
    case '/steptimes':
      if (deps.tellsStepTimes) return sendJson(res, 200, takeStepTimes());
      return deps.portal.page(req, res);
    case '/config.js':
      return sendPortalConfig(res);
    default:
      return deps.portal.page(req, res);
  }
}

/** The portal's settings where this server delivers it: the API is at the same origin. */
function sendPortalConfig(res: ServerResponse): void {
  res.setHeader('content-type', 'text/javascript; charset=utf-8');
  res.setHeader('cache-control', 'no-cache');
  res.end(`window.pocketrocketConfig = ${JSON.stringify({ apiUrl: '/graphql' })};\n`);
}

function pathOf(req: IncomingMessage): string {
  return req.url?.split('?', 1)[0] ?? '/';
}

/** Probes come every few seconds and tell nothing. */
const QUIET_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

function logWhenDone(
  logger: Logger,
  outcome: OperationOutcome,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  const startedAt = performance.now();
  const { method } = req;
  const path = pathOf(req);
  res.once('close', () => {
    const status = res.writableFinished ? res.statusCode : null;
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    const level = QUIET_PATHS.has(path) ? 'debug' : 'info';
    logger[level](
      { method, path, status, durationMs, ...outcome },
      status === null ? 'request aborted' : 'request',
    );
  });
}
