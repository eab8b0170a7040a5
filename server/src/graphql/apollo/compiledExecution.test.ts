import { beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '@pocketrocket/runtime';
import {
  execute,
  getOperationAST,
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  getIntrospectionQuery,
  Kind,
  parse,
  validate,
  type ExecutionResult,
} from 'graphql';
import { TestApi } from '../../test/api.ts';
import { createSqlite } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';
import { createCompiledExecution } from './compiledExecution.ts';
import { formatError, isOurFault } from './errors.ts';

/** An answer as a client gets it, and what the log knows; errors sorted, since siblings' may come in any order. */
function seen({ data, errors }: ExecutionResult) {
  const described = (errors ?? []).map((error) => ({
    // Says of a bug only that there was one: its words are GraphQL.js's or graphql-jit's.
    ...formatError(error.toJSON(), error),
    isOurFault: isOurFault(error),
    isExpected: error.originalError instanceof AppError,
    // Apollo Server tells by it whether the variables were wrong.
    nodes: error.nodes?.map(({ kind }) => kind).filter((kind) => kind === Kind.VARIABLE_DEFINITION) ?? [],
    isGraphQLError: error instanceof GraphQLError,
  }));
  const textOf = (value: unknown) => JSON.stringify(value);
  described.sort((a, b) => textOf(a).localeCompare(textOf(b)));
  return { data: textOf(data), hasErrors: errors !== undefined, errors: described.map(textOf) };
}

/** Executes plainly and compiled, and expects the same; the compiled answer. */
async function bothAnswer(
  schema: GraphQLSchema,
  source: string,
  contextOf: () => unknown,
  variables?: Record<string, unknown>,
  operationName: string | null = null,
): Promise<ExecutionResult> {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const plain = await execute({
    schema,
    document,
    variableValues: variables,
    contextValue: contextOf(),
    operationName,
  });
  const run = createCompiledExecution(schema, 10_000_000);
  const request = {
    document,
    queryHash: source,
    operationName,
    operation: getOperationAST(document, operationName) ?? undefined,
    variables,
  };
  const first = await run({ ...request, contextValue: contextOf() });
  const compiled = await run({ ...request, contextValue: contextOf() });
  const again = await run({ ...request, contextValue: contextOf() });
  for (const answer of [first, compiled, again]) expect(seen(answer)).toEqual(seen(plain));
  return compiled;
}

describe('a schema with everything in it', () => {
  const Colour = new GraphQLEnumType({ name: 'Colour', values: { RED: { value: 'r' }, BLUE: { value: 2 } } });
  const Even = new GraphQLScalarType({
    name: 'Even',
    serialize(value) {
      if (typeof value !== 'number' || value % 2 !== 0) throw new TypeError(`${String(value)} is not even`);
      return value;
    },
    parseValue: (value) => Number(value) * 10,
  });
  const Shape = new GraphQLInputObjectType({
    name: 'Shape',
    fields: {
      size: { type: new GraphQLNonNull(GraphQLInt) },
      colour: { type: Colour, defaultValue: 'r' },
      inner: { type: new GraphQLList(GraphQLString) },
    },
  });
  const Named = new GraphQLInterfaceType({
    name: 'Named',
    fields: { name: { type: GraphQLString }, id: { type: GraphQLID } },
    resolveType: (value: { kind: string }) => value.kind,
  });
  const Cat = new GraphQLObjectType({
    name: 'Cat',
    interfaces: [Named],
    fields: () => ({
      name: { type: GraphQLString },
      id: { type: GraphQLID },
      lives: { type: new GraphQLNonNull(GraphQLInt) },
      friend: { type: Named, resolve: async () => ({ kind: 'Dog', name: 'Rex', id: 7, barks: true }) },
      risky: {
        type: new GraphQLNonNull(GraphQLString),
        resolve: async () => {
          throw new AppError('NOT_FOUND', 'no such cat');
        },
      },
    }),
  });
  const Dog = new GraphQLObjectType({
    name: 'Dog',
    interfaces: [Named],
    fields: { name: { type: GraphQLString }, id: { type: GraphQLID }, barks: { type: GraphQLBoolean } },
  });
  const Pet = new GraphQLUnionType({
    name: 'Pet',
    types: [Cat, Dog],
    resolveType: (value: { kind: string }) => value.kind,
  });
  const cat = { kind: 'Cat', name: 'Tom', id: 1, lives: 9 };
  const dog = { kind: 'Dog', name: 'Rex', id: '2', barks: false };
  const fields = {
    cat: { type: Cat, resolve: () => cat },
    pets: { type: new GraphQLList(Pet), resolve: async () => [cat, dog, null, { ...cat, lives: null }] },
    lateCats: {
      type: new GraphQLList(Cat),
      resolve: async () => [cat, new AppError('UPSTREAM_UNAVAILABLE', 'late'), null, cat],
    },
    strictPets: {
      type: new GraphQLList(new GraphQLNonNull(Pet)),
      resolve: () => [cat, null],
    },
    lost: { type: Named, resolve: () => ({ kind: 'Fish' }) },
    colour: { type: Colour, resolve: () => 2 },
    wrongColour: { type: Colour, resolve: () => 'green' },
    numbers: { type: new GraphQLList(Even), resolve: () => [2, 3, 4] },
    notAList: { type: new GraphQLList(GraphQLInt), resolve: () => 5 },
    half: { type: GraphQLInt, resolve: () => 0.5 },
    ratio: { type: GraphQLFloat, resolve: () => 0.1 },
    thrown: {
      type: GraphQLString,
      resolve: () => {
        throw new GraphQLError('told', { extensions: { code: 'TOLD' } });
      },
    },
    rejected: {
      type: GraphQLString,
      resolve: () => Promise.reject(new AppError('INTERNAL_SERVER_ERROR', 'bug')),
    },
    nothing: { type: new GraphQLNonNull(GraphQLString), resolve: () => undefined },
    echo: {
      type: GraphQLString,
      args: {
        shape: { type: Shape },
        even: { type: Even },
        colours: { type: new GraphQLList(new GraphQLNonNull(Colour)) },
        text: { type: GraphQLString, defaultValue: 'none' },
        flag: { type: GraphQLBoolean },
      },
      resolve: (_: unknown, args: object) =>
        JSON.stringify(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
  const steps = new GraphQLObjectType({
    name: 'Mutation',
    fields: {
      step: {
        type: new GraphQLNonNull(GraphQLString),
        args: {
          name: { type: GraphQLString },
          waitMs: { type: GraphQLInt },
          fails: { type: GraphQLBoolean },
        },
        resolve: async (
          _: unknown,
          { name, waitMs, fails }: { name: string; waitMs?: number; fails?: boolean },
          { log }: { log: string[] },
        ) => {
          log.push(`begin ${name}`);
          await new Promise((wake) => setTimeout(wake, waitMs ?? 0));
          log.push(`end ${name}`);
          if (fails) throw new Error(name);
          return log.join(', ');
        },
      },
      maybe: { type: GraphQLString, resolve: () => Promise.reject(new Error('maybe')) },
    },
  });
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields }),
    mutation: steps,
    types: [Cat, Dog],
  });
  const answer = (source: string, variables?: Record<string, unknown>, operationName?: string) =>
    bothAnswer(schema, source, () => ({ log: [] }), variables, operationName ?? null);

  it.each([
    ['properties', '{ cat { name id lives } ratio colour __typename }'],
    ['aliases, merged selections', '{ a: cat { name } b: cat { id } cat { name } cat { lives } }'],
    ['interfaces', '{ cat { friend { __typename name ... on Dog { barks } ... on Cat { lives } } } }'],
    [
      'fragments',
      '{ cat { ...C friend { ...N } } } fragment C on Cat { lives ...N } fragment N on Named { n: name id }',
    ],
    [
      'unions with nulls and errors',
      '{ pets { __typename ... on Cat { name lives } ... on Dog { barks } } }',
    ],
    ['errors among the entries of a list', '{ lateCats { name friend { name } } ratio }'],
    ['a null in a list of what cannot be null', '{ strictPets { ... on Cat { name } } ratio }'],
    ['a type that is not there', '{ lost { name } }'],
    ['enum values that are none', '{ wrongColour colour }'],
    ['leaves that do not serialise', '{ numbers half ratio }'],
    ['no list where one must be', '{ notAList }'],
    ['errors with extensions', '{ thrown ratio }'],
    ['rejections', '{ rejected ratio cat { name } }'],
    ['an error that takes its parent along', '{ cat { name risky } ratio }'],
    ['an error that takes everything along', '{ ratio nothing }'],
    ['literals as arguments', '{ echo(shape: { size: 3, inner: "one" }, colours: BLUE, even: 4) }'],
    ['null against a default', '{ a: echo(text: null) b: echo c: echo(flag: null) }'],
    ['introspection', getIntrospectionQuery({ inputValueDeprecation: true })],
    [
      'a type by introspection',
      '{ __type(name: "Cat") { name fields { name type { kind ofType { name } } } } }',
    ],
  ])('%s', async (_, source) => {
    await answer(source);
  });

  it.each([
    [
      'skip and include',
      '{ cat { name @include(if: true) id @skip(if: true) ... @include(if: false) { lives } } }',
      {},
    ],
    [
      'skip and include by variables',
      'query ($a: Boolean!, $b: Boolean = true) { cat { name @include(if: $a) id @skip(if: $a) ...F @include(if: $b) } } fragment F on Cat { lives }',
      { a: false },
    ],
    ['default values', 'query ($t: String = "x") { echo(text: $t) }', {}],
    ['default values of what cannot be null', 'query ($t: String! = "x") { echo(text: $t) }', {}],
    ['null for a default', 'query ($t: String = "x") { echo(text: $t) }', { t: null }],
    ['left out variables', 'query ($s: Shape, $e: Even) { echo(shape: $s, even: $e) }', {}],
    [
      'input objects',
      'query ($s: Shape) { echo(shape: $s) }',
      { s: { size: 1, inner: ['a', null], colour: 'BLUE' } },
    ],
    ['variables inside', 'query ($n: Int!, $c: Colour) { echo(shape: { size: $n, colour: $c }) }', { n: 2 }],
    ['custom scalars', 'query ($e: Even) { echo(even: $e) }', { e: 3 }],
    ['one for a list', 'query ($c: [Colour!]) { echo(colours: $c) }', { c: 'RED' }],
    ['a variable of the wrong type', 'query ($n: Int!) { echo(shape: { size: $n }) }', { n: 'many' }],
    ['a number that is too large', 'query ($n: Int!) { echo(shape: { size: $n }) }', { n: 2 ** 40 }],
    ['a missing variable', 'query ($n: Int!) { echo(shape: { size: $n }) }', {}],
    ['a missing field of an input', 'query ($s: Shape) { echo(shape: $s) }', { s: {} }],
    ['an unknown field of an input', 'query ($s: Shape) { echo(shape: $s) }', { s: { size: 1, more: 2 } }],
    ['an unknown enum value', 'query ($c: [Colour!]) { echo(colours: $c) }', { c: ['GREEN', null] }],
    ['variables that nobody asked for', '{ ratio }', { a: 1 }],
  ])('%s', async (_, source, variables) => {
    await answer(source, variables);
  });

  it('mutations one after the other, whatever fails', async () => {
    const { data } = await answer(
      'mutation { a: step(name: "a", waitMs: 20) maybe b: step(name: "b", waitMs: 1) c: step(name: "c") }',
    );
    expect(data?.['c']).toBe('begin a, end a, begin b, end b, begin c, end c');
    await answer(
      'mutation { a: step(name: "a", waitMs: 5) b: step(name: "b", fails: true) c: step(name: "c") }',
    );
  });

  it('the operation that is named, and the complaint where it is not there', async () => {
    const source = 'query A { ratio } query B { colour }';
    expect((await answer(source, {}, 'B')).data).toEqual({ colour: 'BLUE' });
    await answer(source, {}, 'C');
    await answer(source);
  });

  it('what somebody throws that is no error', async () => {
    const rejectedWith = (reason: unknown): unknown => Promise.reject.call(Promise, reason);
    const odd = new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: {
          text: { type: GraphQLString, resolve: () => rejectedWith('text') },
          thing: { type: GraphQLString, resolve: () => rejectedWith({ message: 'm' }) },
        },
      }),
    });
    await bothAnswer(odd, '{ text thing }', () => ({}));
  });
});

describe('this API', () => {
  const fixture = makeFixture();
  let api: TestApi;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    const { database } = await createSqlite('node-sqlite');
    await fillDatabase(database, fixture);
    api = await TestApi.open(database, makeModel(fixture));
    schema = api.schema;
  });

  it.each([
    [
      'movies',
      '{ movies(first: 5) { totalCount edges { cursor node { id title releaseYear genres { name } ratingHistogram { rating count } averageRating fans(first: 2) { name } similar(first: 3) { similarity movie { title } } } } pageInfo { endCursor hasNextPage } } }',
    ],
    [
      'recommendations',
      'query ($u: Int!, $n: Int = 5) { user(userId: $u) { name favouriteGenre { name } recommendations(first: $n) { nodes { rank score similarity sources movie { title genres { name } } reasons { weight movie { title imdbUrl } } } served { ranker modelVersion degraded } } ratings(first: 2, orderBy: RATING_DESC) { nodes { rating ratedAt movie { title } } } } }',
    ],
    [
      'a taste',
      '{ recommendFor(first: 3, ratings: [{ movieId: 1, rating: 5 }], filter: { genres: ["Drama"] }) { nodes { movie { title } } } }',
    ],
    [
      'nodes',
      '{ a: node(id: "x") { id } users(first: 1) { nodes { id } } genres { id name movies(first: 1) { nodes { title } } } }',
    ],
    [
      'errors of ours',
      '{ movies(first: 1000) { totalCount } searchMovies(query: "a") { title } user(userId: 1) { recommendations(after: "x") { nodes { score } } } }',
    ],
    ['the model', '{ model { version trainedAt } }'],
    ['who is not there', '{ user(userId: 999999) { name } movie(movieId: -1) { title } }'],
    ['introspection', getIntrospectionQuery()],
  ])('answers %s', async (_, source) => {
    await bothAnswer(schema, source, () => api.context(), { u: 1 });
  });

  it('finds types behind an id', async () => {
    const { users } = await api.query<{ users: { nodes: { id: string }[] } }>(
      '{ users(first: 1) { nodes { id } } }',
    );
    const source =
      'query ($id: ID!) { node(id: $id) { __typename id ... on User { name } ... on Movie { title } } }';
    await bothAnswer(schema, source, () => api.context(), { id: users.nodes[0]?.id });
  });
});
