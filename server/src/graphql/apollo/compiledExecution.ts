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
import { createByteCache } from '../../caches/byteCache.ts';
import { sizeOf } from '../limits/documentSize.ts';
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
  /** Value of a subscription's source; left out for queries and mutations. */
  rootValue?: unknown;
}

/**
 * Selections, with those of fragments, of an operation that is compiled: more would take tens of milliseconds. The portal's largest
 * operation has about a hundred.
 */
export const MAX_COMPILED_SELECTIONS = 250;

/** Bytes of the heap for each character of a compiled function's source once it has run, about. */
const BYTES_PER_CHARACTER = 8;
/** Of an operation that is known not to be compiled. */
const BYTES_NOT_COMPILED = 50;

/** Errors of one answer that are kept: an answer of thousands of them tells nobody more. */
const MAX_ERRORS = 100;

interface Kept {
  compiled: CompiledQuery | null;
  bytes: number;
}

/**
 * Executes operations as GraphQL.js does, by a function compiled for each: with the same data and the same errors, only that
 * siblings' errors may come in another order.
 *
 * An operation is compiled when it comes for the second time, since compiling costs as much as some executions; what cannot be
 * compiled, and variables that do not fit, are left to GraphQL.js.
 */
export function createCompiledExecution(
  schema: GraphQLSchema,
  maxBytes: number,
  name = 'compiled operations',
): (request: ExecutableRequest) => Promise<ExecutionResult> {
  const known = createByteCache<Kept>({
    name,
    maxBytes,
    bytesOf: ({ bytes }) => bytes,
  });

  return async (request) => {
    const compiled = compiledFor(request);
    const { document, operation, variables, contextValue, rootValue, operationName } = request;
    if (!compiled || !operation || !variablesFit(schema, operation, variables))
      return inBounds(
        await timed('execute', () =>
          execute({ schema, document, variableValues: variables, contextValue, rootValue, operationName }),
        ),
      );
    const { data, errors } = await timed('execute', () => compiled.query(rootValue, contextValue, variables));
    return errors ? { errors: errors.slice(0, MAX_ERRORS).map(asGraphQLError), data } : { data };
  };

  function compiledFor({ document, queryHash, operationName }: ExecutableRequest): CompiledQuery | null {
    const key = `${queryHash} ${operationName ?? ''}`;
    const before = known.get(key);
    if (before) return before.compiled;
    if (!seenOnce.has(document)) {
      seenOnce.add(document);
      return null;
    }
    const isLarge = sizeOf(document).expandedSelections > MAX_COMPILED_SELECTIONS;
    const made = isLarge || isMiscompiled(document) ? NOT_COMPILED : compile(schema, document, operationName);
    known.set(key, made);
    return made.compiled;
  }
}

const NOT_COMPILED: Kept = { compiled: null, bytes: BYTES_NOT_COMPILED };

const SOURCE = '__DO_NOT_USE_THIS_OR_YOU_WILL_BE_FIRED_compilation';

function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): Kept {
  // The source alone tells how large a function is.
  const made = compileQuery(schema, document, operationName ?? undefined, { debug: true } as object);
  if (!isCompiledQuery(made)) return NOT_COMPILED;
  const source = (made as { [SOURCE]?: string })[SOURCE] ?? '';
  delete (made as { [SOURCE]?: string })[SOURCE];
  return { compiled: made, bytes: BYTES_PER_CHARACTER * source.length };
}

/** The result with no more errors than are kept. */
function inBounds(result: ExecutionResult): ExecutionResult {
  if (!result.errors || result.errors.length <= MAX_ERRORS) return result;
  return { ...result, errors: result.errors.slice(0, MAX_ERRORS) };
}

/** Apollo Server hands over the same document again for an equal query, as long as it keeps it. */
const seenOnce = new WeakSet<DocumentNode>();

/**
 * True if graphql-jit 0.8 would answer the document otherwise than GraphQL.js does. Where a variable inside a literal object or list
 * is left out, it hands null to the resolver in place of the field's default; where a non-null variable with a default is left out,
 * it refuses the request. It keeps variables and answers in plain objects, so that names which every object has are lost.
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
    Name: ({ value }) => {
      if (value in Object.prototype) found = true;
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
  if (variableDefinitions.length === 0) return true;
  // Where null is sent for a default, graphql-jit takes the default.
  const isNullForDefault = variableDefinitions.some(
    ({ variable, defaultValue }) => defaultValue && variables[variable.name.value] === null,
  );
  if (isNullForDefault) return false;
  return !getVariableValues(schema, variableDefinitions, variables, { maxErrors: 1 }).errors;
}

/** The error that GraphQL.js would have made of the same failure: graphql-jit makes errors of a class of its own. */
function asGraphQLError({ message, path, locations, originalError }: GraphQLError): GraphQLError {
  const error = locatedError(originalError ?? new Error(message), undefined, path);
  if (!error.locations) Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
  return error;
}
