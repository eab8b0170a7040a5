import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '@pocketrocket/runtime';
import type { GraphQLSchema } from 'graphql';
import { withFieldDeadlines } from '../../timing/fieldDeadlines.ts';
import { createCompiledExecution } from './compiledExecution.ts';
import { formatError } from './errors.ts';
import type { HttpContext } from './httpContext.ts';
import { legacyStatus, operationLog, sessionCookie } from './plugins.ts';
import { publicAnswers } from './publicAnswers.ts';
import { cacheBounds, type CacheBounds } from '../../caches/bounds.ts';
import { createAnswerWriter } from '../limits/boundedAnswer.ts';
import { budgetLimit, type BudgetOptions } from '../limits/budgetLimit.ts';
import { costLimit } from '../limits/costLimit.ts';
import { USUAL_SIZES, type DataSizes } from '../limits/dataSizes.ts';
import {
  documentLimits,
  knownOperationTypes,
  MAX_TOKENS,
  MAX_VALIDATION_ERRORS,
  withoutSubscriptions,
} from '../limits/documentLimits.ts';
import {
  createDocumentStore,
  createQueryStore,
  type DocumentStore,
  type QueryStore,
} from '../limits/documentStore.ts';

/** Units that an operation may cost unless a setting says otherwise: a quarter of a second of CPU. */
export const DEFAULT_MAX_COST = 5_000;

export const DEFAULT_MAX_ANSWER_BYTES = 8_000_000;
const DEFAULT_PUBLIC_MAX_AGE_SECONDS = 60;

export interface ApolloServerOptions {
  schema: GraphQLSchema;
  logger: Logger;
  /** Units that an operation may cost. */
  maxCost?: number;
  /** Of an answer before it is compressed. */
  maxAnswerBytes?: number;
  /** Seconds for which everybody may keep answers that tell everybody the same. */
  publicMaxAgeSeconds?: number;
  /** Lengths of lists in the data at hand. */
  sizes?: () => DataSizes;
  /** Budgets of clients; no limit unless given. */
  budgets?: BudgetOptions | null;
  caches?: Pick<CacheBounds, 'documents' | 'compiledOperations' | 'persistedQueries'>;
  /** Keeps the texts of persisted queries; one of its own unless given. */
  queries?: QueryStore;
  /** Keeps documents that were parsed and validated; one of its own unless given. */
  documents?: DocumentStore;
}

/**
 * Apollo Server with this API's rules: errors masked, queries limited, cross-site requests refused, and none of the plugins that
 * report elsewhere.
 */
export function createApolloServer({
  schema,
  logger,
  maxCost = DEFAULT_MAX_COST,
  maxAnswerBytes = DEFAULT_MAX_ANSWER_BYTES,
  publicMaxAgeSeconds = DEFAULT_PUBLIC_MAX_AGE_SECONDS,
  sizes = () => USUAL_SIZES,
  budgets = null,
  caches = cacheBounds({ profileRatings: 0 }),
  queries = createQueryStore(caches.persistedQueries),
  documents = createDocumentStore(caches.documents),
}: ApolloServerOptions): ApolloServer<HttpContext> {
  return new ApolloServer<HttpContext>({
    gateway: compiledGateway(withFieldDeadlines(schema), caches.compiledOperations),
    logger,
    formatError,
    // A public API whose playground and documentation live from it.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    // First of all rules, which Apollo Server's own limit would come before.
    validationRules: [documentLimits, knownOperationTypes, withoutSubscriptions],
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    documentStore: documents,
    persistedQueries: { cache: queries },
    stringifyResult: createAnswerWriter(maxAnswerBytes),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      sessionCookie,
      publicAnswers(publicMaxAgeSeconds),
      costLimit({ maxCost, sizes }),
      ...(budgets ? [budgetLimit(budgets)] : []),
      operationLog,
      legacyStatus,
    ],
  });
}

/** The hook by which Apollo Server takes another executor: parsing, validation, limits and plugins stay its own. */
function compiledGateway(
  schema: GraphQLSchema,
  maxCompiledBytes: number,
): ApolloServerOptionsWithGateway<HttpContext>['gateway'] {
  const execute = createCompiledExecution(schema, maxCompiledBytes);
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    async load() {
      return {
        executor: ({ document, queryHash, operation, request, context }) =>
          execute({
            document,
            queryHash,
            operation,
            operationName: request.operationName ?? null,
            variables: request.variables,
            contextValue: context,
          }),
      };
    },
    async stop() {},
  };
}
