import { beforeAll, expect, it } from '@jest/globals';
import { DatasetEntity, recomputeAggregates } from '@pocketrocket/schema/database';
import { TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';

const fixture = makeFixture();
const [onlyOne] = fixture.movies.slice(10, 11);
if (onlyOne) Object.assign(onlyOne, { title: 'The Only One', releaseYear: 1999 });
const MATCH = `query ($rows: [MovieRowInput!]!) {
  matchMovies(rows: $rows) { movie { movieId title } matchedBy score candidates { movie { movieId } score } }
}`;
const IMPORT = `mutation ($importId: String!, $rows: [ImportedRatingInput!]!) {
  importMyRatings(importId: $importId, rows: $rows) { storedCount rows { movieId outcome } user { ratingCount } }
}`;
const UNDO = `mutation ($importId: String!) {
  undoMyImport(importId: $importId) { restoredCount keptCount user { ratingCount } }
}`;
const RATE = 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { movie { movieId } } }';
const OWN = '{ viewer { ratings(first: 100) { nodes { movie { movieId } rating ratedAt } } } }';

interface Row {
  movieId: number;
  rating: number;
  ratedAt?: string;
}

describeOnEveryDatabase('own ratings', (database) => {
  let api: TestApi;
  let numAccounts = 0;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), null);
  });

  const enter = async () => {
    const email = `own${++numAccounts}@example.org`;
    const { signUp } = await api.query<{ signUp: { token: string } }>(
      'mutation ($email: String!) { signUp(input: { name: "own", email: $email, password: "correct horse" }) { token } }',
      { email },
    );
    return signUp.token;
  };
  const importRows = async (token: string, importId: string, rows: Row[]) => {
    const { importMyRatings } = await api.query<{
      importMyRatings: {
        storedCount: number;
        rows: { movieId: number; outcome: string }[];
        user: { ratingCount: number };
      };
    }>(IMPORT, { importId, rows }, token);
    return importMyRatings;
  };
  const outcomes = async (token: string, importId: string, rows: Row[]) =>
    (await importRows(token, importId, rows)).rows.map(({ outcome }) => outcome);
  const undo = async (token: string, importId: string) =>
    (await api.query<{ undoMyImport: object }>(UNDO, { importId }, token)).undoMyImport;
  const rate = (token: string, movieId: number, rating: number) =>
    api.query(RATE, { input: { movieId, rating } }, token);
  const own = async (token: string) => {
    const { viewer } = await api.query<{
      viewer: {
        ratings: { nodes: { movie: { movieId: number }; rating: number; ratedAt: string | null }[] };
      };
    }>(OWN, {}, token);
    return Object.fromEntries(viewer.ratings.nodes.map(({ movie, rating }) => [movie.movieId, rating]));
  };
  const expectTrueAggregates = async () => {
    const recounted = await recomputeAggregates(database(), false);
    // The fixture rounds damped means.
    expect(recounted.filter(({ table, numDifferent }) => table !== 'movie' && numDifferent > 0)).toEqual([]);
    const { movies } = api.deps.catalogue.current();
    for (let place = 0; place < 8; place++) {
      const { movieId, ratingCount, halfStarSum } = movies.movie(place);
      const [sums] = await database().dataSource.query<{ number: number; total: number | null }[]>(
        'SELECT COUNT(*) AS number, SUM(halfStars) AS total FROM rating WHERE movieId = ?',
        [movieId],
      );
      expect([ratingCount, halfStarSum]).toEqual([Number(sums?.number), Number(sums?.total)]);
    }
  };

  it('are matched by id, else by title and year; what is not sure has candidates', async () => {
    const { matchMovies } = await api.query<{ matchMovies: unknown[] }>(MATCH, {
      rows: [
        { imdbId: 'tt0114709', title: 'Whatever' },
        { title: 'only one, THE', year: 1999 },
        { title: 'Film 01' },
        { title: 'Nothing like it', year: 1950 },
      ],
    });
    expect(matchMovies).toEqual([
      { movie: { movieId: 1, title: 'The Film 01' }, matchedBy: 'IMDB_ID', score: 1, candidates: [] },
      { movie: { movieId: 11, title: 'The Only One' }, matchedBy: 'TITLE', score: 1, candidates: [] },
      {
        movie: null,
        matchedBy: null,
        score: 0.808,
        candidates: [
          { movie: { movieId: 1 }, score: 0.808 },
          { movie: { movieId: 61 }, score: 0.808 },
        ],
      },
      { movie: null, matchedBy: null, score: 0, candidates: [] },
    ]);
    const refused = async (rows: object[]) => (await api.run(MATCH, { rows })).errors[0];
    expect(await refused([{ year: 1990 }])).toMatch(/BAD_USER_INPUT: row 1 has neither a title nor an id/);
    expect(await refused([{ imdbId: 'nm1' }])).toMatch(
      /BAD_USER_INPUT: an IMDb id is written like tt0114709; that of row 1 is “nm1”/,
    );
    expect(await refused(Array.from({ length: 501 }, () => ({ title: 'a' })))).toMatch(
      /BAD_USER_INPUT: rows may have 500 entries/,
    );
  });

  it('find a movie by the ids of others', async () => {
    expect(
      await api.query(
        '{ a: movie(imdbId: "tt0114709") { movieId } b: movie(imdbId: "0114709") { movieId } c: movie(tmdbId: 5) { movieId } }',
      ),
    ).toEqual({ a: { movieId: 1 }, b: { movieId: 1 }, c: null });
    for (const query of ['{ movie { title } }', '{ movie(movieId: 1, tmdbId: 2) { title } }'])
      expect((await api.run(query)).errors[0]).toMatch(
        /BAD_USER_INPUT: give exactly one of movieId, externalId, imdbId, tmdbId/,
      );
  });

  it('are stored in batches, once however often they are sent; undo brings back what was there', async () => {
    const token = await enter();
    await rate(token, 1, 2);
    await rate(token, 2, 3);
    const rows = [
      { movieId: 1, rating: 5 },
      { movieId: 2, rating: 3 },
      { movieId: 3, rating: 4.5, ratedAt: '2020-01-02T00:00:00Z' },
      { movieId: 9_999, rating: 4 },
    ];
    const answer = await importRows(token, 'import-one', rows);
    expect(answer).toEqual({
      storedCount: 2,
      rows: [
        { movieId: 1, outcome: 'STORED' },
        { movieId: 2, outcome: 'UNCHANGED' },
        { movieId: 3, outcome: 'STORED' },
        { movieId: 9_999, outcome: 'UNKNOWN_MOVIE' },
      ],
      user: { ratingCount: 3 },
    });
    expect(await importRows(token, 'import-one', rows)).toEqual(answer);
    expect(await importRows(token, 'import-one', [{ movieId: 4, rating: 1 }])).toMatchObject({
      storedCount: 1,
    });
    expect(await own(token)).toEqual({ 1: 5, 2: 3, 3: 4.5, 4: 1 });
    await expectTrueAggregates();
    expect(await api.query('{ myImports { importId undoneAt ratingCount } }', {}, token)).toEqual({
      myImports: [{ importId: 'import-one', undoneAt: null, ratingCount: 4 }],
    });

    await rate(token, 4, 2);
    expect(await undo(token, 'import-one')).toEqual({
      restoredCount: 2,
      keptCount: 1,
      user: { ratingCount: 3 },
    });
    expect(await own(token)).toEqual({ 1: 2, 2: 3, 4: 2 });
    await expectTrueAggregates();
    expect(await undo(token, 'import-one')).toMatchObject({ restoredCount: 0, keptCount: 0 });
    expect((await api.run(IMPORT, { importId: 'import-one', rows }, token)).errors[0]).toMatch(
      /BAD_USER_INPUT: import import-one was undone/,
    );
    expect(await own(token)).toEqual({ 1: 2, 2: 3, 4: 2 });
  });

  it('do not take the place of later ones, nor of what was rated after a batch that is sent again', async () => {
    const token = await enter();
    await rate(token, 1, 2);
    const old = [{ movieId: 1, rating: 5, ratedAt: '2001-01-01T00:00:00Z' }];
    expect(await outcomes(token, 'later-one', old)).toEqual(['KEPT']);
    const undated = [{ movieId: 2, rating: 5 }];
    expect(await outcomes(token, 'later-one', undated)).toEqual(['STORED']);
    await rate(token, 2, 1);
    expect(await outcomes(token, 'later-one', undated)).toEqual(['STORED']);
    expect(await own(token)).toEqual({ 1: 2, 2: 1 });
    expect(
      await outcomes(token, 'later-two', [
        { movieId: 3, rating: 1 },
        { movieId: 3, rating: 2 },
      ]),
    ).toEqual(['STORED', 'STORED']);
    expect(await own(token)).toEqual({ 1: 2, 2: 1, 3: 2 });
  });

  it('come off in any order where one import replaced another', async () => {
    const token = await enter();
    await rate(token, 1, 1);
    await importRows(token, 'first-of-two', [{ movieId: 1, rating: 2 }]);
    await importRows(token, 'second-of-two', [{ movieId: 1, rating: 3 }]);
    expect(await undo(token, 'first-of-two')).toMatchObject({ restoredCount: 0 });
    expect(await own(token)).toEqual({ 1: 3 });
    expect(await undo(token, 'second-of-two')).toMatchObject({ restoredCount: 1 });
    expect(await own(token)).toEqual({ 1: 1 });
  });

  it('stay as long as one of the imports that brought them stands', async () => {
    const token = await enter();
    const ratedAt = (day: number) => `2020-01-0${day}T00:00:00Z`;
    for (const [name, day] of [
      ['twice-one', 1],
      ['twice-two', 2],
      ['twice-three', 3],
    ] as const)
      await importRows(token, name, [{ movieId: 1, rating: 5, ratedAt: ratedAt(day) }]);
    expect(await undo(token, 'twice-one')).toMatchObject({ restoredCount: 0, keptCount: 1 });
    expect(await undo(token, 'twice-two')).toMatchObject({ restoredCount: 0 });
    expect(await own(token)).toEqual({ 1: 5 });
    expect(await undo(token, 'twice-three')).toMatchObject({ restoredCount: 1 });
    expect(await own(token)).toEqual({});
    await expectTrueAggregates();
  });

  it('of a clock that is fast are sent again without taking the place of later ones', async () => {
    const token = await enter();
    const rows = [{ movieId: 2, rating: 5, ratedAt: '2037-01-01T00:00:00Z' }];
    expect(await outcomes(token, 'fast-clock', rows)).toEqual(['STORED']);
    await rate(token, 2, 1);
    // As if the first batch was some time ago: now is another time.
    await database().dataSource.query(
      'UPDATE rating_import SET startedAtSeconds = startedAtSeconds - 60 WHERE importId = ?',
      ['fast-clock'],
    );
    await database().dataSource.query(
      'UPDATE imported_rating SET ratedAtSeconds = ratedAtSeconds - 60 WHERE importId = ?',
      ['fast-clock'],
    );
    expect(await outcomes(token, 'fast-clock', rows)).toEqual(['STORED']);
    expect(await own(token)).toEqual({ 2: 1 });
  });

  it('come in two imports at the same time', async () => {
    const token = await enter();
    const rows = (rating: number) => [1, 2, 3, 4].map((movieId) => ({ movieId, rating }));
    await Promise.all([
      importRows(token, 'at-once-one', rows(2)),
      importRows(token, 'at-once-two', rows(4)),
      importRows(token, 'at-once-one', rows(2)),
    ]);
    await expectTrueAggregates();
    await Promise.all([undo(token, 'at-once-one'), undo(token, 'at-once-two')]);
    expect(await own(token)).toEqual({});
    await expectTrueAggregates();
  });

  it('are nobody else’s, and bounded', async () => {
    const [ann, bob] = [await enter(), await enter()];
    await importRows(ann, 'same-name', [{ movieId: 5, rating: 5 }]);
    await importRows(bob, 'same-name', [{ movieId: 5, rating: 1 }]);
    await undo(ann, 'same-name');
    expect([await own(ann), await own(bob)]).toEqual([{}, { 5: 1 }]);
    expect((await api.run(UNDO, { importId: 'of-nobody' }, ann)).errors[0]).toMatch(
      /NOT_FOUND: there is no import/,
    );
    const refused = async (variables: object, token?: string) =>
      (await api.run(IMPORT, { ...variables }, token)).errors[0];
    expect(await refused({ importId: 'without-account', rows: [] })).toMatch(/^UNAUTHENTICATED/);
    expect(await refused({ importId: 'short', rows: [] }, ann)).toMatch(
      /BAD_USER_INPUT: importId must have 8 to 64/,
    );
    expect(await refused({ importId: 'off-scale', rows: [{ movieId: 1, rating: 4.2 }] }, ann)).toMatch(
      /BAD_USER_INPUT: a rating must be 0\.5 to 5 in half steps; that of movie 1 is 4\.2/,
    );
    const many = Array.from({ length: 501 }, (_, index) => ({ movieId: index + 1, rating: 1 }));
    expect(await refused({ importId: 'too-many', rows: many }, ann)).toMatch(/rows may have 500 entries/);
    for (let time = 0; time < 21; time++) await importRows(ann, `import-number-${time}`, []);
    // The newest one is kept, whatever its name is among those of the same second.
    await importRows(ann, 'zzzzzzzz', [{ movieId: 6, rating: 5 }]);
    expect(await undo(ann, 'zzzzzzzz')).toMatchObject({ restoredCount: 1 });
    const { myImports } = await api.query<{ myImports: unknown[] }>('{ myImports { importId } }', {}, ann);
    expect(myImports).toHaveLength(20);
  });

  it('of a data set that has gone are neither continued nor undone: other movies have its numbers', async () => {
    const token = await enter();
    await importRows(token, 'before-replace', [{ movieId: 6, rating: 5 }]);
    const datasets = database().dataSource.getRepository(DatasetEntity);
    const [held] = await datasets.find();
    await datasets.update({ datasetId: 1 }, { identity: 'sha256:another' });
    const errors = [
      await api.run(IMPORT, { importId: 'before-replace', rows: [{ movieId: 7, rating: 1 }] }, token),
      await api.run(UNDO, { importId: 'before-replace' }, token),
    ].map(({ errors: [error] }) => error);
    await datasets.update({ datasetId: 1 }, { identity: held?.identity ?? '' });
    expect(errors).toEqual([
      expect.stringMatching(/BAD_USER_INPUT: import before-replace is of another data set/),
      expect.stringMatching(/BAD_USER_INPUT: .* replaced since: it cannot be undone/),
    ]);
    expect(await own(token)).toEqual({ 6: 5 });
  });
});
