import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ApolloServer } from '@apollo/server';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { costLimit, depthLimit, MAX_COST, MAX_DEPTH } from './queryLimits.ts';

const schema = buildSchema(`
  type Query { movies(first: Int! = 20): MovieConnection }
  type MovieConnection { nodes: [Movie!]! edges: [MovieEdge!]! }
  type MovieEdge { node: Movie! }
  type Movie { title: String! genres: [Genre!]! similar(first: Int! = 20): [Movie!] self: Movie }
  type Genre { name: String! movies(first: Int! = 20): MovieConnection }
`);

const server = new ApolloServer({ schema, plugins: [costLimit], validationRules: [depthLimit] });

async function errorsOf(query: string, variables?: Record<string, unknown>) {
  const { body } = await server.executeOperation({ query, variables });
  return body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
}

const nested = (levels: number) =>
  `{ movies { nodes ${'{ self '.repeat(levels)}{ title }${' }'.repeat(levels)} } }`;

describe('the limit on cost', () => {
  it('lets lists of lists of a usual size pass', async () => {
    expect(
      await errorsOf(
        '{ movies(first: 100) { nodes { title genres { name } similar(first: 20) { title } } } }',
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'literals',
      '{ movies(first: 100) { nodes { similar(first: 100) { similar(first: 100) { title } } } } }',
      {},
    ],
    [
      'variables',
      'query($n: Int!) { movies(first: $n) { nodes { similar(first: $n) { similar(first: $n) { title } } } } }',
      { n: 100 },
    ],
    [
      'defaults',
      '{ movies { nodes { genres { movies { edges { node { genres { movies { nodes { title } } } } } } } } } }',
      {},
    ],
    [
      'aliases',
      `{ ${Array.from({ length: 30 }, (_, n) => `m${n}: movies(first: 100) { nodes { similar { title } } }`).join(' ')} }`,
      {},
    ],
    [
      'fragments',
      '{ movies(first: 100) { nodes { ...S } } } fragment S on Movie { similar(first: 100) { ...T } } fragment T on Movie { similar(first: 100) { title } }',
      {},
    ],
  ])('refuses what multiplies beyond it by %s', async (_by, query, variables) => {
    const [error, ...more] = await errorsOf(query, variables);
    expect(more).toEqual([]);
    expect(error?.message).toMatch(new RegExp(`may cost \\d+, at most ${MAX_COST} is allowed`));
    expect(error?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  it('leaves an exorbitant first to the service, which says what is allowed', async () => {
    expect(await errorsOf('{ movies(first: 2000000000) { nodes { title } } }')).toEqual([]);
  });

  it('leaves variables of the wrong type to execution', async () => {
    const [error] = await errorsOf('query($n: Int!) { movies(first: $n) { nodes { title } } }', { n: 'x' });
    expect(error?.extensions?.['code']).toBe('BAD_USER_INPUT');
    expect(error?.message).toContain('Variable "$n"');
  });

  it('holds in production too, where a second copy of graphql would fail silently', async () => {
    const probe = fileURLToPath(new URL('./test/costProbe.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--conditions=@pocketrocket/source', probe],
      { env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' } },
    );
    expect(stdout).toMatch(/may cost \d+/);
  });
});

describe('the limit on depth', () => {
  it('lets what is as deep as allowed pass, and refuses one level more', async () => {
    // movies and nodes are two levels, the innermost field is none.
    expect(await errorsOf(nested(MAX_DEPTH - 3))).toEqual([]);
    const [error] = await errorsOf(nested(MAX_DEPTH - 2));
    expect(error?.message).toContain(`${MAX_DEPTH} levels`);
    expect(error?.extensions?.['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('looks through fragments', async () => {
    const query = `{ movies { nodes { ...A } } }
      fragment A on Movie { self { self { self { self { self { ...B } } } } } }
      fragment B on Movie { ... on Movie { self { self { self { self { self { self { self { self { title } } } } } } } } } }`;
    const [error] = await errorsOf(query);
    expect(error?.message).toContain('levels');
  });

  it('ends on fragments that contain themselves, which another rule refuses', async () => {
    const errors = await errorsOf('{ movies { nodes { ...A } } } fragment A on Movie { self { ...A } }');
    expect(errors.some(({ message }) => message.includes('within itself'))).toBe(true);
  });
});
