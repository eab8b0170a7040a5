import type { ApolloServerPlugin } from '@apollo/server';
import {
  getVariableValues,
  GraphQLError,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { countDenseTerms, wordsOfQuery } from '../../catalogue/searchTerms.ts';
import type { HttpContext } from '../apollo/httpContext.ts';
import type { DataSizes } from './dataSizes.ts';
import { estimateCost } from './estimateCost.ts';
import { priceOfText } from './prices.ts';

export interface CostLimitOptions {
  /** Units that an operation may cost. */
  maxCost: number;
  sizes: () => DataSizes;
}

/** Prices operations before any resolver runs, notes the price in the context, and refuses what is too expensive. */
export function costLimit({ maxCost, sizes }: CostLimitOptions): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, operationName, contextValue }) {
          if (!operation) return;
          const variables = request.variables ?? {};
          const asked = { schema, document, operation, operationName, variables };
          const cost = costOf(asked, sizes());
          // Execution refuses variables of the wrong type, in its own words.
          if (cost === null) return;
          contextValue.cost = { requested: cost };
          contextValue.outcome.cost = cost;
          refuseExpensive(cost, maxCost);
        },
      };
    },
  };
}

/** An operation that was parsed and validated, as it was sent. */
export interface AskedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>>;
}

/** The price of an operation; null where its variables do not fit. @throws GraphQLError BAD_USER_INPUT for arguments that do not fit */
export function costOf(asked: AskedOperation, sizes: DataSizes): number | null {
  const { schema, document, operation, operationName, variables } = asked;
  const known = knownCosts(document, sizes);
  const key = known.keyOf(operationName, variables);
  let cost = known.costs.get(key);
  if (cost === undefined) {
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
      maxErrors: 1,
    });
    if (errors) return null;
    cost = estimateCost({ schema, document, operationName, variables, sizes: known.sizes });
    known.costs.set(key, cost);
  }
  // Other texts come with the same shape of operation: they are priced each time.
  return cost + Math.floor(priceOfText(charactersIn(variables)));
}

/** Number of characters of all texts in the variables, however deep. */
function charactersIn(variables: object): number {
  let characters = 0;
  const open = [variables];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const inner of Object.values(one) as unknown[]) {
      if (typeof inner === 'string') characters += inner.length;
      else if (typeof inner === 'object' && inner !== null) open.push(inner);
    }
  }
  return characters;
}

/** @throws GraphQLError BAD_USER_INPUT for a price above what is allowed */
export function refuseExpensive(cost: number, maxCost: number): void {
  if (cost <= maxCost) return;
  throw new GraphQLError(
    `This query may cost ${cost}, at most ${maxCost} is allowed: ask for fewer entries (first), fewer lists within lists, or less in one request.`,
    { extensions: { code: 'BAD_USER_INPUT', maxCost, http: { status: 400 } } },
  );
}

/** Costs of one document that are kept; a client asks for a few lengths. */
const MAX_KNOWN_COSTS = 50;

interface KnownCosts {
  /** By these lists' lengths. */
  sizes: DataSizes;
  /** The values that the cost of an operation depends on, as text. */
  keyOf(operationName: string | null, variables: Readonly<Record<string, unknown>>): string;
  costs: LRUCache<string, number>;
}

const costsOfDocuments = new WeakMap<DocumentNode, KnownCosts>();

/** Costs that were worked out before: Apollo Server hands over the same document again for an equal query. */
function knownCosts(document: DocumentNode, sizes: DataSizes): KnownCosts {
  const before = costsOfDocuments.get(document);
  if (before?.sizes === sizes) return before;
  const names = [...variablesOfCost(document)];
  const made: KnownCosts = {
    sizes,
    keyOf: (operationName, variables) =>
      JSON.stringify([
        operationName,
        ...names.map((name) => (Object.hasOwn(variables, name) ? outlineOf(variables[name]) : undefined)),
      ]),
    costs: new LRUCache({ max: MAX_KNOWN_COSTS }),
  };
  costsOfDocuments.set(document, made);
  return made;
}

/** Arguments that name a thing or a place in a list: whatever they are, the price is the same. */
const FREE_ARGUMENTS: ReadonlySet<string> = new Set([
  'movieId',
  'imdbId',
  'tmdbId',
  'importId',
  'userId',
  'otherUserId',
  'id',
  'name',
  'after',
  'orderBy',
  'input',
]);

/** The variables that a cost depends on. */
function variablesOfCost(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  const note = (argument: ArgumentNode) =>
    visit(argument, { Variable: ({ name }) => void names.add(name.value) });
  visit(document, {
    Argument: (argument) => {
      if (!FREE_ARGUMENTS.has(argument.name.value)) note(argument);
    },
    Directive: ({ arguments: given }) => given?.forEach(note),
  });
  return names;
}

/** A search is priced by its words, by how short the last one is, and by its characters of dense scripts. */
function outlineOfText(text: string): unknown {
  const words = wordsOfQuery(text);
  return { words: words.length, last: Math.min(words.at(-1)?.length ?? 0, 3), dense: countDenseTerms(text) };
}

/** Inputs of this API are flatter. */
const MAX_OUTLINE_DEPTH = 3;

/** Lists within a list's entries, such as the tastes of several people: the prices of those with and without one differ. */
function lengthsWithin(list: readonly unknown[]): { lists: number; entries: number } | undefined {
  const inner = list.flatMap((one) =>
    typeof one === 'object' && one !== null ? Object.values(one).filter(Array.isArray) : [],
  );
  const entries = inner.reduce((sum, { length }) => sum + length, 0);
  return entries === 0 ? undefined : { lists: inner.filter(({ length }) => length > 0).length, entries };
}

/** The part of a value that prices may depend on: lengths of lists, numbers of words, and what stands alone. */
function outlineOf(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return { entries: value.length, inner: lengthsWithin(value) };
  if (typeof value === 'string') return outlineOfText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_OUTLINE_DEPTH) return {};
  return Object.entries(value).map(([key, inner]) => [key.slice(0, 20), outlineOf(inner, depth + 1)]);
}
