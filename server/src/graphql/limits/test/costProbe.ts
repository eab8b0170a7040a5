import { HeaderMap } from '@apollo/server';
import { buildSchema } from 'graphql';
import { createLogger } from '@pocketrocket/runtime';
import { createApolloServer } from '../../apollo/apolloServer.ts';

/**
 * Asks queries beyond each limit, outside Jest and its module resolution, and prints what came back, a line each: a second copy of
 * `graphql` would let them pass in silence.
 */
const schema = buildSchema(
  'type Query { movies(first: Int! = 20): [Movie!] } type Movie { title: String movies(first: Int! = 20): [Movie!] }',
);
const logger = createLogger({ level: 'silent', name: 'probe', stream: process.stderr });
const apollo = createApolloServer({ schema, logger, maxAnswerBytes: 5_000 });
await apollo.start();

const nested = (levels: number) =>
  `${'{ movies(first: 100) '.repeat(levels)}{ __typename }${' }'.repeat(levels)}`;
const aliases = (count: number) =>
  `{ ${Array.from({ length: count }, (_, at) => `a${at}: __typename`).join(' ')} }`;
for (const query of [
  nested(5),
  nested(20),
  `{ ${'x'.repeat(101)}: __typename }`,
  aliases(1_001),
  `{ ${'__typename '.repeat(11)} }`,
  `{ movies { ...A } } fragment A on Movie { title } ${Array.from({ length: 51 }, (_, at) => `fragment B${at} on Movie { title }`).join(' ')}`,
  `query (${Array.from({ length: 101 }, (_, at) => `$v${at}: Int`).join(' ')}) { __typename }`,
  `{ movies(first: 1) ${'{ ... on Movie '.repeat(16)}{ title }${' }'.repeat(16)} }`,
  Array.from({ length: 21 }, (_, at) => `query Q${at} { __typename }`).join(' '),
  'query ($__proto__: Int) { movies(first: $__proto__) { title } }',
  `{ ${Array.from({ length: 400 }, (_, at) => `${'y'.repeat(60)}${at}: __typename`).join(' ')} }`,
  aliases(1_700),
]) {
  const { body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap([['content-type', 'application/json']]),
      search: '',
      body: { query },
    },
    context: () => Promise.resolve({ outcome: {}, routing: { elsewhere: null }, logger } as never),
  });
  process.stdout.write(`${body.kind === 'complete' ? body.string : ''}\n`);
}
await apollo.stop();
