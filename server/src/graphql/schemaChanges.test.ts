import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { printApiSdl } from './apiSdl.ts';
import { breakingChanges, problemsOf, RELEASED_FILE, schemaProblems } from './schemaChanges.ts';

const BEFORE = `
  type Query {
    movie(id: Int!, old: Int @deprecated(reason: "by id"), first: Int = 20): Movie
    node: String
  }
  type Movie { title: String! year: Int poster: String @deprecated(reason: "posterUrl") }
  enum Order { TITLE YEAR NONE @deprecated(reason: "TITLE") }
  input Filter { year: Int genre: String }
`;
const changesAfter = (...replaced: [from: string, to: string][]) => {
  const after = replaced.reduce((sdl, [from, to]) => {
    expect(sdl).toContain(from);
    return sdl.replace(from, to);
  }, BEFORE);
  return breakingChanges(buildSchema(BEFORE), buildSchema(after));
};
const because = 'because it never worked for anybody';

describe('the schema', () => {
  it('breaks no client of the last release, but for what is acknowledged', async () => {
    expect(await schemaProblems(await printApiSdl())).toEqual([]);
  });

  it('would be found to break clients without a field that was released', async () => {
    const released = await readFile(RELEASED_FILE, 'utf8');
    const without = released.replace('  movieCount: Int!', '  filmCount: Int!');
    expect(await schemaProblems(without)).toEqual([
      expect.stringMatching(/^breaks clients: Genre\.movieCount was removed\./),
    ]);
  });
});

describe('breaking changes', () => {
  it('are not what is added', () => {
    expect(
      changesAfter(
        ['title: String!', 'title: String! similar: [Movie!]'],
        ['YEAR', 'YEAR SCORE'],
        ['genre: String', 'genre: String score: Float'],
        ['id: Int!', 'id: Int! filter: Filter'],
      ),
    ).toEqual([]);
  });

  it.each([
    ['a field that goes', 'year: Int poster', 'poster', 'Movie.year was removed.'],
    ['a field that may be null', 'title: String!', 'title: String', /Movie.title changed type/],
    [
      'an argument that is needed',
      'id: Int!',
      'id: Int! by: Int!',
      /A required arg by on Query.movie was added/,
    ],
    [
      'another default',
      'first: Int = 20',
      'first: Int = 10',
      /Query.movie arg first has changed defaultValue/,
    ],
    ['a value that goes', 'YEAR NONE', 'NONE', 'YEAR was removed from enum type Order.'],
    ['a condition that goes', 'genre: String', '', 'Filter.genre was removed.'],
  ])('are %s', (_what, from, to, change) => {
    const changes = changesAfter([from, to]);
    expect(changes).toEqual([
      { change: typeof change === 'string' ? change : expect.stringMatching(change), wasDeprecated: false },
    ]);
    expect(problemsOf(changes, [])).toEqual([expect.stringMatching(/^breaks clients: .*acknowledged\.json/)]);
  });

  it('may be made once they are acknowledged, of what goes only if it was deprecated before', () => {
    const told = changesAfter(
      [' poster: String @deprecated(reason: "posterUrl")', ''],
      [', old: Int @deprecated(reason: "by id")', ''],
      [' NONE @deprecated(reason: "TITLE")', ''],
    );
    expect(told).toHaveLength(3);
    expect(
      problemsOf(
        told,
        told.map(({ change }) => ({ change, reason: because })),
      ),
    ).toEqual([]);
    const untold = changesAfter(['year: Int poster', 'poster']);
    const acknowledged = { change: 'Movie.year was removed.', reason: because };
    expect(problemsOf(untold, [acknowledged])).toEqual([
      expect.stringMatching(/^goes without having been @deprecated in a release: Movie\.year/),
    ]);
    expect(problemsOf(untold, [{ ...acknowledged, withoutDeprecation: true }])).toEqual([]);
  });

  it('are not acknowledged in vain', () => {
    expect(problemsOf([], [{ change: 'Movie.year was removed.', reason: because }])).toEqual([
      expect.stringMatching(/^is acknowledged, but not so: Movie\.year/),
    ]);
  });
});
