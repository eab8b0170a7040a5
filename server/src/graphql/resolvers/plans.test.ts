import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '@pocketrocket/engine';
import {
  AccountEntity,
  FIRST_ACCOUNT_USER_ID,
  toHistogramColumns,
  UserEntity,
} from '@pocketrocket/schema/database';
import { canTestOn } from '@pocketrocket/testing';
import { TestApi } from '../../test/api.ts';
import { createTestDatabase, type TestDatabase } from '../../test/databases.ts';
import { fullScans, noteStatements } from '../../test/explain.ts';
import { fillDatabase, type Fixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';

const NUM_MOVIES = 2_000;
const NUM_USERS = 3_000;
const RATINGS_PER_USER = 20;
const VIEWER = FIRST_ACCOUNT_USER_ID;

/** Tables that grow with the data set beyond what a request may read whole. */
const LARGE_TABLES = ['rating', 'user_genre', 'movie_genre'];

/** Large enough that MySQL would rather look up than read everything. */
function makeLargeFixture(): Fixture {
  const random = seededRandom(3);
  const genres = Array.from({ length: 18 }, (_, index) => `Genre ${String.fromCharCode(65 + index)}`);
  const movies = Array.from({ length: NUM_MOVIES }, (_, index) => ({
    movieId: index + 1,
    title: `The Film ${index + 1}`,
    releaseYear: 1920 + (index % 100),
    genres: genres.filter((_name, genre) => genre === index % 18 || random() < 0.06),
  }));
  const userIds = Array.from({ length: NUM_USERS }, (_, index) => index + 1);
  const ratings = userIds.flatMap((userId) =>
    Array.from({ length: RATINGS_PER_USER }, (_, turn) => ({
      userId,
      movieId: 1 + ((userId * 37 + turn * turn * 11 + turn) % NUM_MOVIES),
      halfStars: 1 + Math.floor(random() * 10),
      ratedAtSeconds: 1_000_000_000 + turn,
    })).filter(({ movieId }, turn, all) => all.findIndex((other) => other.movieId === movieId) === turn),
  );
  return { name: 'large', genres, movies, userIds, ratings };
}

const MOVIE = 'title releaseYear genres { name } ratingHistogram { count } imdbUrl';
const REASONED = `nodes { movie { ${MOVIE} } score reasons { movie { title } } } served { ranker }`;

/** Everything that pages of the portal and clients ask for again and again. */
const HOT_PATHS: Record<string, string> = {
  recommendations: `{ user(userId: 7) { recommendations(first: 20) { ${REASONED} } } }`,
  'recommendations for a taste': `{ recommendFor(first: 20, ratings: [{ movieId: 1, rating: 5 }, { movieId: 7, rating: 4 }]) { ${REASONED} } }`,
  'filtered recommendations': `{ user(userId: 8) { recommendations(first: 20, filter: { genres: ["Genre C"], yearFrom: 1950 }) { ${REASONED} } } }`,
  'a movie page': `{ movie(movieId: 11) { ${MOVIE} fans(first: 6) { name favouriteGenre { name } } similar(first: 12) { similarity movie { ${MOVIE} } } } }`,
  'a user page': `{ user(userId: 9) { name ratingCount averageRating genreProfile { genre { name } ratingCount averageRating }
    ratings(first: 20) { totalCount nodes { rating ratedAt movie { ${MOVIE} } } pageInfo { endCursor } } } }`,
  'ratings by rating': `{ user(userId: 9) { ratings(first: 20, orderBy: RATING_DESC) { nodes { rating movie { title } } } } }`,
  'the list of users': `{ users(first: 20) { totalCount nodes { name favouriteGenre { name } } } }`,
  'movies by rating': `{ movies(first: 20) { totalCount nodes { ${MOVIE} } } }`,
  'movies by title': `{ movies(first: 20, orderBy: TITLE_ASC) { nodes { ${MOVIE} } } }`,
  'filtered movies': `{ movies(first: 20, filter: { genres: ["Genre C"], yearFrom: 1950, minRatingCount: 2 }) { nodes { ${MOVIE} } } }`,
  'movies of one genre': `{ genre(name: "Genre D") { movies(first: 20) { nodes { ${MOVIE} } } } }`,
  'search results': `{ searchMovies(query: "film", first: 10) { ${MOVIE} } }`,
};

const WRITES = `mutation { rateMovie(input: { movieId: 12, rating: 4.5 }) { user { ratingCount } movie { averageRating } } }`;
const UNWRITES = `mutation { unrateMovie(input: { movieId: 12 }) { user { ratingCount } } }`;

for (const engine of ['mysql', 'mariadb'] as const) {
  (canTestOn(engine) ? describe : describe.skip)(`plans of ${engine}`, () => {
    let opened: TestDatabase;
    let api: TestApi;
    beforeAll(async () => {
      opened = await createTestDatabase(engine);
      const { database } = opened;
      const fixture = makeLargeFixture();
      await fillDatabase(database, fixture);
      await database.dataSource
        .getRepository(UserEntity)
        .insert({ userId: VIEWER, name: 'Ann', histogram: toHistogramColumns([]) });
      await database.dataSource.getRepository(AccountEntity).insert({
        userId: VIEWER,
        accountId: 'ann',
        email: 'ann@example.org',
        passwordHash: 'x',
        createdAtSeconds: 1,
      });
      await database.dataSource.query(`ANALYZE TABLE movie, user, ${LARGE_TABLES.join(', ')}`);
      api = await TestApi.open(database, makeModel(fixture));
    });
    afterAll(async () => opened?.drop());

    const sentBy = async (query: string, token?: string) => {
      const { errors, sent } = await api.run(query, {}, token);
      expect(errors).toEqual([]);
      return sent;
    };

    it.each(Object.entries(HOT_PATHS))('read nothing whole for %s', async (_name, query) => {
      const sent = await sentBy(query);
      expect(sent.length).toBeGreaterThan(0);
      const scans = [];
      for (const statement of sent)
        scans.push(...(await fullScans(opened.database, statement, LARGE_TABLES)));
      expect(scans).toEqual([]);
    });

    it('read nothing whole for ratings, and none to take one back', async () => {
      const { sessionId } = await opened.database.transaction((manager) =>
        api.deps.auth.sessions.begin(manager, VIEWER),
      );
      const token = await api.deps.auth.tokens.issue({ accountId: 'ann', sessionId });
      const scans = [];
      for (const query of [WRITES, WRITES, UNWRITES]) {
        const sent = await sentBy(query, token.token);
        expect(sent.length).toBeGreaterThan(3);
        for (const statement of sent)
          scans.push(
            ...(await fullScans(opened.database, statement, [...LARGE_TABLES, 'movie', 'user', 'account'])),
          );
      }
      expect(scans).toEqual([]);
    });

    it('would be noticed if they did', async () => {
      const notes = noteStatements(opened.database);
      await opened.database.dataSource.query('SELECT AVG(given.halfStars) FROM rating given');
      const scans = [];
      for (const statement of notes.stop())
        scans.push(...(await fullScans(opened.database, statement, LARGE_TABLES)));
      expect(scans).toEqual([expect.stringMatching(/^given \((ALL|index)/)]);
    });
  });
}
