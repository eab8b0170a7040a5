import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';
import type { Draws } from './random.ts';

const NUMBERS = [0, 1, 2, 3, 5, 20, 100, 101, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 0.5, 4.5, 1e308, 1999];
const TEXTS = [
  '',
  'a',
  'Drama',
  'the matrix',
  'User 1',
  'constructor',
  '__proto__',
  '\u0000',
  '\ud800',
  "'; DROP TABLE movie; --",
  'ä'.repeat(300),
  Buffer.from('["WEIGHTED_RATING_DESC",4.1,1]').toString('base64url'),
  Buffer.from('["x","y",0]').toString('base64url'),
  Buffer.from('Movie:1').toString('base64url'),
  'fuzz@example.org',
];
const WRONG: unknown[] = [null, true, 'text', 1.5, [], {}, [[1]], { constructor: 1 }, 'x'.repeat(5_000)];

/** Share of values that are of another type. */
const WRONG_SHARE = 0.02;

/** A value for an input of a type, mostly one that fits. */
export function valueFor(type: GraphQLInputType, draws: Draws, depth = 0): unknown {
  if (draws.chance(WRONG_SHARE)) return draws.of(WRONG);
  if (!isNonNullType(type) && draws.chance(0.1)) return null;
  const given = getNullableType(type);
  if (isListType(given)) {
    const length = draws.chance(0.03) ? 600 : draws.below(4);
    return Array.from({ length }, () => valueFor(given.ofType, draws, depth + 1));
  }
  if (isEnumType(given)) return draws.of(given.getValues()).name;
  if (isInputObjectType(given)) {
    const fields = Object.values(given.getFields()).filter(
      ({ type: inner }) => isNonNullType(inner) || draws.chance(0.3),
    );
    return Object.fromEntries(
      fields.map(({ name, type: inner }) => [name, valueFor(inner, draws, depth + 1)]),
    );
  }
  if (given.name === 'Boolean') return draws.chance(0.5);
  if (given.name === 'Int') return Math.trunc(draws.of(NUMBERS));
  if (given.name === 'Float') return draws.of(NUMBERS);
  return draws.of(TEXTS);
}

/** A value as it is written in a document, where enum values bear no quotes. */
export function literalOf(type: GraphQLInputType, value: unknown): string {
  const given = getNullableType(type);
  if (isEnumType(given) && typeof value === 'string' && /^[A-Za-z_]\w{0,40}$/.test(value)) return value;
  if (Array.isArray(value)) {
    const inner = isListType(given) ? given.ofType : given;
    return `[${value.map((each) => literalOf(inner, each)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = isInputObjectType(given) ? given.getFields() : {};
    const written = Object.entries(value).map(([name, inner]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return `${name}: ${field ? literalOf(field.type, inner) : JSON.stringify(inner)}`;
    });
    return `{${written.join(', ')}}`;
  }
  return JSON.stringify(value);
}
