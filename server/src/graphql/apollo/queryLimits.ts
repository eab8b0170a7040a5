import type { ApolloServerPlugin } from '@apollo/server';
import {
  getNamedType,
  getNullableType,
  getVariableValues,
  GraphQLError,
  isCompositeType,
  isListType,
  Kind,
  visit,
  type ArgumentNode,
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { LRUCache } from 'lru-cache';
import { MAX_FIRST } from '../../arguments/checks.ts';

/** Fields inside fields; the portal's deepest query has eight. */
export const MAX_DEPTH = 15;

/** Estimated number of values in the answer, weighted; the portal's largest page has a tenth of it. */
export const MAX_COST = 50_000;

/** Entries of a list that takes no `first`, such as the genres of a movie. */
const USUAL_LENGTH = 5;

/** Fields that compute for much longer than they are long, in values of equal effort. */
const EFFORT: Readonly<Record<string, number>> = {
  'Query.recommendFor': 200,
  'Query.searchMovies': 50,
  'User.recommendations': 200,
  'Movie.similar': 50,
};

/** Refuses operations whose answer would be too large, before any resolver runs. */
export const costLimit: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, operationName }) {
        const known = knownCosts(document);
        const key = known.keyOf(operationName, request.variables);
        let cost = known.costs.get(key);
        if (cost === undefined) {
          // Execution refuses variables of the wrong type, in its own words.
          const { errors } = getVariableValues(
            schema,
            operation?.variableDefinitions ?? [],
            request.variables ?? {},
          );
          if (errors) return;
          cost = costOf(schema, document, request.variables, operationName);
          known.costs.set(key, cost);
        }
        if (cost <= MAX_COST) return;
        throw new GraphQLError(
          `This query may cost ${cost}, at most ${MAX_COST} is allowed: ask for fewer entries (first) or fewer lists within lists.`,
          { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
        );
      },
    };
  },
};

/** Costs of one document that are kept; a client asks for a few lengths. */
const MAX_KNOWN_COSTS = 100;

interface KnownCosts {
  /** The values that the cost of an operation depends on, as text. */
  keyOf(operationName: string | null, variables: Readonly<Record<string, unknown>> | undefined): string;
  costs: LRUCache<string, number>;
}

const costsOfDocuments = new WeakMap<DocumentNode, KnownCosts>();

/** Costs that were worked out before: Apollo Server hands over the same document again for an equal query. */
function knownCosts(document: DocumentNode): KnownCosts {
  const before = costsOfDocuments.get(document);
  if (before) return before;
  const names = [...variablesOfCost(document)];
  const made: KnownCosts = {
    keyOf: (operationName, variables = {}) =>
      JSON.stringify([operationName, ...names.map((name) => variables[name])]),
    costs: new LRUCache({ max: MAX_KNOWN_COSTS }),
  };
  costsOfDocuments.set(document, made);
  return made;
}

/** The variables that a cost depends on: those that say how long a list is, or whether something is asked for at all. */
function variablesOfCost(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  const note = (argument: ArgumentNode) => {
    if (argument.value.kind === Kind.VARIABLE) names.add(argument.value.name.value);
  };
  visit(document, {
    Argument: (argument) => {
      if (argument.name.value === 'first') note(argument);
    },
    Directive: (directive) => directive.arguments?.forEach(note),
  });
  return names;
}

/** An upper bound of an operation's cost, in values of the answer; its variables must be of the right types. */
export function costOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Readonly<Record<string, unknown>> = {},
  operationName?: string | null,
): number {
  return getComplexity({
    schema,
    query,
    variables,
    operationName: operationName ?? undefined,
    estimators: [estimateCost],
  });
}

const estimateCost: ComplexityEstimator = ({ type, field, args, childComplexity }) =>
  1 + (EFFORT[`${type.name}.${field.name}`] ?? 0) + lengthOf(type.name, field, args) * childComplexity;

function lengthOf(
  parent: string,
  field: Parameters<ComplexityEstimator>[0]['field'],
  args: Readonly<Record<string, unknown>>,
): number {
  const { first } = args;
  if (typeof first === 'number') return Math.min(Math.max(first, 1), MAX_FIRST);
  // `first` of the field that returned the connection has counted its entries already.
  const isCounted = parent.endsWith('Connection');
  const isListOfObjects =
    isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type));
  return isListOfObjects && !isCounted ? USUAL_LENGTH : 1;
}

/** Validation rule: refuses selections nested deeper than `MAX_DEPTH`. Introspection is bounded by its own rule. */
export function depthLimit(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      if (exceedsDepth(context, operation.selectionSet, MAX_DEPTH, new Map())) {
        context.reportError(
          new GraphQLError(`Fields may be nested ${MAX_DEPTH} levels deep; this query goes deeper.`, {
            nodes: operation,
          }),
        );
      }
    },
  };
}

/** @param spread the least that was left to each fragment so far: spreading it again with as much left tells nothing new */
function exceedsDepth(
  context: ValidationContext,
  selectionSet: SelectionSetNode,
  left: number,
  spread: Map<FragmentDefinitionNode, number>,
): boolean {
  if (left === 0) return true;
  return selectionSet.selections.some((selection) => {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith('__') || !selection.selectionSet) return false;
      return exceedsDepth(context, selection.selectionSet, left - 1, spread);
    }
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return exceedsDepth(context, selection.selectionSet, left, spread);
    const fragment = context.getFragment(selection.name.value);
    if (!fragment || (spread.get(fragment) ?? Infinity) <= left) return false;
    spread.set(fragment, left);
    return exceedsDepth(context, fragment.selectionSet, left, spread);
  });
}
