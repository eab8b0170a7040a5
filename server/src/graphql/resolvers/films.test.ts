import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { openTmdbDouble, until, type TmdbDouble } from '@pocketrocket/testing';
import { TestApi, silentLogger } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { TmdbSource } from '../../tmdb/filmSource.ts';
import { Tmdb } from '../../tmdb/tmdb.ts';
import { createTmdbClient } from '../../tmdb/tmdbClient.ts';

const fixture = makeFixture();
/** Others bear the titles of the fixture too: these two get some of their own. */
const LINKED = { tmdbId: 862, imdbId: 114_709, title: 'The Copper Kite', year: 1950 };
const BY_TITLE = { tmdbId: 868, imdbId: null, title: 'Paper Lanterns', year: 1971 };
const RENAMED = [
  { movieId: 1, ...LINKED },
  { movieId: 4, ...BY_TITLE },
];
/** Plays in both films of the double: their numbers differ by as many people as there are. */
const ACTOR = 9_005;

const DETAILS = `hasDetails details { tmdbId overview runtimeMinutes trailerYoutubeId backdropUrl watchCountries
  directors { name } cast(first: 2) { character person { personId name photoUrl } } whereToWatch(country: "US") { kind service } }`;

describeOnEveryDatabase('films and people', (database) => {
  let double: TmdbDouble;
  let api: TestApi;
  let tmdb: Tmdb;
  beforeAll(async () => {
    double = await openTmdbDouble([LINKED, BY_TITLE]);
    await fillDatabase(database(), fixture);
    for (const { movieId, title, year } of RENAMED)
      await database().dataSource.query('UPDATE movie SET title = ?, releaseYear = ? WHERE movieId = ?', [
        title,
        year,
        movieId,
      ]);
    const tags = [
      [1, 1, 'mind-bending', 3],
      [2, 1, 'mind-bending', 5],
      [2, 2, 'rain', 1],
      [3, 1, 'mind-bending', 3],
    ];
    for (const row of tags)
      await database().dataSource.query(
        'INSERT INTO movie_tag (movieId, place, tag, tagCount) VALUES (?, ?, ?, ?)',
        row,
      );
  });
  beforeEach(async () => {
    double.fail(null);
    const client = createTmdbClient({
      origin: double.url,
      key: double.key,
      perSecond: 1_000,
      logger: silentLogger,
    });
    const store = { read: async () => null, write: async () => undefined };
    tmdb = new Tmdb({ client, store, maxBytes: 1_000_000, logger: silentLogger });
    api = await TestApi.open(database(), null, { films: new TmdbSource(tmdb, 'https://images.example') });
  });
  afterEach(() => tmdb.close());
  afterAll(() => double.close());

  it('tell what TMDB knows', async () => {
    const { movie, other } = await api.query<{ movie: unknown; other: unknown }>(
      `{ movie(movieId: 1) { ${DETAILS} } other: movie(movieId: 2) { ${DETAILS} } }`,
    );
    expect(movie).toEqual({
      hasDetails: true,
      details: {
        tmdbId: 862,
        overview: expect.stringContaining(`The synopsis of ${LINKED.title}`),
        runtimeMinutes: 112,
        trailerYoutubeId: 'trailer-862',
        backdropUrl: 'https://images.example/t/p/w1280/still862.jpg',
        watchCountries: ['DE', 'US'],
        directors: [{ name: 'Tomas Reyle' }],
        cast: [
          {
            character: 'Part 1',
            person: { personId: 9_005, name: 'Lena Brandt', photoUrl: expect.any(String) },
          },
          { character: 'Part 2', person: { personId: 9_006, name: 'Noor Haddad', photoUrl: null } },
        ],
        whereToWatch: [
          { kind: 'STREAM', service: 'Streamly' },
          { kind: 'RENT', service: 'Rentbox' },
          { kind: 'RENT', service: 'Kiosk' },
        ],
      },
    });
    expect(other).toEqual({ hasDetails: false, details: null });
  });

  it('find people and those of their films that are here, by number or by title and year', async () => {
    const { searchPeople } = await api.query<{ searchPeople: unknown }>(
      `{ searchPeople(query: " brandt ") { personId name knownFor biography tmdbUrl movies { roles movie { movieId } } } }`,
    );
    expect(searchPeople).toEqual([
      {
        personId: ACTOR,
        name: 'Lena Brandt',
        knownFor: 'Acting',
        biography: 'Lena Brandt began on a small stage.',
        tmdbUrl: 'https://www.themoviedb.org/person/9005',
        movies: expect.arrayContaining([
          { roles: expect.arrayContaining(['Part 1']), movie: { movieId: 1 } },
          { roles: expect.arrayContaining(['Part 1']), movie: { movieId: 4 } },
        ]),
      },
    ]);
    expect(
      await api.query('{ none: person(personId: 4) { name } wrong: person(personId: -1) { name } }'),
    ).toEqual({
      none: null,
      wrong: null,
    });
  });

  it('give posters once they are known', async () => {
    const ask = () =>
      api.query<{ movie: { posterUrl: string | null } }>('{ movie(movieId: 1) { posterUrl } }');
    expect((await ask()).movie.posterUrl).toBeNull();
    await until('the poster is there', async () => (await ask()).movie.posterUrl !== null);
    expect((await ask()).movie.posterUrl).toBe('https://images.example/t/p/w342/poster862.jpg');
  });

  it('fail alone while TMDB does', async () => {
    double.fail(500);
    const { data, errors } = await api.run(
      '{ movie(movieId: 1) { title posterUrl hasDetails details { overview } } searchPeople(query: "ida") { name } }',
    );
    expect(data).toEqual({
      movie: { title: LINKED.title, posterUrl: null, hasDetails: true, details: null },
      searchPeople: null,
    });
    expect(errors.sort()).toEqual([
      'UPSTREAM_UNAVAILABLE: TMDB answered 500 (movie.details)',
      'UPSTREAM_UNAVAILABLE: TMDB answered 500 (searchPeople)',
    ]);
  });

  it('are null without a key', async () => {
    const without = await TestApi.open(database(), null);
    expect(
      await without.query(
        '{ movie(movieId: 1) { posterUrl hasDetails details { overview } } person(personId: 9001) { name } searchPeople(query: "ida") { name } }',
      ),
    ).toEqual({
      movie: { posterUrl: null, hasDetails: false, details: null },
      person: null,
      searchPeople: null,
    });
  });

  it('refuse arguments that cannot be meant', async () => {
    const { errors } = await api.run(
      `{ movie(movieId: 1) { details { whereToWatch(country: "Germany") { service } cast(first: 0) { character } } }
         searchPeople(query: " ") { name } moviesByTag(tag: "") { totalCount } }`,
    );
    expect(errors.map((error) => error.slice(0, 40)).sort()).toEqual([
      expect.stringMatching(/^BAD_USER_INPUT: country is written/),
      expect.stringMatching(/^BAD_USER_INPUT: first must be/),
      expect.stringMatching(/^BAD_USER_INPUT: query must have 1/),
      expect.stringMatching(/^BAD_USER_INPUT: tag must have 1/),
    ]);
  });

  it('are found by a tag, page by page, those given it most often first', async () => {
    const page = (after: string | null) =>
      api.query<{
        moviesByTag: { totalCount: number; nodes: { movieId: number }[]; pageInfo: { endCursor: string } };
      }>(
        'query ($after: String) { moviesByTag(tag: "Mind-Bending", first: 2, after: $after) { totalCount nodes { movieId } pageInfo { endCursor } } }',
        { after },
      );
    const { moviesByTag: one } = await page(null);
    expect([one.totalCount, ...one.nodes.map(({ movieId }) => movieId)]).toEqual([3, 2, 1]);
    const { moviesByTag: two } = await page(one.pageInfo.endCursor);
    expect(two.nodes).toEqual([{ movieId: 3 }]);
    expect(await api.query('{ moviesByTag(tag: "%") { totalCount } }')).toEqual({
      moviesByTag: { totalCount: 0 },
    });
  });
});
