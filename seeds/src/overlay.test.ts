import { afterEach, beforeEach, expect, describe, it } from '@jest/globals';
import {
  AccountEntity,
  AppEntity,
  AppEventEntity,
  AppRatingEntity,
  AppUserEntity,
  changeRatings,
  DatasetEntity,
  FIRST_APP_USER_ID,
  FIRST_OVERLAY_MOVIE_ID,
  GenreEntity,
  hideOverlayMovies,
  MovieEntity,
  MovieExternalIdEntity,
  namespaceOfApp,
  openDatabase,
  OverlayMovieEntity,
  RatingEntity,
  recomputeAggregates,
  toHistogramColumns,
  upsertOverlayMovies,
  UserEntity,
  type Database,
  type OverlayFilm,
} from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, TEST_ENGINES, type TestRoom } from '@pocketrocket/testing';
import { knownIds } from './database/knownIds.ts';
import { importDataset } from './importDataset.ts';
import { PLAIN_CSV, readFiles, silent } from './test/datasets.ts';
import type { Files } from './test/files.ts';

const APP = 'app000000001';
const NAMESPACE = namespaceOfApp(APP);
const APP_USER = FIRST_APP_USER_ID;
const SHARED_USER = FIRST_APP_USER_ID + 1;
const ACCOUNT = 1_000_000_000;

/** Lacks movie 10 of `PLAIN_CSV`, and has one that an app had described before. */
const NEXT_CSV: Files = {
  'movies.csv':
    'movieId,title,releaseYear,genres\n20,"Crème, Brûlée & Co.",2003,Comedy\n40,Linked,1999,War\n',
  'ratings.csv': 'userId,movieId,rating,timestamp\n1,20,4,1\n2,40,3,2\n',
  'links.csv': 'movieId,imdbId,tmdbId\n40,0000900,\n',
};

const TEXT_IDS: Files = {
  'movies.csv': 'movieId,title,releaseYear,genres\nm1,First,1990,Drama\nm2,Second,1991,Drama\n',
  'ratings.csv': 'userId,movieId,rating,timestamp\nu1,m1,4,1\nu2,m2,3,2\n',
};

const film = (externalId: string, more: Partial<OverlayFilm> = {}): OverlayFilm => ({
  ...{ externalId, title: `Film ${externalId}`, alternativeTitles: [], releaseYear: 2001, genres: ['Noir'] },
  ...{ posterUrl: null, overview: 'About.', imdbId: null, tmdbId: null },
  ...more,
});

for (const engine of TEST_ENGINES) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`an import beside apps on ${engine}`, () => {
    let database: Database;
    let room: TestRoom;
    beforeEach(async () => {
      room = await makeTestRoom(engine);
      database = await openDatabase(room.options);
    });
    afterEach(async () => {
      await database.close();
      await room.drop();
    });

    const put = async (files: Files) =>
      importDataset(database, await readFiles(files, { known: knownIds(database) }), {
        replace: true,
        progress: silent,
      });
    const upsert = (...films: OverlayFilm[]) =>
      database.transaction((manager) => upsertOverlayMovies(manager, NAMESPACE, films, 100));
    const movieIdOf = async (externalId: string) =>
      (await database.dataSource.getRepository(OverlayMovieEntity).findOneByOrFail({ externalId })).movieId;
    const rate = async (userId: number, movieId: number, halfStars: number) => {
      const [dataset] = await database.dataSource.getRepository(DatasetEntity).find();
      await database.transaction((manager) =>
        changeRatings(
          manager,
          userId,
          new Map([[movieId, { from: null, to: { halfStars, ratedAtSeconds: 7 } }]]),
          dataset?.meanRating ?? 0,
        ),
      );
    };
    const ratingsOf = async (userId: number) =>
      (
        await database.dataSource
          .getRepository(RatingEntity)
          .find({ where: { userId }, order: { movieId: 'ASC' } })
      ).map(({ movieId, halfStars }) => [movieId, halfStars]);
    const appRatings = async () =>
      (await database.dataSource.getRepository(AppRatingEntity).find({ order: { movieId: 'ASC' } })).map(
        ({ movieId, halfStars }) => [movieId, halfStars],
      );
    const wrong = async () =>
      (await recomputeAggregates(database, false)).filter(({ numDifferent }) => numDifferent > 0);

    /** An app with a user of its own and one whom it shares, and an account. */
    async function addPeople(): Promise<void> {
      const { dataSource } = database;
      await dataSource
        .getRepository(AppEntity)
        .insert({ appId: APP, name: 'An app', sharesUsers: 0, createdAtSeconds: 1 });
      for (const userId of [APP_USER, SHARED_USER])
        await dataSource.getRepository(AppUserEntity).insert({
          ...{ userId, appId: APP, externalId: `u${userId}`, name: null, ratingsVersion: 0 },
          createdAtSeconds: 1,
        });
      await dataSource.getRepository(AccountEntity).insert({
        ...{ userId: ACCOUNT, accountId: 'a', email: 'ann@example.org', passwordHash: 'x' },
        createdAtSeconds: 1,
      });
      for (const userId of [ACCOUNT, SHARED_USER])
        await dataSource
          .getRepository(UserEntity)
          .insert({ userId, name: 'Somebody', histogram: toHistogramColumns([]) });
    }
    async function addEvent(movieId: number, halfStars: number): Promise<void> {
      await database.dataSource
        .getRepository(AppRatingEntity)
        .insert({ userId: APP_USER, movieId, halfStars, ratedAtSeconds: 5 });
      await database.dataSource.getRepository(AppEventEntity).insert({
        ...{
          appId: APP,
          eventId: `e${movieId}`,
          userId: APP_USER,
          movieId,
          kind: 'rating',
          value: halfStars,
        },
        ...{ occurredAtSeconds: 5, receivedAtSeconds: 5, place: 0 },
      });
    }

    it('keeps movies, users, events and ratings of apps, and counts what is there alone', async () => {
      await put(PLAIN_CSV);
      await addPeople();
      // One of its own, one that the data set has, one that the next data set has.
      await upsert(
        film('own', { genres: ['Noir', 'drama'] }),
        film('lighthouse', { imdbId: 123, genres: ['Sea'] }),
        film('linked', { imdbId: 900 }),
        film('hidden'),
      );
      expect(await movieIdOf('lighthouse')).toBe(10);
      const [own, linked, hidden] = [
        await movieIdOf('own'),
        await movieIdOf('linked'),
        await movieIdOf('hidden'),
      ];
      for (const user of [ACCOUNT, SHARED_USER]) {
        await rate(user, own, 9);
        await rate(user, 10, 8);
        await rate(user, 20, 2);
        await rate(user, linked, 4);
        await rate(user, hidden, 1);
      }
      for (const [movieId, halfStars] of [
        [own, 10],
        [10, 6],
        [20, 3],
        [30, 5],
        [linked, 7],
      ] as const)
        await addEvent(movieId, halfStars);
      await database.transaction((manager) => hideOverlayMovies(manager, NAMESPACE, ['hidden'], 200));
      expect(await wrong()).toEqual([]);

      await put(NEXT_CSV);
      expect(await wrong()).toEqual([]);
      const lighthouse = await movieIdOf('lighthouse');
      expect([await movieIdOf('own'), await movieIdOf('linked'), lighthouse]).toEqual([own, 40, hidden + 1]);
      const { dataSource } = database;
      expect(await dataSource.getRepository(MovieEntity).findOneBy({ movieId: own })).toMatchObject({
        title: 'Film own',
        ratingCount: 2,
        halfStarSum: 18,
      });
      expect(await dataSource.getRepository(MovieEntity).findOneBy({ movieId: lighthouse })).toMatchObject({
        title: 'Film lighthouse',
        ratingCount: 2,
      });
      expect(await dataSource.getRepository(MovieEntity).findOneBy({ movieId: 40 })).toMatchObject({
        title: 'Linked',
        ratingCount: 3,
      });
      expect(await dataSource.getRepository(MovieEntity).existsBy({ movieId: hidden })).toBe(false);
      for (const user of [ACCOUNT, SHARED_USER])
        expect(await ratingsOf(user)).toEqual([
          [20, 2],
          [40, 4],
          [own, 9],
          [lighthouse, 8],
        ]);
      // That on movie 30 stays, and waits for a data set that has it.
      expect(await appRatings()).toEqual([
        [20, 3],
        [30, 5],
        [40, 7],
        [own, 10],
        [lighthouse, 6],
      ]);
      const genres = await dataSource.getRepository(GenreEntity).find({ order: { name: 'ASC' } });
      expect(genres.map(({ name, movieCount }) => [name, movieCount])).toEqual([
        ['Comedy', 1],
        ['Noir', 1],
        ['Sea', 1],
        ['War', 1],
        ['drama', 1],
      ]);
      const names = await dataSource
        .getRepository(MovieExternalIdEntity)
        .find({ where: { namespace: NAMESPACE }, order: { externalId: 'ASC' } });
      expect(names.map(({ externalId, movieId }) => [externalId, movieId])).toEqual([
        ['lighthouse', lighthouse],
        ['linked', 40],
        ['own', own],
      ]);

      // Back again: the deleted movie with the ratings of before, numbers as they were.
      await upsert(film('hidden'));
      expect(await ratingsOf(ACCOUNT)).toContainEqual([hidden, 1]);
      await put(PLAIN_CSV);
      expect(await wrong()).toEqual([]);
      expect([await movieIdOf('own'), await movieIdOf('lighthouse'), await movieIdOf('hidden')]).toEqual([
        own,
        10,
        hidden,
      ]);
      expect(await appRatings()).toContainEqual([30, 5]);
      expect(await appRatings()).toContainEqual([10, 6]);
    }, 60_000);

    it('gives a data set the same identity and numbers with and without movies of apps', async () => {
      await put(PLAIN_CSV);
      await upsert(film('a'), film('b', { imdbId: 900 }));
      const beside = await put(TEXT_IDS);
      const plainRoom = await makeTestRoom(engine);
      const plain = await openDatabase(plainRoom.options);
      const alone = await importDataset(plain, await readFiles(TEXT_IDS, { known: knownIds(plain) }), {
        replace: false,
        progress: silent,
      });
      expect(beside.identity).toBe(alone.identity);
      expect(beside).toMatchObject({ movies: 2, ratings: 2 });
      expect(await database.dataSource.getRepository(DatasetEntity).find()).toMatchObject([
        { identity: alone.identity, movieCount: 2 },
      ]);
      expect((await put(TEXT_IDS)).status).toBe('unchanged');
      await plain.close();
      await plainRoom.drop();
    });

    it('gives movies of apps other numbers where a data set has theirs, and what names them follows', async () => {
      await put(PLAIN_CSV);
      await addPeople();
      await upsert(film('a'), film('b'));
      const [a, b] = [await movieIdOf('a'), await movieIdOf('b')];
      expect([a, b]).toEqual([FIRST_OVERLAY_MOVIE_ID, FIRST_OVERLAY_MOVIE_ID + 1]);
      await rate(ACCOUNT, a, 9);
      await addEvent(a, 10);
      await addEvent(b, 2);
      await put({
        'movies.csv': `movieId,title\n${a},Taken\n${b + 1},Also taken\n`,
        'ratings.csv': `userId,movieId,rating,timestamp\n1,${a},4,1\n`,
      });
      const moved = await movieIdOf('a');
      expect([moved, await movieIdOf('b')]).toEqual([b + 2, b]);
      expect(await ratingsOf(ACCOUNT)).toEqual([[moved, 9]]);
      expect(await appRatings()).toEqual([
        [b, 2],
        [moved, 10],
      ]);
      expect(await wrong()).toEqual([]);
    });

    it('remembers the numbers of movies that events name, until they come back', async () => {
      await put(TEXT_IDS);
      await addPeople();
      const idsOf = async () =>
        (
          await database.dataSource
            .getRepository(MovieExternalIdEntity)
            .find({ order: { externalId: 'ASC' } })
        ).map(({ namespace, externalId, movieId }) => [namespace, externalId, movieId] as const);
      const before = await idsOf();
      const numberOfSecond = before.find(([, externalId]) => externalId === 'm2')?.[2] ?? 0;
      await addEvent(numberOfSecond, 8);
      await put({
        'movies.csv': 'movieId,title\nx1,Other\nx2,Another\n',
        'ratings.csv': 'userId,movieId,rating,timestamp\nu1,x1,4,1\n',
      });
      expect((await idsOf()).find(([, externalId]) => externalId === 'm2')?.[2]).toBe(numberOfSecond);
      expect(
        (await idsOf()).filter(
          ([namespace, , movieId]) => namespace === 'dataset' && movieId === numberOfSecond,
        ),
      ).toEqual([]);
      await put(TEXT_IDS);
      expect((await idsOf()).find(([, externalId]) => externalId === 'm2')).toEqual([
        'dataset',
        'm2',
        numberOfSecond,
      ]);
      expect(await appRatings()).toEqual([[numberOfSecond, 8]]);
    });
  });
}
