import { ApolloServer } from '@apollo/server';
import { buildSchema } from 'graphql';
import { costLimit } from '../queryLimits.ts';

/** Asks a query beyond the limit, outside Jest and its module resolution, and prints what came back. */
const schema = buildSchema(
  'type Query { movies(first: Int! = 20): [Movie!] } type Movie { movies(first: Int! = 20): [Movie!] }',
);
const server = new ApolloServer({ schema, plugins: [costLimit] });
const levels = 5;
const query = `${'{ movies(first: 100) '.repeat(levels)}{ __typename }${' }'.repeat(levels)}`;
process.stdout.write(JSON.stringify(await server.executeOperation({ query })));
