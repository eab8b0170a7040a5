import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeRatings,
  FIRST_OVERLAY_MOVIE_ID,
  GenreEntity,
  importRatings,
  MovieEntity,
  recomputeAggregates,
  undoImport,
  UserEntity,
} from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { TestApi } from '../../test/api.ts';
import { makeAppKey } from '../../test/appKey.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture, USER_WITHOUT_RATINGS } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

const UPSERT = `mutation ($movies: [MovieInput!]!) {
  upsertMovies(movies: $movies) { createdCount updatedCount movies { movieId externalId title releaseYear overview posterUrl imdbUrl genres { name } } }
}`;
const DELETE = `mutation ($externalIds: [String!]!) { deleteMovies(externalIds: $externalIds) { deletedCount unknownExternalIds } }`;
const BY_IDS = `query ($movieIds: [Int!], $externalIds: [String!]) {
  moviesByIds(movieIds: $movieIds, externalIds: $externalIds) { movieId title }
}`;

interface Written {
  createdCount: number;
  updatedCount: number;
  movies: { movieId: number; externalId: string; title: string; genres: { name: string }[] }[];
}

describeOnEveryDatabase('movies of apps', (database) => {
  let api: TestApi;
  let key: string;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
    ({ key } = await makeAppKey(database()));
  });

  const upsert = async (movies: object[], token = key): Promise<Written> =>
    (await api.query<{ upsertMovies: Written }>(UPSERT, { movies }, token)).upsertMovies;
  const remove = async (externalIds: string[], token = key) =>
    (
      await api.query<{ deleteMovies: { deletedCount: number; unknownExternalIds: string[] } }>(
        DELETE,
        { externalIds },
        token,
      )
    ).deleteMovies;
  const byIds = async (variables: object, token = key) =>
    (
      await api.query<{ moviesByIds: ({ movieId: number; title: string } | null)[] }>(
        BY_IDS,
        { ...variables },
        token,
      )
    ).moviesByIds;
  const genreCount = async (name: string) =>
    (await database().dataSource.getRepository(GenreEntity).findOneBy({ name }))?.movieCount ?? null;
  const wrongAggregates = async () =>
    (await recomputeAggregates(database(), false))
      // The fixture rounds the damped means.
      .filter(({ example }) => example !== null && !example.includes('weightedRating'));

  const NEW = {
    externalId: 'sku-1',
    title: 'Zeppelin Over Zagreb (1987)',
    genres: ['western', 'Aviation'],
    overview: 'An airship.\n\nA city.',
    posterUrl: 'https://example.org/z.jpg',
    imdbId: 'tt9000001',
  };

  it('are found by number whatever key is sent, and by an id of an app only with one that holds', async () => {
    const revoked = 'pr_0123456789abcdef_no-secret-of-any-key';
    const [first] = fixture.movies;
    expect(await byIds({ movieIds: [first?.movieId] }, revoked)).toEqual([
      { movieId: first?.movieId, title: first?.title },
    ]);
    await expect(byIds({ externalIds: ['sku-1'] }, revoked)).rejects.toThrow(/UNAUTHENTICATED/);
  });

  it('are seen by everybody, with genres as the data set spells them, and numbers of their own', async () => {
    const westerns = (await genreCount('Western')) ?? 0;
    const written = await upsert([NEW]);
    expect(written).toMatchObject({
      createdCount: 1,
      updatedCount: 0,
      movies: [
        {
          movieId: FIRST_OVERLAY_MOVIE_ID,
          externalId: 'sku-1',
          title: 'Zeppelin Over Zagreb',
          releaseYear: 1987,
          overview: NEW.overview,
          posterUrl: NEW.posterUrl,
          imdbUrl: 'https://www.imdb.com/title/tt9000001/',
          genres: [{ name: 'Aviation' }, { name: 'Western' }],
        },
      ],
    });
    expect([await genreCount('Western'), await genreCount('Aviation')]).toEqual([westerns + 1, 1]);
    const { movie } = await api.query<{ movie: object }>(
      '{ movie(imdbId: "tt9000001") { title externalId ratingCount overview } }',
    );
    expect(movie).toEqual({
      title: 'Zeppelin Over Zagreb',
      externalId: String(FIRST_OVERLAY_MOVIE_ID),
      ratingCount: 0,
      overview: NEW.overview,
    });
    expect(await upsert([NEW])).toMatchObject({ createdCount: 0, updatedCount: 1 });
  });

  it('are found, listed and proposed by content once the catalogue has looked', async () => {
    await api.deps.catalogue.refresh();
    const answer = await api.query<{
      searchMovies: { movieId: number }[];
      genre: { movieCount: number; movies: { nodes: { movieId: number }[] } };
      user: { recommendations: { edges: { node: { movie: { movieId: number }; sources: string[] } }[] } };
    }>(
      `{ searchMovies(query: "zepelin") { movieId }
         genre(name: "Aviation") { movieCount movies { nodes { movieId } } }
         user(userId: 1) { recommendations(first: 1, filter: { genres: ["Aviation"] }) { edges { node { movie { movieId } sources } } } } }`,
    );
    expect(answer.searchMovies).toEqual([{ movieId: FIRST_OVERLAY_MOVIE_ID }]);
    expect(answer.genre).toEqual({ movieCount: 1, movies: { nodes: [{ movieId: FIRST_OVERLAY_MOVIE_ID }] } });
    expect(answer.user.recommendations.edges).toEqual([
      { node: { movie: { movieId: FIRST_OVERLAY_MOVIE_ID }, sources: ['CONTENT'] } },
    ]);
  });

  it('that the data set has under the same id there are another name of those, and change nothing else', async () => {
    const before = await database().dataSource.getRepository(MovieEntity).findOneBy({ movieId: 1 });
    const written = await upsert([{ externalId: 'toy', title: 'Something else', imdbId: 'tt0114709' }]);
    expect(written.movies).toMatchObject([{ movieId: 1, externalId: 'toy', title: before?.title }]);
    expect(await database().dataSource.getRepository(MovieEntity).findOneBy({ movieId: 1 })).toEqual(before);
    expect(await byIds({ externalIds: ['toy', 'sku-1', '2', 'no such id'] })).toMatchObject([
      { movieId: 1 },
      { movieId: FIRST_OVERLAY_MOVIE_ID },
      { movieId: 2 },
      null,
    ]);
    expect(await byIds({ movieIds: [3, 999_999, 3] })).toMatchObject([{ movieId: 3 }, null, { movieId: 3 }]);
    expect(await remove(['toy', 'toy'])).toEqual({ deletedCount: 1, unknownExternalIds: [] });
    expect(await byIds({ externalIds: ['toy'] })).toEqual([null]);
    expect(await byIds({ movieIds: [1] })).toMatchObject([{ movieId: 1 }]);
  });

  it("are never found by another app's ids", async () => {
    const other = await makeAppKey(database());
    expect(await byIds({ externalIds: ['sku-1'] }, other.key)).toEqual([null]);
    expect(await remove(['sku-1'], other.key)).toEqual({ deletedCount: 0, unknownExternalIds: ['sku-1'] });
    const { movie } = await api.query<{ movie: object }>(
      `{ movie(movieId: ${FIRST_OVERLAY_MOVIE_ID}) { externalId } }`,
      {},
      other.key,
    );
    expect(movie).toEqual({ externalId: String(FIRST_OVERLAY_MOVIE_ID) });
  });

  it('stay where one of two apps deletes them, as the other describes them', async () => {
    const other = await makeAppKey(database());
    const [own] = (await upsert([{ externalId: 'both', title: 'First words', imdbId: 'tt9000002' }])).movies;
    const [same] = (
      await upsert(
        [{ externalId: 'b', title: 'Other words', genres: ['Drama'], imdbId: 'tt9000002' }],
        other.key,
      )
    ).movies;
    expect(same).toMatchObject({ movieId: own?.movieId, title: 'First words' });
    await remove(['both']);
    expect(await byIds({ movieIds: [own?.movieId] })).toMatchObject([{ title: 'Other words' }]);
    // The first app's description is another name of it now.
    expect((await upsert([{ externalId: 'both', title: 'Third words' }])).movies).toMatchObject([
      { movieId: own?.movieId, title: 'Other words' },
    ]);
    await remove(['b'], other.key);
    expect(await byIds({ movieIds: [own?.movieId] })).toMatchObject([{ title: 'Third words' }]);
    await remove(['both']);
    expect(await byIds({ movieIds: [own?.movieId] })).toEqual([null]);
  });

  it('that are deleted are nowhere, and come back with their ratings', async () => {
    const movieId = FIRST_OVERLAY_MOVIE_ID;
    const user = USER_WITHOUT_RATINGS;
    const rated = () => database().dataSource.getRepository(UserEntity).findOneByOrFail({ userId: user });
    await database().transaction((manager) =>
      changeRatings(
        manager,
        user,
        new Map([
          [movieId, { from: null, to: { halfStars: 9, ratedAtSeconds: 5 } }],
          [2, { from: null, to: { halfStars: 4, ratedAtSeconds: 6 } }],
        ]),
        3.5,
      ),
    );
    const before = await rated();
    const told: number[] = [];
    const stop = api.deps.changes.onChange((userIds) => told.push(...userIds));
    expect(await remove(['sku-1', 'unknown'])).toEqual({ deletedCount: 1, unknownExternalIds: ['unknown'] });
    // Whose lists are subscribed to hears of it, as of a rating.
    await until('the change is told', () => told.length > 0);
    expect(told.splice(0)).toEqual([user]);
    await api.deps.catalogue.refresh();
    const everywhere = `{ movie(movieId: ${movieId}) { title } byImdb: movie(imdbId: "tt9000001") { title } searchMovies(query: "zeppelin") { title }
      genre(name: "Aviation") { name } genres { name } movies(first: 100) { totalCount }
      node(id: "${Buffer.from(`Movie:${movieId}`).toString('base64')}") { id } moviesByIds(movieIds: [${movieId}]) { title }
      recommendFor(ratings: [{ movieId: 2, rating: 5 }], first: 100) { edges { node { movie { movieId } } } } }`;
    interface Everywhere {
      movie: null;
      byImdb: null;
      searchMovies: [];
      genre: null;
      genres: { name: string }[];
      node: null;
      movies: { totalCount: number };
      moviesByIds: null[];
      recommendFor: { edges: { node: { movie: { movieId: number } } }[] };
    }
    const gone = await api.query<Everywhere>(everywhere);
    expect(gone).toMatchObject({ movie: null, byImdb: null, searchMovies: [], genre: null, node: null });
    expect(gone.moviesByIds).toEqual([null]);
    expect(gone.genres).not.toContainEqual({ name: 'Aviation' });
    expect(gone.movies.totalCount).toBe(fixture.movies.length);
    expect(gone.recommendFor.edges.map(({ node }) => node.movie.movieId)).not.toContain(movieId);
    expect(await rated()).toMatchObject({ ratingCount: 1, halfStarSum: 4, ratingsVersion: 2 });
    expect(await wrongAggregates()).toEqual([]);

    const back = await upsert([{ ...NEW, genres: ['Drama', 'Aviation', 'drama'] }]);
    expect(back).toMatchObject({ createdCount: 0, updatedCount: 1, movies: [{ movieId }] });
    expect(back.movies[0]?.genres).toEqual([{ name: 'Aviation' }, { name: 'Drama' }]);
    expect(await rated()).toEqual({ ...before, ratingsVersion: 3 });
    const { movie } = await api.query<{ movie: object }>(
      `{ movie(movieId: ${movieId}) { ratingCount averageRating } }`,
    );
    expect(movie).toEqual({ ratingCount: 1, averageRating: 4.5 });
    expect(await wrongAggregates()).toEqual([]);
    await until('that it is back is told', () => told.length > 0);
    expect(told.splice(0)).toEqual([user]);
    await upsert([{ ...NEW, genres: ['Horror'], title: 'Zeppelin' }]);
    await until('that its genres are others is told', () => told.length > 0);
    expect(told.splice(0)).toEqual([user]);
    stop();
    expect(await wrongAggregates()).toEqual([]);
    await api.deps.catalogue.refresh();
    expect(api.deps.catalogue.current().movie(movieId)).toMatchObject({ title: 'Zeppelin', ratingCount: 1 });
    expect(api.deps.catalogue.current().genresOf(movieId)).toMatchObject([{ name: 'Horror' }]);
  });

  it('that are deleted are in no figure of an app’s user who rated them, until they are back', async () => {
    const film = { externalId: 'rated', title: 'Rated by a user of an app', genres: ['Western'] };
    const movieId = (await upsert([film])).movies[0]?.movieId;
    const events = [
      { eventId: 'of-deleted', userExternalId: 'rater', kind: 'DISLIKE', movieId },
      { eventId: 'of-another', userExternalId: 'rater', kind: 'LIKE', movieId: 7 },
    ];
    const RECORD = `mutation ($events: [EventInput!]!) { recordEvents(events: $events) { storedCount } }`;
    await api.query(RECORD, { events }, key);
    const figures = async () =>
      (
        await api.query<{ user: object }>(
          `{ user(externalId: "rater") { ratingCount averageRating lowestRating ratings { totalCount nodes { rating } }
             low: ratings(filter: { maxRating: 2 }) { totalCount } } }`,
          {},
          key,
        )
      ).user;
    const both = await figures();
    expect(both).toMatchObject({ ratingCount: 2, averageRating: 3, lowestRating: 1, low: { totalCount: 1 } });
    await remove(['rated']);
    expect(await figures()).toEqual({
      ...{ ratingCount: 1, averageRating: 5, lowestRating: 5 },
      ...{ ratings: { totalCount: 1, nodes: [{ rating: 5 }] }, low: { totalCount: 0 } },
    });
    await upsert([film]);
    expect(await figures()).toEqual(both);
  });

  it('come back without ratings of an import that was undone while they were gone, and with those of before', async () => {
    const { movies } = await upsert(
      ['undone', 'rated before'].map((title) => ({ ...NEW, externalId: title, title, imdbId: null })),
    );
    const [undone = 0, before = 0] = movies.map(({ movieId }) => movieId);
    const own = { userId: USER_WITHOUT_RATINGS, nowSeconds: 1_700_000_000 };
    const bring = (importId: string, halfStars: number, movieIds: number[]) =>
      database().transaction((manager) =>
        importRatings(manager, {
          ...own,
          importId,
          rows: movieIds.map((movieId) => ({ movieId, halfStars, ratedAtSeconds: 1_000 * halfStars })),
        }),
      );
    await bring('first', 4, [before]);
    await bring('second', 9, [undone, before]);
    await remove(['undone', 'rated before']);
    const outcome = await database().transaction((manager) =>
      undoImport(manager, { ...own, importId: 'second' }),
    );
    expect(outcome).toMatchObject({ status: 'undone', numRestored: 2, numKept: 0 });
    await upsert(
      ['undone', 'rated before'].map((title) => ({ ...NEW, externalId: title, title, imdbId: null })),
    );
    expect(
      await database().dataSource.query(
        'SELECT movieId, halfStars FROM rating WHERE userId = ? AND movieId IN (?, ?)',
        [own.userId, undone, before],
      ),
    ).toEqual([{ movieId: before, halfStars: 4 }]);
    expect(await wrongAggregates()).toEqual([]);
    await database().transaction((manager) => undoImport(manager, { ...own, importId: 'first' }));
    await remove(['undone', 'rated before']);
  });

  it('may have genres of any name', async () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const written = await upsert([{ externalId: 'named', title: 'Named', genres: names }]);
    expect(written.movies[0]?.genres.map(({ name }) => name).sort()).toEqual(names);
    await remove(['named']);
  });

  it('that two calls write at the same time are there once, under numbers of their own', async () => {
    const movies = (from: number) =>
      Array.from({ length: 20 }, (_, at) => ({
        externalId: `same-${at + from}`,
        title: `Film of all ${at + from}`,
        genres: [`Genre ${at % 3}`],
        tmdbId: 5_000_000 + at + from,
      }));
    const other = await makeAppKey(database());
    const [one, two, three] = await Promise.all([
      upsert(movies(0)),
      upsert(movies(10)),
      upsert(movies(5), other.key),
    ]);
    const ids = new Map<string, Set<number>>();
    for (const { title, movieId } of [one, two, three].flatMap((written) => written?.movies ?? []))
      ids.set(title, (ids.get(title) ?? new Set()).add(movieId));
    expect(ids.size).toBe(30);
    expect([...ids.values()].map(({ size }) => size)).toEqual(Array(30).fill(1));
    expect(new Set([...ids.values()].flatMap((set) => [...set])).size).toBe(30);
    expect(await wrongAggregates()).toEqual([]);
  });

  it('take 500 a call', async () => {
    const movies = Array.from({ length: 500 }, (_, at) => ({
      externalId: `many-${at}`,
      title: `Many films ${at}`,
      genres: ['Drama'],
    }));
    expect(await upsert(movies)).toMatchObject({ createdCount: 500 });
    expect(await upsert(movies)).toMatchObject({ createdCount: 0, updatedCount: 500 });
    expect(await remove(movies.map(({ externalId }) => externalId))).toMatchObject({ deletedCount: 500 });
  });

  describe('are refused', () => {
    const film = { externalId: 'x', title: 'X' };
    it.each([
      [
        'too many',
        Array.from({ length: 501 }, (_, at) => ({ ...film, externalId: `${at}` })),
        'movies may have 500 entries',
      ],
      ['twice the same id', [film, { ...film, externalId: ' x ' }], 'stands twice'],
      ['no id', [{ ...film, externalId: ' ' }], 'externalId of movie 1 is empty'],
      ['a long id', [{ ...film, externalId: 'x'.repeat(201) }], 'may have 200 characters'],
      ['no title', [{ ...film, title: '\t' }], 'title of movie “x” is empty'],
      ['half a character', [{ ...film, title: 'a\ud800' }], 'halves of characters'],
      ['a year before films', [{ ...film, releaseYear: 1700 }], 'between 1800 and 2199'],
      ['a long genre', [{ ...film, genres: ['g'.repeat(61)] }], 'may have 60 characters'],
      [
        'many genres',
        [{ ...film, genres: Array.from({ length: 21 }, (_, at) => `g${at}`) }],
        'may have 20 entries',
      ],
      ['a script as poster', [{ ...film, posterUrl: 'javascript:alert(1)' }], 'begins with https://'],
      ['a long overview', [{ ...film, overview: 'o'.repeat(5_001) }], 'may have 5000 characters'],
      ['no IMDb id', [{ ...film, imdbId: 'nm0000001x' }], 'written like tt0114709'],
      ['no TMDB id', [{ ...film, tmdbId: -1 }], 'must be above 0'],
    ])('%s', async (_what, movies, reason) => {
      const { errors } = await api.run(UPSERT, { movies }, key);
      expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT/)]);
      expect(errors[0]).toContain(reason);
    });

    it('without a key that may, and both or none of two lists', async () => {
      const reads = await makeAppKey(database(), { scopes: ['read', 'write:events'] });
      for (const [source, variables] of [
        [UPSERT, { movies: [film] }],
        [DELETE, { externalIds: ['x'] }],
      ] as const) {
        expect((await api.run(source, variables)).errors).toEqual([
          expect.stringMatching(/^UNAUTHENTICATED/),
        ]);
        expect((await api.run(source, variables, reads.key)).errors).toEqual([
          expect.stringMatching(/^FORBIDDEN/),
        ]);
      }
      for (const variables of [{}, { movieIds: [1], externalIds: ['1'] }])
        expect((await api.run(BY_IDS, variables)).errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT/)]);
    });
  });
});
