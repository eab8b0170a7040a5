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
import { withFieldDeadlines } from '../../timing/deadline.ts';
import { createCompiledExecution } from './compiledExecution.ts';
import { formatError } from './errors.ts';
import type { HttpContext } from './httpContext.ts';
import { legacyStatus, operationLog } from './plugins.ts';
import { costLimit, depthLimit } from './queryLimits.ts';

/** An inline `recommendFor` with five hundred ratings has about five thousand. */
const MAX_TOKENS = 10_000;

export interface ApolloServerOptions {
  schema: GraphQLSchema;
  logger: Logger;
}

/**
 * Apollo Server with this API's rules: errors masked, queries limited, cross-site requests refused, and none of the plugins that
 * report elsewhere.
 */
export function createApolloServer({ schema, logger }: ApolloServerOptions): ApolloServer<HttpContext> {
  return new ApolloServer<HttpContext>({
    gateway: compiledGateway(withFieldDeadlines(schema)),
    logger,
    formatError,
    // A public API whose playground and documentation live from it.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [depthLimit],
    maxRecursiveSelections: true,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      costLimit,
      operationLog,
      legacyStatus,
    ],
  });
}

/** The hook by which Apollo Server takes another executor: parsing, validation, limits and plugins stay its own. */
function compiledGateway(schema: GraphQLSchema): ApolloServerOptionsWithGateway<HttpContext>['gateway'] {
  const execute = createCompiledExecution(schema);
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
