import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { damaged } from './damage.ts';
import { drawsFrom, type Draws } from './random.ts';
import { literalOf, valueFor } from './values.ts';

/** The body of a GraphQL request. */
export interface FuzzedRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

/** Levels down from which only leaves are selected. */
const MAX_DEPTH = 6;
/** Share of documents that are damaged after they were made. */
const DAMAGED_SHARE = 0.25;

/**
 * A request made up from a schema: mostly valid, some with values that do not fit, some with text that is no GraphQL. The same seed
 * makes the same one.
 */
export function fuzzedRequest(schema: GraphQLSchema, seed: number): FuzzedRequest {
  const draws = drawsFrom(seed);
  const query = schema.getQueryType();
  const mutation = schema.getMutationType();
  const isMutation = mutation && draws.chance(0.1);
  const root = isMutation ? mutation : query;
  if (!root) throw new Error('a schema without queries');
  const document = new Document(schema, draws);
  const source = document.of(root, isMutation ? 'mutation' : 'query');
  return {
    query: draws.chance(DAMAGED_SHARE) ? damaged(source, draws) : source,
    variables: document.variables,
    ...(draws.chance(0.02) && { operationName: draws.of(['Fuzz', 'constructor', '']) }),
  };
}

class Document {
  readonly variables: Record<string, unknown> = {};
  readonly #definitions: string[] = [];
  readonly #fragments: string[] = [];
  readonly #schema: GraphQLSchema;
  readonly #draws: Draws;

  constructor(schema: GraphQLSchema, draws: Draws) {
    this.#schema = schema;
    this.#draws = draws;
  }

  of(root: GraphQLObjectType, kind: string): string {
    const selection = this.#selectionOf(root, 0);
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    return [`${kind} Fuzz${definitions} ${selection}`, ...this.#fragments].join('\n');
  }

  #selectionOf(type: GraphQLCompositeType, depth: number): string {
    const draws = this.#draws;
    const parts: string[] = [];
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => depth < MAX_DEPTH || !isCompositeType(getNamedType(field.type)),
      );
      const wanted = depth === 0 ? 1 + draws.below(3) : 1 + draws.below(5);
      if (fields.length > 0)
        for (let count = 0; count < wanted; count++) parts.push(this.#fieldOf(draws.of(fields), depth));
    }
    if (isAbstractType(type) && draws.chance(0.7)) {
      const possible = draws.of(this.#schema.getPossibleTypes(type));
      parts.push(`... on ${possible.name} ${this.#selectionOf(possible, depth + 1)}`);
    }
    if (draws.chance(0.1)) parts.push(`... @include(if: ${draws.chance(0.5)}) { __typename }`);
    if (draws.chance(0.1)) parts.push(this.#spreadOf(type, depth));
    if (parts.length === 0 || draws.chance(0.1)) parts.push('__typename');
    return `{ ${parts.join(' ')} }`;
  }

  #spreadOf(type: GraphQLCompositeType, depth: number): string {
    const place = this.#fragments.push('') - 1;
    const name = this.#draws.chance(0.1) ? `toString${place}` : `F${place}`;
    this.#fragments[place] = `fragment ${name} on ${type.name} ${this.#selectionOf(type, depth + 1)}`;
    return `...${name}`;
  }

  #fieldOf(field: GraphQLField<unknown, unknown>, depth: number): string {
    const draws = this.#draws;
    const alias = draws.chance(0.5)
      ? `${draws.of(['a', 'constructor', '__proto__', 'x'])}${draws.below(1_000)}: `
      : '';
    const given = field.args
      .filter(
        ({ type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || draws.chance(0.4),
      )
      .map((argument) => `${argument.name}: ${this.#argumentOf(argument)}`);
    const args = given.length > 0 ? `(${given.join(', ')})` : '';
    const directive = draws.chance(0.03) ? ` @skip(if: ${draws.chance(0.5)})` : '';
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? ` ${this.#selectionOf(type, depth + 1)}` : '';
    return `${alias}${field.name}${args}${directive}${inner}`;
  }

  #argumentOf({ type }: GraphQLArgument): string {
    const draws = this.#draws;
    const value = valueFor(type, draws);
    if (!draws.chance(0.5)) return literalOf(type, value);
    const name = `${draws.of(['v', 'constructor', 'toString'])}${this.#definitions.length}`;
    const isLeftOut = draws.chance(0.05);
    const fallback = draws.chance(0.1) ? ` = ${literalOf(type, valueFor(type, draws))}` : '';
    this.#definitions.push(`$${name}: ${String(type)}${fallback}`);
    if (!isLeftOut) this.variables[name] = value;
    return `$${name}`;
  }
}
