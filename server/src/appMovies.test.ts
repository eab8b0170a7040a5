import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { publishArtifact } from '@pocketrocket/model/artifact';
import { openDatabase } from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, until } from '@pocketrocket/testing';
import { makeAppKey } from './test/appKey.ts';
import { fillDatabase, makeFixture } from './test/fixture.ts';
import { makeModel } from './test/model.ts';
import { toArtifact } from './test/publish.ts';
import { spawnServer, type ServerProcess } from './test/serverProcess.ts';

const fixture = makeFixture();
const { draft, tensors } = toArtifact(makeModel(fixture));

/** Requests at once, so that every thread gets some. */
const AT_ONCE = 12;
/** The time in which a movie is recommended by every thread and server, */
const SEEN_WITHIN_MS = 2_000;
/** and where other suites have the cores: a look in vain and the pause after it, and titles and places made in threads, each with its rest, by what places take. */
const LOOK_MS = 1_500;
const TIMES_PLACED = 6;
/** Movies whose time is measured, one after the other, so that most come while servers rest from the one before. */
const MEASURED = ['Airship', 'Balloon', 'Glider'];

const middleOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

interface Seen {
  searchMovies: { movieId: number }[];
  recommendFor: { edges: { node: { movie: { movieId: number }; sources: string[] } }[] };
}

for (const engine of ['node-sqlite', 'mysql'] as const) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`a movie of an app on ${engine}`, () => {
    it('is found and recommended by every thread of two servers without a restart, and goes again, whichever wrote it', async () => {
      const room = await makeTestRoom(engine);
      const home = await mkdtemp(join(tmpdir(), 'pocketrocket-app-movies-'));
      const database = await openDatabase(room.options);
      await fillDatabase(database, fixture);
      const { key } = await makeAppKey(database);
      await database.close();
      await publishArtifact(join(home, 'models'), draft, tensors);
      const env = {
        POCKETROCKET_HOME: home,
        DATABASE_URL: room.options.url,
        JWT_SECRET: 'of no use outside of tests, but long enough',
      };
      const servers: ServerProcess[] = [
        spawnServer({ ...env, WORKERS: '2' }),
        spawnServer({ ...env, WORKERS: '1' }),
      ];
      const [url = '', otherUrl = ''] = await Promise.all(servers.map((server) => server.url));
      const ask = async <T>(at: string, query: string, variables: object = {}): Promise<T> => {
        const answer = await fetch(`${at}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          body: JSON.stringify({ query, variables }),
        });
        const { data, errors } = (await answer.json()) as { data: T; errors?: object[] };
        if (errors) throw new Error(JSON.stringify(errors));
        return data;
      };
      const lookFor = (title: string) => `{ searchMovies(query: "${title}") { movieId }
          recommendFor(ratings: [{ movieId: 3, rating: 5 }, { movieId: 6, rating: 4 }], first: 100) { edges { node { movie { movieId } sources } } } }`;
      /** True where every thread of both servers sees the movie, in the search and as a candidate by content. */
      const seen = async (movieId: number, title: string): Promise<boolean[]> => {
        const asked = [url, otherUrl].flatMap((at) =>
          Array.from({ length: AT_ONCE }, () => ask<Seen>(at, lookFor(title))),
        );
        return (await Promise.all(asked)).flatMap(({ searchMovies, recommendFor }) => [
          searchMovies.some((movie) => movie.movieId === movieId),
          recommendFor.edges.some(
            ({ node }) => node.movie.movieId === movieId && node.sources.includes('CONTENT'),
          ),
        ]);
      };
      const upsert = async (at: string, externalId: string, title: string): Promise<number> => {
        const { upsertMovies } = await ask<{ upsertMovies: { movies: { movieId: number }[] } }>(
          at,
          'mutation ($movies: [MovieInput!]!) { upsertMovies(movies: $movies) { movies { movieId } } }',
          { movies: [{ externalId, title, releaseYear: 1990, genres: ['Drama', 'Action'] }] },
        );
        return upsertMovies.movies[0]?.movieId ?? 0;
      };
      /** Waits until everybody sees it; answers when the look began in which everybody did. */
      const everybodySees = (movieId: number, title: string) =>
        until(
          'everybody sees it',
          async () => {
            const beganAt = performance.now();
            return (await seen(movieId, title)).every(Boolean) && beganAt;
          },
          30_000,
        );
      try {
        for (const [title, writer, other] of [
          ['Zeppelin', url, otherUrl],
          ['Dirigible', otherUrl, url],
        ] as const) {
          const movieId = await upsert(writer, title, title);
          const byIds = await ask(other, `{ moviesByIds(externalIds: ["${title}"]) { movieId } }`);
          expect(byIds).toEqual({ moviesByIds: [{ movieId }] });
          await everybodySees(movieId, title);
          await ask(other, `mutation { deleteMovies(externalIds: ["${title}"]) { deletedCount } }`);
          await until('nobody sees it', async () => !(await seen(movieId, title)).some(Boolean));
        }

        const toldBefore = servers.map((server) => server.stderr().length);
        const tookMs: number[] = [];
        for (const title of MEASURED) {
          const id = await upsert(url, title, title);
          const writtenAt = performance.now();
          tookMs.push((await everybodySees(id, title)) - writtenAt);
        }
        const placedMs = servers.flatMap((server, place) =>
          [
            ...server
              .stderr()
              .slice(toldBefore[place])
              .matchAll(/"durationMs":(\d+),"event":"model prepared"/g),
          ].map(([, ms]) => Number(ms)),
        );
        expect(placedMs.length).toBeGreaterThanOrEqual(MEASURED.length);
        const withinMs = Math.max(SEEN_WITHIN_MS, LOOK_MS + TIMES_PLACED * middleOf(placedMs));
        expect(middleOf(tookMs)).toBeLessThan(withinMs);
      } finally {
        for (const { child } of servers) child.kill('SIGINT');
        await Promise.all(servers.map(({ exited }) => exited));
        await room.drop();
        await rm(home, { recursive: true });
      }
    }, 120_000);
  });
}
