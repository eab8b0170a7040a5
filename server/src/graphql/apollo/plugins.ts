import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { currentSpan, type Logger } from '@pocketrocket/runtime';
import { asUnavailable } from '@pocketrocket/schema/database';
import { OperationTypeNode, type GraphQLError, type OperationDefinitionNode } from 'graphql';
import { RefreshCookie } from '../../accounts/refreshCookie.ts';
import { ListElsewhere } from '../../lists/listCursor.ts';
import { isOurFault } from './errors.ts';
import { OutageLog } from './outageLog.ts';
import type { HttpContext } from './httpContext.ts';

const outages = new OutageLog();

/** Notes for the request's log line which operation ran and with which errors; logs failures of this side in full. */
export const operationLog: ApolloServerPlugin<HttpContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue, operationName, operation }) {
        contextValue.outcome.operation = operationName;
        nameSpan(operation, operationName);
      },
      async didEncounterErrors({ contextValue, errors, operation, operationName }) {
        const { logger } = contextValue;
        // What writes is not run twice.
        if (operation?.operation === OperationTypeNode.QUERY)
          contextValue.routing.elsewhere = threadOf(errors);
        logFailures(logger, errors, operationName ?? null);
      },
      async willSendResponse({ contextValue, response: { body } }) {
        if (body.kind === 'single' && body.singleResult.errors)
          contextValue.outcome.errorCodes = body.singleResult.errors.map(({ extensions }) =>
            String(extensions?.['code']),
          );
      },
    };
  },
};

/** Logs the errors of an operation that are failures of this side, those of an outage once a second. */
export function logFailures(
  logger: Logger,
  errors: readonly GraphQLError[],
  operationName: string | null,
): void {
  for (const error of errors.filter(isOurFault)) {
    const facts = { operation: operationName, path: error.path?.join('.') };
    const original = unwrapResolverError(error);
    if (!outages.log(logger, asUnavailable(original), facts))
      logger.error({ err: original, ...facts }, 'operation failed');
  }
}

/** Characters of an operation's name that its span tells. */
const MAX_NAME_LENGTH = 64;

/** Names the span of the operation after it, as OpenTelemetry's conventions do. */
function nameSpan(operation: OperationDefinitionNode | undefined, operationName: string | null): void {
  const span = currentSpan();
  if (!span || !operation) return;
  const { operation: type } = operation;
  const name = operationName?.slice(0, MAX_NAME_LENGTH);
  span.rename(name === undefined ? type : `${type} ${name}`);
  span.note({ 'graphql.operation.type': type, 'graphql.operation.name': name });
}

/** Reads the cookie with the refresh token, for pages of this origin, and sends what a resolver puts into it. */
export const sessionCookie: ApolloServerPlugin<HttpContext> = {
  async requestDidStart({ contextValue, request: { http } }) {
    contextValue.refreshCookie = http && RefreshCookie.of(http.headers);
    if (!contextValue.refreshCookie) return;
    return {
      async willSendResponse({ response }) {
        const header = contextValue.refreshCookie?.header;
        if (header) response.http.headers.set('set-cookie', header);
      },
    };
  },
};

/** The thread that keeps a list which these errors lack; null where they lack none. */
function threadOf(errors: readonly unknown[]): number | null {
  for (const error of errors) {
    const original = unwrapResolverError(error);
    if (original instanceof ListElsewhere) return original.thread;
  }
  return null;
}

const WELL_FORMED_REQUEST_CODES: ReadonlySet<unknown> = new Set([
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * The GraphQL over HTTP specification's status for clients that know only `application/json`: 200 for every well-formed
 * request, whatever GraphQL says to it. Clients that accept `application/graphql-response+json` get 400.
 */
export const legacyStatus: ApolloServerPlugin<HttpContext> = {
  async requestDidStart() {
    return {
      async willSendResponse(request) {
        const { http } = request.response;
        if (http.status === 400 && !acceptsGraphqlResponse(request) && isWellFormed(request))
          http.status = 200;
      },
    };
  },
};

function acceptsGraphqlResponse({ request }: GraphQLRequestContext<HttpContext>): boolean {
  return request.http?.headers.get('accept')?.includes('application/graphql-response+json') ?? false;
}

function isWellFormed({ errors = [] }: GraphQLRequestContext<HttpContext>): boolean {
  return errors.every(({ extensions }) => WELL_FORMED_REQUEST_CODES.has(extensions['code']));
}
