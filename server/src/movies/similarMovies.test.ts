import { beforeAll, expect, it } from '@jest/globals';
import { TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel, MOVIE_UNKNOWN_TO_MODEL } from '../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

interface Similar {
  similarity: number;
  movie: { movieId: number; releaseYear: number | null; genres: { name: string }[] };
}

describeOnEveryDatabase('similar movies', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
  });

  async function similarTo(movieId: number, args: string, on = api): Promise<Similar[]> {
    const { movie } = await on.query<{ movie: { similar: Similar[] } }>(
      `{ movie(movieId: ${movieId}) { similar(${args}) { similarity movie { movieId releaseYear genres { name } } } } }`,
    );
    return movie.similar;
  }

  const isSorted = (similar: readonly Similar[]) =>
    similar.every(
      ({ similarity }, index) => index === 0 || similarity <= (similar[index - 1]?.similarity ?? 0),
    );

  it('are those that the same people watch, closest first, without the movie itself', async () => {
    const similar = await similarTo(30, 'first: 10');
    expect(similar).toHaveLength(10);
    expect(isSorted(similar)).toBe(true);
    expect(similar.filter(({ movie }) => movie.movieId % 3 === 0).length).toBeGreaterThanOrEqual(8);
    expect(similar.map(({ movie }) => movie.movieId)).not.toContain(30);
  });

  it('pass the filter, which is a mask inside the search', async () => {
    const similar = await similarTo(30, 'first: 100, filter: { genres: ["Horror"], yearFrom: 1980 }');
    const passing = fixture.movies.filter(
      ({ movieId, genres, releaseYear }) =>
        movieId !== 30 && genres.includes('Horror') && releaseYear !== null && releaseYear >= 1980,
    );
    expect(similar.map(({ movie }) => movie.movieId).sort((a, b) => a - b)).toEqual(
      passing.map(({ movieId }) => movieId),
    );
  });

  it.each([
    ['without a model', 30, null],
    ['for a movie that nobody had rated at training', MOVIE_UNKNOWN_TO_MODEL, model],
  ])('%s share genres and era', async (_when, movieId, serving) => {
    const similar = await similarTo(movieId, 'first: 10', await TestApi.open(database(), serving));
    const own = fixture.movies.find((movie) => movie.movieId === movieId)?.genres ?? [];
    expect(similar).toHaveLength(10);
    expect(isSorted(similar)).toBe(true);
    expect(similar.every(({ movie }) => movie.genres.some(({ name }) => own.includes(name)))).toBe(true);
    expect(similar.every(({ similarity }) => similarity > 0 && similarity <= 1)).toBe(true);
    expect(similar.map(({ movie }) => movie.movieId)).not.toContain(movieId);
  });
});
