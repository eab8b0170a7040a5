import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MovieEntity, MovieGenreEntity, openDatabase } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { askGraphql } from './graphql.ts';
import type { RunningServer } from './processes.ts';
import { Topology } from './topology.ts';

const NEW_MOVIES = [900_001, 900_002, 900_003];
const USERS = [1, 2, 3, 40];
const OF_USER = `query ($userId: Int!, $diversity: Float!) {
  user(userId: $userId) {
    recommendations(first: 100, diversity: $diversity) {
      nodes { movie { movieId } score reasons { movie { movieId } } }
      served { degraded }
    }
  }
}`;

interface Answer {
  user: {
    recommendations: {
      nodes: { movie: { movieId: number }; score: number; reasons: { movie: { movieId: number } }[] }[];
      served: { degraded: boolean };
    };
  };
}
interface Printed {
  recommendations: { movieId: number; score: number; reasons: { movieId: number }[] }[];
}

let topology: Topology;
let server: RunningServer;
beforeAll(async () => {
  topology = await Topology.open({});
  await topology.takeSample({ fitted: true });
  await addMoviesLike(NEW_MOVIES);
  server = await topology.startServer();
  await until('the model serves', async () => (await fetch(`${server.origin}/readyz`)).ok, 60_000);
}, 240_000);
afterAll(() => topology?.close());

/** Adds movies that nobody has rated, each with title, year and genres of one of the most rated. */
async function addMoviesLike(movieIds: readonly number[]): Promise<void> {
  const database = await openDatabase({ url: topology.databaseUrl });
  try {
    const movies = database.dataSource.getRepository(MovieEntity);
    const links = database.dataSource.getRepository(MovieGenreEntity);
    const rated = await movies.find({
      order: { ratingCount: 'DESC', movieId: 'ASC' },
      take: movieIds.length,
    });
    for (const [
      place,
      { movieId: likeId, title, sortTitle, releaseYear, alternativeTitles },
    ] of rated.entries()) {
      const movieId = movieIds[place] ?? 0;
      const histogram = Object.fromEntries(
        Object.entries(rated[place]?.histogram ?? {}).map(([column]) => [column, 0]),
      );
      await movies.insert({
        movieId,
        title,
        sortTitle,
        releaseYear,
        alternativeTitles,
        posterUrl: null,
        histogram,
      });
      for (const { genreId } of await links.findBy({ movieId: likeId }))
        await links.insert({ movieId, genreId });
    }
  } finally {
    await database.close();
  }
}

it.each([0, 0.5])(
  'the recommend command prints what the server serves, new movies included, at diversity %d',
  async (diversity) => {
    const proposed = new Set<number>();
    for (const userId of USERS) {
      const { data, errors } = await askGraphql<Answer>(server.origin, OF_USER, { userId, diversity });
      expect(errors).toEqual([]);
      const { nodes, served } = data.user.recommendations;
      expect(served.degraded).toBe(false);
      const output = await topology.trainer([
        ...['recommend', '--user', String(userId), '--first', '100'],
        ...['--diversity', String(diversity), '--json'],
      ]);
      const printed = JSON.parse(output) as Printed;
      expect(
        printed.recommendations.map(({ movieId, score, reasons }) => ({
          movieId,
          score,
          reasons: reasons.map((reason) => reason.movieId),
        })),
      ).toEqual(
        nodes.map(({ movie, score, reasons }) => ({
          movieId: movie.movieId,
          score,
          reasons: reasons.map((reason) => reason.movie.movieId),
        })),
      );
      for (const { movie } of nodes) proposed.add(movie.movieId);
    }
    expect(NEW_MOVIES.some((movieId) => proposed.has(movieId))).toBe(true);
  },
  240_000,
);
