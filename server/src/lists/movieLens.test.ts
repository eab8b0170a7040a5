import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { intraListDiversity } from '@pocketrocket/engine';
import type { LoadedModel } from '@pocketrocket/model';
import { TestApi } from '../test/api.ts';
import { createSqlite, type TestDatabase } from '../test/databases.ts';
import { fillDatabase, type Fixture } from '../test/fixture.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import { makeModel } from '../test/model.ts';
import { readMovieLensSmall } from '../test/movieLens.ts';

const movieLensDir = process.env['MOVIELENS_DIR'];
const suite = movieLensDir ? describe : describe.skip;

/** Rated 2,698 movies, more than anybody. */
const HEAVY_USER = 414;

interface List {
  nodes: { movie: { movieId: number } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  served: { candidateCount: number; ranker: string };
}

suite('recommendations on ml-latest-small', () => {
  let fixture: Fixture;
  let model: LoadedModel;
  let opened: TestDatabase;
  let api: TestApi;
  beforeAll(async () => {
    fixture = readMovieLensSmall(movieLensDir ?? '');
    // Good enough to have neighbours that are alike; no test here asks for quality.
    model = makeModel(fixture, {
      item2vec: { dim: 32, window: 5, negatives: 4, epochs: 4, learningRate: 0.08 },
      neuralCF: null,
    });
    opened = await createSqlite('node-sqlite');
    await fillDatabase(opened.database, fixture);
    api = await TestApi.open(opened.database, model);
  }, 120_000);
  afterAll(async () => opened.drop());

  async function forUser(userId: number, args: string): Promise<List> {
    const { user } = await api.query<{ user: { recommendations: List } }>(
      `{ user(userId: ${userId}) { recommendations(${args}) {
           nodes { movie { movieId } } pageInfo { hasNextPage endCursor } served { candidateCount ranker } } } }`,
    );
    return user.recommendations;
  }

  async function wholeList(
    userId: number,
    args: string,
  ): Promise<{ movieIds: number[]; candidateCount: number }> {
    const movieIds: number[] = [];
    let page = await forUser(userId, `first: 100, ${args}`);
    for (;;) {
      movieIds.push(...page.nodes.map(({ movie }) => movie.movieId));
      if (!page.pageInfo.hasNextPage) return { movieIds, candidateCount: page.served.candidateCount };
      page = await forUser(userId, `first: 100, after: "${page.pageInfo.endCursor}", ${args}`);
    }
  }

  const seenBy = (userId: number) =>
    new Set(fixture.ratings.filter((rating) => rating.userId === userId).map(({ movieId }) => movieId));

  it('find 500 unseen candidates for who has seen most', async () => {
    const seen = seenBy(HEAVY_USER);
    expect(seen.size).toBe(2_698);
    const { movieIds, candidateCount } = await wholeList(HEAVY_USER, 'diversity: 0');
    expect(candidateCount).toBe(500);
    expect(new Set(movieIds).size).toBe(500);
    expect(movieIds.filter((movieId) => seen.has(movieId))).toEqual([]);
  });

  it('find all there are in a narrow genre', async () => {
    const seen = seenBy(HEAVY_USER);
    const left = fixture.movies
      .filter(({ genres }) => genres.includes('Film-Noir'))
      .map(({ movieId }) => movieId)
      .filter((movieId) => !seen.has(movieId));
    expect(left.length).toBeGreaterThan(10);
    expect(left.length).toBeLessThan(100);
    const { movieIds, candidateCount } = await wholeList(HEAVY_USER, 'filter: { genres: ["Film-Noir"] }');
    expect(candidateCount).toBe(left.length);
    expect(movieIds.sort((a, b) => a - b)).toEqual(left);
  });

  it('raise the diversity within lists by a fifth and more from diversity 0 to 1', async () => {
    // With the movies that nobody has rated, as it serves.
    const serving = modelOfCatalogue(api.deps.catalogue.current(), { model, problem: null }).model ?? model;
    const { outVectors, dim } = serving.recommender.item2vec;
    const diversityAt = async (diversity: number) => {
      let sum = 0;
      for (let userId = 1; userId <= 20; userId++) {
        const { nodes } = await forUser(userId, `first: 10, diversity: ${diversity}`);
        const list = Int32Array.from(nodes, ({ movie }) => serving.items.indexOf(movie.movieId));
        sum += intraListDiversity(list, outVectors, dim);
      }
      return sum / 20;
    };
    expect(await diversityAt(1)).toBeGreaterThanOrEqual(1.2 * (await diversityAt(0)));
  });

  it.each([
    ['matrix', 'Matrix, The'],
    ['usual suspects', 'Usual Suspects, The'],
    ['godfther', 'Godfather, The'],
    ['up', 'Up'],
    ['it', 'It'],
  ])('search %s', async (query, expected) => {
    const { searchMovies } = await api.query<{ searchMovies: { title: string }[] }>(
      'query ($query: String!) { searchMovies(query: $query, first: 1) { title } }',
      { query },
    );
    expect(searchMovies).toEqual([{ title: expected }]);
  });

  it.each([
    ['Toy Story', 1, [3114, 2355, 4886]],
    ['The Matrix', 2571, [6365, 2628]],
    ['The Godfather', 858, [1221, 1213]],
  ])('shows films like %s as a person would expect them', async (_title, movieId, expected) => {
    const { movie } = await api.query<{ movie: { similar: { movie: { movieId: number } }[] } }>(
      `{ movie(movieId: ${movieId}) { similar(first: 8) { movie { movieId } } } }`,
    );
    expect(movie.similar.map((one) => one.movie.movieId)).toEqual(expect.arrayContaining(expected));
  });
});
