import {
  execute,
  getVariableValues,
  Kind,
  locatedError,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { timed } from '../../timing/stepTimes.ts';

/** An operation that was parsed and validated. */
export interface ExecutableRequest {
  document: DocumentNode;
  /** Equal for equal documents. */
  queryHash: string;
  /** The chosen operation of the document; null where it has only one. */
  operationName: string | null;
  /** That operation; left out where the name names none. */
  operation: OperationDefinitionNode | undefined;
  variables: Readonly<Record<string, unknown>> | undefined;
  contextValue: unknown;
}

/** Functions kept; a portal has some dozens of operations. */
const MAX_COMPILED = 500;

/**
 * Executes operations as GraphQL.js does, by a function compiled for each: with the same data and the same errors, only that
 * siblings' errors may come in another order.
 *
 * An operation is compiled when it comes for the second time, since compiling costs as much as some executions; what cannot be
 * compiled, and variables that do not fit, are left to GraphQL.js.
 */
export function createCompiledExecution(
  schema: GraphQLSchema,
): (request: ExecutableRequest) => Promise<ExecutionResult> {
  const known = new LRUCache<string, { compiled: CompiledQuery | null }>({ max: MAX_COMPILED });

  return async (request) => {
    const compiled = compiledFor(request);
    const { document, operation, variables, contextValue, operationName } = request;
    if (!compiled || !operation || !variablesFit(schema, operation, variables))
      return execute({ schema, document, variableValues: variables, contextValue, operationName });
    const { data, errors } = await timed('execute', () => compiled.query(undefined, contextValue, variables));
    return errors ? { errors: errors.map(asGraphQLError), data } : { data };
  };

  function compiledFor({ document, queryHash, operationName }: ExecutableRequest): CompiledQuery | null {
    const key = `${queryHash} ${operationName ?? ''}`;
    const before = known.get(key);
    if (before) return before.compiled;
    if (!seenOnce.has(document)) {
      seenOnce.add(document);
      return null;
    }
    const made = isMiscompiled(document) ? null : compileQuery(schema, document, operationName ?? undefined);
    const compiled = made && isCompiledQuery(made) ? made : null;
    known.set(key, { compiled });
    return compiled;
  }
}

/** Apollo Server hands over the same document again for an equal query, as long as it keeps it. */
const seenOnce = new WeakSet<DocumentNode>();

/**
 * True if graphql-jit 0.8 would answer the document otherwise than GraphQL.js does. Where a variable inside a literal object or list
 * is left out, it hands null to the resolver in place of the field's default; where a non-null variable with a default is left out,
 * it refuses the request.
 */
function isMiscompiled(document: DocumentNode): boolean {
  let depth = 0;
  let found = false;
  const literal = { enter: () => void depth++, leave: () => void depth-- };
  visit(document, {
    ObjectValue: literal,
    ListValue: literal,
    VariableDefinition: ({ type, defaultValue }) => {
      if (type.kind === Kind.NON_NULL_TYPE && defaultValue) found = true;
    },
    Variable: () => {
      if (depth > 0) found = true;
    },
  });
  return found;
}

function variablesFit(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: ExecutableRequest['variables'] = {},
): boolean {
  return (
    variableDefinitions.length === 0 || !getVariableValues(schema, variableDefinitions, variables).errors
  );
}

/** The error that GraphQL.js would have made of the same failure: graphql-jit makes errors of a class of its own. */
function asGraphQLError({ message, path, locations, originalError }: GraphQLError): GraphQLError {
  const error = locatedError(originalError ?? new Error(message), undefined, path);
  if (!error.locations) Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
  return error;
}
