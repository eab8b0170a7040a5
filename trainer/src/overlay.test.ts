import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createProgress } from '@pocketrocket/runtime';
import {
  FIRST_APP_USER_ID,
  FIRST_OVERLAY_MOVIE_ID,
  hideOverlayMovies,
  namespaceOfApp,
  openDatabase,
  upsertOverlayMovies,
} from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, TEST_ENGINES } from '@pocketrocket/testing';
import { readRatings } from './data/database.ts';
import { loadPublishedModel } from './data/publishedModel.ts';
import { addAppRatings, APP_ID } from './test/appData.ts';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase, NUM_USERS, tinyRatings } from './test/tinyData.ts';

const progress = createProgress(process.stderr, 'none');
const USER = FIRST_APP_USER_ID + 3;
const MOVIE = FIRST_OVERLAY_MOVIE_ID;
const RATED = [10, 30, 50, 70, MOVIE];

for (const engine of TEST_ENGINES) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`what apps have added, on ${engine}`, () => {
    it('is read and learnt from, and tells nothing of whether a model fits the data set', async () => {
      const room = await makeTestRoom(engine);
      const home = mkdtempSync(join(tmpdir(), 'pocketrocket-overlay-'));
      const env = { POCKETROCKET_HOME: home, DATABASE_URL: room.options.url };
      await createTinyDatabase(room.options.url);
      const database = await openDatabase(room.options);
      await database.transaction((manager) =>
        upsertOverlayMovies(
          manager,
          namespaceOfApp(APP_ID),
          [
            {
              ...{ externalId: 'x', title: 'Film of an app', alternativeTitles: [], releaseYear: 2001 },
              ...{ genres: [], posterUrl: null, overview: null, imdbId: null, tmdbId: null },
            },
          ],
          1,
        ),
      );
      const withoutUser = await readRatings(database, progress);
      expect(withoutUser.userIds).toHaveLength(tinyRatings().length);
      // The last one is no movie any more, and counts for nothing.
      await addAppRatings(database, USER, [...RATED, 999_999]);
      const table = await readRatings(database, progress);
      expect(table.userIds).toHaveLength(tinyRatings().length + RATED.length);
      const own = [...table.userIds.keys()].filter((place) => table.userIds[place] === USER);
      expect(own.map((place) => [table.movieIds[place], table.ratings[place]])).toEqual(
        RATED.map((movieId) => [movieId, 4.5]),
      );
      expect(table.userIds.toSorted()).toEqual(table.userIds);

      const { stdout } = await runTrainer(
        ['train', '--seed', '7', '--item2vec-epochs', '2', '--neural-cf-epochs', '2', '--force'],
        env,
      );
      expect(stdout).toContain('5 of these ratings by 1 users of apps; 1 movies of apps');
      const { manifest, users, items } = await loadPublishedModel(database, join(home, 'models'));
      expect(manifest).toMatchObject({
        dataset: { identity: 'sha256:tiny' },
        counts: { users: NUM_USERS + 1, interactions: tinyRatings().length + RATED.length },
        overlay: { users: 1, ratings: RATED.length, movies: 1 },
      });
      expect([users.indexOf(USER), items.indexOf(MOVIE)]).toEqual([NUM_USERS, items.size - 1]);

      await database.transaction((manager) => hideOverlayMovies(manager, namespaceOfApp(APP_ID), ['x'], 2));
      expect((await loadPublishedModel(database, join(home, 'models'))).version).toBe(1);
      await database.close();
      await room.drop();
    }, 120_000);
  });
}
