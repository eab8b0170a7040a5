import { createServer } from 'node:http';
import { PassThrough } from 'node:stream';
import { createLogger } from '@pocketrocket/runtime';
import { printSchema, type GraphQLSchema } from 'graphql';
import type { BudgetGate } from '../../budgets/budgetGate.ts';
import { chargeUnread, type BudgetOptions } from '../../graphql/limits/budgetLimit.ts';
import { createApolloServer } from '../../graphql/apollo/apolloServer.ts';
import type { Readiness } from '../../model/readiness.ts';
import type { RequestScope } from '../../loaders/requestScope.ts';
import { createApolloApi } from '../../api/apolloApi.ts';
import { takeStepTimes } from '../../timing/stepTimes.ts';
import type { FrontLimits } from '../limits.ts';
import { Drain } from '../drain.ts';
import type { Turns } from '../../timing/turns.ts';
import { listen } from '../listen.ts';
import { createPortal } from '../portal.ts';
import type { PublicAnswers } from '../publicAnswers.ts';
import { createRequestHandler } from '../requestHandler.ts';

export interface HttpHarness {
  url: string;
  /** Returns the log so far, one object per line. */
  logged(): Record<string, unknown>[];
  stop(): Promise<void>;
}

export interface HarnessOptions {
  schema: GraphQLSchema;
  corsOrigins?: string[];
  portalDir?: string;
  readiness?: Readiness | (() => Promise<Readiness>);
  scope?: (turns: Turns) => RequestScope;
  requestTimeoutMs?: number;
  maxRequestsInFlight?: number;
  tellsStepTimes?: boolean;
  security?: Partial<Parameters<typeof createRequestHandler>[0]['security']>;
  limits?: FrontLimits;
  maxAnswerBytes?: number;
  trustedProxies?: string[];
  budgets?: BudgetOptions;
  gate?: BudgetGate;
  publicAnswers?: PublicAnswers;
}

export const READY: Readiness = {
  ready: true,
  dataset: 'test',
  modelVersion: 1,
  problem: null,
  rankerProblem: null,
  rankerVersion: null,
  databaseProblem: null,
  writeProblem: null,
  redisProblem: null,
  training: null,
};

/** The HTTP server as it is put together for real, over a schema of the test's own. */
export async function startHttp(options: HarnessOptions): Promise<HttpHarness> {
  const { readiness = READY } = options;
  const lines: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trim().split('\n')));
  const logger = createLogger({ level: 'debug', name: 'test', stream });
  const httpServer = createServer();
  const drain = new Drain(httpServer);
  const requestTimeoutMs = options.requestTimeoutMs ?? 10_000;
  const apollo = createApolloServer({
    schema: options.schema,
    logger,
    budgets: options.budgets ?? null,
    ...(options.maxAnswerBytes !== undefined && { maxAnswerBytes: options.maxAnswerBytes }),
  });
  // The schemas of most of these tests load nothing.
  const createScope = options.scope ?? (() => ({}) as RequestScope);
  const viewerOf = () => () => Promise.resolve(null);
  const { budgets } = options;
  const api = createApolloApi({
    apollo,
    viewerOf,
    appOf: () => () => Promise.resolve(null),
    createScope,
    requestTimeoutMs,
    chargeUnread: budgets ? (payer) => chargeUnread(budgets, payer) : undefined,
    logger,
  });
  httpServer.on(
    'request',
    createRequestHandler({
      api,
      sdl: async () => printSchema(options.schema),
      readiness: typeof readiness === 'function' ? readiness : async () => readiness,
      portal: createPortal(options.portalDir ?? '/nowhere'),
      requestTimeoutMs,
      ...(options.gate && { gate: options.gate }),
      ...(options.publicAnswers && { publicAnswers: options.publicAnswers }),
      maxRequestsInFlight: options.maxRequestsInFlight ?? 1_000,
      corsOrigins: options.corsOrigins ?? [],
      security: {
        host: '127.0.0.1',
        publicUrl: null,
        imageOrigins: [],
        allowedHosts: [],
        ...options.security,
      },
      trustedProxies: options.trustedProxies ?? [],
      stepTimes: options.tellsStepTimes ? async () => takeStepTimes() : null,
      ...(options.limits && { limits: options.limits }),
      logger,
    }).request,
  );
  await apollo.start();
  const url = await listen(httpServer, { host: '127.0.0.1', port: 0 });
  return {
    url,
    logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    async stop() {
      drain.cutIdle();
      await drain.finish({ idleMs: 1_000, graceMs: 5_000, logger });
      await apollo.stop();
    },
  };
}

/** Posts a GraphQL request as most clients do. */
export function postGraphql(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
