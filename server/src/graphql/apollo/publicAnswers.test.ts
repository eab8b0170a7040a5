import { beforeAll, expect, it } from '@jest/globals';
import { Kind, parse, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { buildPrintableSchema } from '../apiSchema.ts';
import { computeMaxAge } from './publicAnswers.ts';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildPrintableSchema();
});

const maxAgeOf = (text: string) => {
  const document = parse(text);
  const [operation] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return computeMaxAge(schema, document, operation as OperationDefinitionNode, 60);
};

it.each([
  '{ genres { name } }',
  '{ movie(movieId: 1) { title genres { name } similar { movie { title } } } }',
  '{ movies { totalCount nodes { title } edges { node { averageRating } } } }',
  '{ searchMovies(query: "a") { id title } }',
  '{ recommendFor(ratings: []) { nodes { movie { title } reasons { weight } } served { ranker } } }',
  '{ movieMap { nodes { x y movie { title tags { tag } } } } }',
  '{ __schema { types { name } } __type(name: "User") { name } }',
])('lets everybody keep %s', (text) => {
  expect(maxAgeOf(text)).toBe(60);
});

it.each([
  '{ viewer { name } }',
  '{ movie(movieId: 1) { viewerRating } }',
  '{ movies { nodes { ...Own } } } fragment Own on Movie { viewerRating }',
  '{ user(userId: 1) { name } }',
  '{ users { totalCount nodes { userId } } }',
  '{ movie(movieId: 1) { fans { userId } } }',
  '{ node(id: "a") { ... on User { id } } }',
  // There is nothing any more where a user was erased.
  '{ node(id: "a") { __typename id ... on Movie { title } } }',
  '{ recommendForMany(requests: [{ userId: 1 }]) { nodes { rank } } }',
  '{ compareUsers(userId: 1, otherUserId: 2) { similarity } }',
  '{ tasteLinks(tokens: ["a"]) { name } }',
  '{ recommendForGroup(members: [], tasteTokens: ["a"]) { nodes { rank } } }',
  '{ roleChanges { role } }',
  '{ genres { name } exportMyData { content } }',
])('lets nobody keep %s', (text) => {
  expect(maxAgeOf(text)).toBeNull();
});

it('lets what changes by itself be kept for a shorter time', () => {
  expect(maxAgeOf('{ genres { name } model { version } }')).toBe(5);
  expect(maxAgeOf('{ genres { name } training { share } }')).toBe(1);
});
