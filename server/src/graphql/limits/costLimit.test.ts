import { ApolloServer } from '@apollo/server';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse, type GraphQLSchema } from 'graphql';
import { buildPrintableSchema } from '../apiSchema.ts';
import type { HttpContext } from '../apollo/httpContext.ts';
import { costLimit } from './costLimit.ts';
import { USUAL_SIZES, type DataSizes } from './dataSizes.ts';
import { estimateCost } from './estimateCost.ts';

const MAX_COST = 5_000;

let schema: GraphQLSchema;
let sizes: DataSizes = USUAL_SIZES;
let server: ApolloServer<HttpContext>;
beforeAll(async () => {
  // Its resolvers fail, which comes after the limits.
  schema = await buildPrintableSchema();
  server = new ApolloServer<HttpContext>({
    schema,
    plugins: [costLimit({ maxCost: MAX_COST, sizes: () => sizes })],
  });
});

async function refusalOf(query: string, variables: Record<string, unknown> = {}) {
  const contextValue = { outcome: {} } as HttpContext;
  const { body } = await server.executeOperation({ query, variables }, { contextValue });
  const [error] = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  return error?.message.startsWith('This query may cost') ? error : null;
}

const costOf = (source: string, variables: Record<string, unknown> = {}) =>
  estimateCost({ schema, document: parse(source), operationName: null, variables, sizes: USUAL_SIZES });

describe('the limit on cost', () => {
  it('prices the texts that come as variables, however often the same operation came before', async () => {
    const requested = async (variables: Record<string, unknown>) => {
      const contextValue = { outcome: {} } as HttpContext;
      const query = 'query ($id: ID!) { node(id: $id) { id } }';
      await server.executeOperation({ query, variables }, { contextValue });
      return contextValue.outcome.cost ?? NaN;
    };
    const short = await requested({ id: 'short' });
    expect(await requested({ id: 'ä'.repeat(60_000) })).toBe(short + 30);
    expect(await requested({ id: 'x', unused: { deep: [['ä'.repeat(60_000)], null, 3] } })).toBe(short + 30);
    expect(await requested({ id: 'short' })).toBe(short);
  });

  it('lets lists of lists of a usual size pass', async () => {
    expect(
      await refusalOf('{ movies(first: 100) { nodes { title genres { name } fans(first: 5) { name } } } }'),
    ).toBeNull();
  });

  it.each([
    [
      'literals',
      '{ movies(first: 100) { nodes { similar(first: 100) { movie { similar(first: 9) { similarity } } } } } }',
      {},
    ],
    [
      'variables',
      'query($n: Int!) { movies(first: $n) { nodes { similar(first: $n) { movie { similar(first: $n) { similarity } } } } } }',
      { n: 100 },
    ],
    [
      'defaults',
      '{ movies { nodes { genres { movies { edges { node { genres { movies { nodes { title } } } } } } } } } }',
      {},
    ],
    [
      'lists whose length nothing says',
      '{ genres { movies { nodes { fans { genreProfile { genre { movies { nodes { title } } } } } } } } }',
      {},
    ],
    [
      'aliases',
      `{ ${Array.from({ length: 300 }, (_, n) => `m${n}: movies(first: 100) { nodes { title } }`).join(' ')} }`,
      {},
    ],
    [
      'searches',
      `{ ${Array.from({ length: 300 }, (_, n) => `s${n}: searchMovies(query: "the lord of the rings ${n}") { title }`).join(' ')} }`,
      {},
    ],
    [
      'diversity',
      `{ user(userId: 1) { ${Array.from({ length: 60 }, (_, n) => `r${n}: recommendations(diversity: 0.5, first: ${n + 1}) { nodes { score } }`).join(' ')} } }`,
      {},
    ],
    [
      'what a filter excludes',
      `query($f: MovieFilter) { ${Array.from({ length: 150 }, (_, n) => `m${n}: movies(filter: $f) { totalCount }`).join(' ')} }`,
      { f: { excludeMovieIds: Array.from({ length: 500 }, (_, id) => id) } },
    ],
    [
      'long tastes',
      `query($r: [RatingInput!]!) { ${Array.from({ length: 30 }, (_, n) => `r${n}: recommendFor(ratings: $r) { nodes { score } }`).join(' ')} }`,
      { r: Array.from({ length: 2_000 }, (_, movieId) => ({ movieId, rating: 4 })) },
    ],
    [
      'fragments',
      '{ movies(first: 100) { nodes { ...S } } } fragment S on Movie { similar(first: 100) { movie { ...T } } } fragment T on Movie { similar(first: 100) { similarity } }',
      {},
    ],
    [
      'introspection',
      `{ ${Array.from({ length: 60 }, (_, n) => `s${n}: __schema { types { name fields { name args { name } } } }`).join(' ')} }`,
      {},
    ],
  ])('refuses what multiplies beyond it by %s', async (_by, query, variables) => {
    const error = await refusalOf(query, variables);
    expect(error?.message).toMatch(new RegExp(`may cost \\d+, at most ${MAX_COST} is allowed`));
    expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', maxCost: MAX_COST });
  });

  it('counts a first that is left out as the SDL says', () => {
    const written = costOf('{ movies(first: 20) { nodes { fans(first: 5) { name } } } }');
    // But for the numbers that need not be read.
    expect(written - costOf('{ movies { nodes { fans { name } } } }')).toBeLessThanOrEqual(1);
  });

  it('prices what is computed for all movies at once by each selection, not by each movie', () => {
    const more = (first: number) =>
      costOf(`{ movies(first: ${first}) { nodes { viewerPrediction } } }`) -
      costOf(`{ movies(first: ${first}) { nodes { title } } }`);
    expect(more(1)).toBeGreaterThan(100);
    expect(more(100) - more(1)).toBeLessThan(100);
    const twice =
      '{ a: movies(first: 1) { nodes { viewerPrediction } } b: movie(movieId: 1) { viewerPrediction } }';
    expect(costOf(twice)).toBeGreaterThan(2 * more(1));
  });

  it('prices variables as it prices literals', () => {
    const literal = costOf('{ movies(first: 7, filter: { excludeMovieIds: [1, 2, 3] }) { totalCount } }');
    const source =
      'query ($n: Int!, $ids: [Int!]) { movies(first: $n, filter: { excludeMovieIds: $ids }) { totalCount } }';
    expect(costOf(source, { n: 7, ids: [1, 2, 3] })).toBe(literal);
  });

  it('knows the price of one document for each length, and forgets it when the data change', async () => {
    const query = 'query ($n: Int!) { genres { movies(first: $n) { nodes { title } } } }';
    expect(await refusalOf(query, { n: 1 })).toBeNull();
    expect(await refusalOf(query, { n: 100 })).toBeNull();
    sizes = { ...USUAL_SIZES, genres: 5_000 };
    expect(await refusalOf(query, { n: 1 })).not.toBeNull();
    sizes = USUAL_SIZES;
    expect(await refusalOf(query, { n: 1 })).toBeNull();
  });

  it('prices many lists by each one, tastes by their lengths, however often the document came before', async () => {
    const query =
      'query ($q: [RecommendForInput!]!) { recommendForMany(requests: $q) { nodes { score movie { title } } } }';
    const requested = async (q: readonly object[]) => {
      const contextValue = { outcome: {} } as HttpContext;
      await server.executeOperation({ query, variables: { q } }, { contextValue });
      return contextValue.outcome.cost ?? NaN;
    };
    const taste = (length: number) => ({
      ratings: Array.from({ length }, (_, at) => ({ movieId: at, rating: 4 })),
    });
    const [one, two, long, user] = [
      await requested([taste(1)]),
      await requested([taste(1), taste(1)]),
      await requested([taste(400), taste(1)]),
      await requested([{ userId: 7 }]),
    ];
    expect(two).toBeGreaterThan(one + 20);
    expect(long).toBeGreaterThan(two + 90);
    expect(user).toBeGreaterThan(20);
    expect(await requested([taste(1)])).toBe(one);
    // As many as one may ask for fit into one request of usual data.
    const hundred = Array.from({ length: 100 }, (_, at) => ({ userId: at + 1 }));
    expect(await refusalOf(query, { q: hundred })).toBeNull();
  });

  it('leaves an exorbitant first to the service, which says what is allowed', async () => {
    expect(await refusalOf('{ movies(first: 2000000000) { nodes { title } } }')).toBeNull();
  });

  it('leaves variables of the wrong type to execution', async () => {
    const contextValue = { outcome: {} } as HttpContext;
    const { body } = await server.executeOperation(
      { query: 'query($n: Int!) { movies(first: $n) { nodes { title } } }', variables: { n: 'x' } },
      { contextValue },
    );
    const [error] = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
    expect(error?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(error?.message).toContain('Variable "$n"');
  });
});
