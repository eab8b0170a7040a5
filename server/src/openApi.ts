import { type Config, type Logger } from '@pocketrocket/runtime';
import { createApolloApi, type ApolloApi } from './api/apolloApi.ts';
import type { ContextDeps } from './api/requestContext.ts';
import { viewerOf } from './accounts/auth.ts';
import type { ChargeBucket } from './budgets/bucket.ts';
import { Closers } from './closers.ts';
import { chargeUnread, type BudgetOptions } from './graphql/limits/budgetLimit.ts';
import { createApolloServer, type ApolloServerOptions } from './graphql/apollo/apolloServer.ts';
import { sizesOfCatalogue } from './graphql/limits/dataSizes.ts';
import { buildApiSchema } from './graphql/apiSchema.ts';
import { printSdl } from './graphql/apiSdl.ts';
import { createDocumentStore, createQueryStore } from './graphql/limits/documentStore.ts';
import { readTrustedDocuments } from './graphql/limits/trustedDocuments.ts';
import type { LiveApi } from './live/liveApi.ts';
import { openLive } from './openLive.ts';
import { createRequestScope } from './graphql/createRequestScope.ts';
import { readReadiness, type Readiness } from './model/readiness.ts';
import type { PersistedQuery } from './threads/messages.ts';
import { openParts, type ServerParts, type ThreadPlace } from './openParts.ts';

/** The API of one thread with everything behind it. */
export interface OpenedApi {
  api: ApolloApi;
  /** Answers subscriptions. */
  live: LiveApi;
  /** Hears of changes in other threads. */
  hearChanges: (userIds: readonly number[]) => void;
  parts: ServerParts;
  /** Keeps a query that was persisted in another thread. */
  takeQuery: (query: PersistedQuery) => void;
  readiness: () => Promise<Readiness>;
  /** The schema as a text. */
  sdl: () => string;
  close: () => Promise<void>;
}

/** Options that requests and subscriptions share. */
type SharedOptions = Required<
  Pick<ApolloServerOptions, 'queries' | 'documents' | 'schema' | 'logger' | 'maxCost' | 'sizes' | 'budgets'>
>;

/** Opens the API. @throws AppError ENVIRONMENT, UPSTREAM_UNAVAILABLE when a service is not as the settings say */
export async function openApi(
  config: Config,
  logger: Logger,
  secret: string,
  place: ThreadPlace,
): Promise<OpenedApi> {
  const closers = new Closers(logger);
  try {
    const parts = await openParts(config, logger, secret, closers, place);
    const { deps } = parts;
    const budgets = budgetsOf(config, parts.charge);
    const schema = await buildApiSchema(deps);
    const trusted = await readTrustedDocuments(config.trustedDocuments, schema, logger);
    const queries = createQueryStore(deps.caches.persistedQueries, trusted);
    const shared: SharedOptions = {
      queries: {
        ...queries,
        set(key, text) {
          place.onPersisted?.({ key, text });
          return queries.set(key, text);
        },
      },
      documents: createDocumentStore(deps.caches.documents),
      schema,
      logger,
      maxCost: config.maxCost,
      sizes: () => sizesOfCatalogue(deps.catalogue.current()),
      budgets,
    };
    const contexts: ContextDeps = {
      createScope: (turns) => createRequestScope(deps, turns),
      viewerOf: (authorization) => viewerOf(deps.auth, authorization),
      appOf: (authorization, address) => deps.apiKeys.of(authorization, address),
      requestTimeoutMs: config.requestTimeoutMs,
      logger,
    };
    const { maxAnswerBytes, publicMaxAgeSeconds } = config;
    const apollo = createApolloServer({
      ...shared,
      maxAnswerBytes,
      publicMaxAgeSeconds,
      caches: deps.caches,
    });
    await apollo.start();
    closers.push(() => apollo.stop());
    const api = createApolloApi({
      ...contexts,
      apollo,
      chargeUnread: budgets ? (payer) => chargeUnread(budgets, payer) : undefined,
    });
    const live = openLive(config, parts, place, { ...shared, ...contexts });
    closers.push(() => live.close());
    return {
      api,
      live,
      hearChanges: (userIds) => deps.changes.hear(userIds),
      parts,
      takeQuery: ({ key, text }) => void queries.set(key, text),
      readiness: () => readinessOf(parts, config),
      sdl: () => printSdl(schema),
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

/** Limits of what clients may use; null where there are none. */
function budgetsOf(
  { budgetBurst: burst, budgetPerSecond, budgetAccountPerSecond }: Config,
  charge: ChargeBucket,
): BudgetOptions | null {
  if (budgetPerSecond === 0) return null;
  return {
    charge,
    anonymous: { burst, perSecond: budgetPerSecond },
    account: { burst, perSecond: budgetAccountPerSecond },
  };
}

function readinessOf(
  { models, deps: { catalogue, database }, redis, redisVectors, rankers }: ServerParts,
  { modelDir }: Config,
): Promise<Readiness> {
  return readReadiness({
    models,
    modelDir,
    rankerProblem: () => rankers.problem(),
    rankerVersion: () => rankers.tfServing?.version() ?? null,
    databaseProblem: () => catalogue.problem(),
    writeProblem: () => database.writes.problem()?.message ?? null,
    redisProblem: () => redis?.link.problem() ?? redisVectors?.problem() ?? null,
    datasetName: () => catalogue.current().dataset?.name ?? null,
  });
}
