import { createHash } from 'node:crypto';
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { hasTooManyVariables, TOO_MANY_VARIABLES } from '../api/apolloApi.ts';
import {
  documentLimits,
  knownOperationTypes,
  MAX_TOKENS,
  MAX_VALIDATION_ERRORS,
  subscriptionsAlone,
} from '../graphql/limits/documentLimits.ts';
import type { DocumentStore, QueryStore } from '../graphql/limits/documentStore.ts';

/** A client's wish to subscribe, at which nobody has looked yet. */
export interface SubscribeParams {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
}

/** A subscription that was parsed and validated, and whose variables fit. */
export interface PreparedOperation {
  document: DocumentNode;
  /** Equal for equal documents. */
  queryHash: string;
  operation: OperationDefinitionNode;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>>;
}

export interface PrepareDeps {
  schema: GraphQLSchema;
  /** Keeps documents that were parsed and validated. */
  documents: DocumentStore;
  /** Keeps the texts of persisted queries. */
  queries: QueryStore;
}

/** A subscription that is refused, for the reasons that are its errors. */
export class RefusedSubscription extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
  }
}

/** The rules of every request, then those of GraphQL.js. */
const RULES = [documentLimits, knownOperationTypes, subscriptionsAlone, ...specifiedRules];
/** Apollo Server keeps texts of persisted queries under names that begin so. */
const PERSISTED = 'apq:';
/** Documents of subscriptions were validated by other rules than those of requests. */
const LIVE = 'live:';

/** Reads what a client sends to subscribe, by the limits of every request. @throws RefusedSubscription */
export async function prepareSubscription(
  deps: PrepareDeps,
  params: SubscribeParams,
): Promise<PreparedOperation> {
  const variables = params.variables ?? {};
  if (typeof variables !== 'object' || Array.isArray(variables))
    return refuse('BAD_REQUEST', 'variables must be an object.');
  if (hasTooManyVariables({ variables })) return refuse('BAD_USER_INPUT', TOO_MANY_VARIABLES);
  const query = await queryOf(deps.queries, params);
  const queryHash = sha256(query);
  const document = await documentOf(deps, query, queryHash);
  const operationName = typeof params.operationName === 'string' ? params.operationName : null;
  const operation = getOperationAST(document, operationName);
  if (!operation)
    return refuse(
      'OPERATION_RESOLUTION_FAILURE',
      operationName === null
        ? 'Must provide operation name if query contains multiple operations.'
        : 'There is no operation of that name in the query.',
    );
  const { errors } = getVariableValues(
    deps.schema,
    operation.variableDefinitions ?? [],
    { ...variables },
    { maxErrors: MAX_VALIDATION_ERRORS },
  );
  if (errors) throw new RefusedSubscription(errors.map((error) => withCode(error, 'BAD_USER_INPUT')));
  // Others would be kept for as long as the subscription lasts.
  const declared = new Set(operation.variableDefinitions?.map(({ variable }) => variable.name.value));
  const used = Object.fromEntries(Object.entries(variables).filter(([name]) => declared.has(name)));
  return { document, queryHash, operation, operationName, variables: used };
}

/** The text that is sent, or that was sent before under its hash. */
async function queryOf(queries: QueryStore, { query, extensions }: SubscribeParams): Promise<string> {
  const hash = hashIn(extensions);
  if (typeof query === 'string' && query !== '') {
    if (hash !== null) {
      if (hash !== sha256(query))
        refuse(
          'BAD_USER_INPUT',
          'extensions.persistedQuery.sha256Hash is not the SHA-256 of this query, in hexadecimal.',
        );
      await queries.set(PERSISTED + hash, query);
    }
    return query;
  }
  if (hash === null) return refuse('BAD_REQUEST', 'A subscription needs a query.');
  const known = await queries.get(PERSISTED + hash);
  return known ?? refuse('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
}

function hashIn(extensions: unknown): string | null {
  if (typeof extensions !== 'object' || extensions === null || !('persistedQuery' in extensions)) return null;
  const { persistedQuery } = extensions;
  if (typeof persistedQuery !== 'object' || persistedQuery === null) return null;
  const { version, sha256Hash } = persistedQuery as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1) return refuse('BAD_USER_INPUT', 'extensions.persistedQuery.version must be 1.');
  return typeof sha256Hash === 'string' ? sha256Hash : null;
}

async function documentOf(
  { schema, documents }: PrepareDeps,
  query: string,
  queryHash: string,
): Promise<DocumentNode> {
  const key = LIVE + queryHash;
  const known = await documents.get(key);
  if (known) return known;
  const document = parsed(query);
  const errors = validate(schema, document, RULES, { maxErrors: MAX_VALIDATION_ERRORS });
  if (errors.length > 0)
    throw new RefusedSubscription(errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
  await documents.set(key, document);
  return document;
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new RefusedSubscription([withCode(error, 'GRAPHQL_PARSE_FAILED')]);
  }
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { code } });
}

function refuse(code: string, message: string): never {
  throw new RefusedSubscription([new GraphQLError(message, { extensions: { code } })]);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
