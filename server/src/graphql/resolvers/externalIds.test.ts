import { beforeAll, expect, it } from '@jest/globals';
import { FIRST_MAPPED_ID } from '@pocketrocket/formats';
import { TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture, type Fixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const MAPPED = FIRST_MAPPED_ID + 7;

/** The fixture with movie 1 and user 1 as number 0, and movie 2 and user 2 as ones whose ids are no plain numbers. */
function withOddIds({ movies, userIds, ratings, ...fixture }: Fixture): Fixture {
  const renamed = (id: number) => (id === 1 ? 0 : id === 2 ? MAPPED : id);
  return {
    ...fixture,
    movies: movies.map((movie) => ({ ...movie, movieId: renamed(movie.movieId) })),
    userIds: userIds.map(renamed),
    ratings: ratings.map((rating) => ({
      ...rating,
      userId: renamed(rating.userId),
      movieId: renamed(rating.movieId),
    })),
  };
}

const fixture = withOddIds(makeFixture());
const titleOf = (id: number) => fixture.movies.find(({ movieId }) => movieId === id)?.title;

describeOnEveryDatabase('ids of any kind', (database) => {
  let api: TestApi;
  let token: string;
  let userId: number;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    const add = (kind: string, namespace: string, externalId: string, number: number) =>
      database().dataSource.query(
        `INSERT INTO ${kind}_external_id (namespace, externalId, ${kind}Id) VALUES (?, ?, ?)`,
        [namespace, externalId, number],
      );
    await add('movie', 'dataset', 'tt0111161', MAPPED);
    await add('user', 'dataset', UUID, MAPPED);
    // Of another party, which must not be found as one of the data set's.
    await add('movie', 'app', 'their-film', 3);
    await add('movie', 'app', 'tt0111161', 4);
    await add('user', 'app', 'their-user', 3);
    api = await TestApi.open(database(), makeModel(fixture));
    const { signUp } = await api.query<{ signUp: { token: string; user: { userId: number } } }>(
      'mutation { signUp(input: { name: "Ann", email: "ann@example.org", password: "correct horse" }) { token user { userId } } }',
    );
    ({ token } = signUp);
    ({ userId } = signUp.user);
  });
  const makeAdmin = (role: string) =>
    database().dataSource.query('UPDATE account SET role = ? WHERE userId = ?', [role, userId]);

  it('find a movie and are told of it, in lists too, without a statement where the number is the id', async () => {
    const { data, statements } = await api.run(
      `{ mapped: movie(externalId: "tt0111161") { movieId externalId title }
         spaced: movie(externalId: " 0000.0 ") { movieId externalId }
         plain: movie(externalId: "3") { movieId externalId }
         none: movie(externalId: "their-film") { movieId }
         empty: movie(externalId: "") { movieId }
         number: movie(movieId: ${MAPPED}) { externalId } }`,
    );
    expect(data).toEqual({
      mapped: { movieId: MAPPED, externalId: 'tt0111161', title: titleOf(MAPPED) },
      spaced: { movieId: 0, externalId: '0' },
      plain: { movieId: 3, externalId: '3' },
      none: null,
      empty: null,
      number: { externalId: 'tt0111161' },
    });
    // One for all external ids asked by, one or two for the movies, one for the external ids told.
    expect(statements.length).toBeLessThanOrEqual(4);
    const list = await api.run<{ movies: { nodes: { movieId: number; externalId: string }[] } }>(
      '{ movies(first: 100, orderBy: TITLE_ASC) { nodes { movieId externalId } } }',
    );
    for (const { movieId, externalId } of list.data.movies.nodes)
      expect(externalId).toBe(movieId === MAPPED ? 'tt0111161' : String(movieId));
    expect(list.statements.filter((sql) => sql.includes('movie_external_id'))).toHaveLength(1);
    const plain = await api.run('{ movie(movieId: 3) { externalId } }');
    expect(plain.statements).toHaveLength(1);
  });

  it('are asked for one at a time', async () => {
    for (const [field, given] of [
      ['movie', ''],
      ['movie', '(movieId: 1, externalId: "1")'],
      ['movie', '(movieId: null, externalId: null)'],
      ['user', ''],
      ['user', '(userId: 1, externalId: "1")'],
    ]) {
      const { data, errors } = await api.run(`{ ${field}${given} { id } }`);
      expect(data).toEqual({ [field ?? '']: null });
      expect(errors[0]).toMatch(/^BAD_USER_INPUT: give exactly one of \w+Id, externalId/);
    }
  });

  it('of users are for administrators alone, as they may be names', async () => {
    const find = `{ user(externalId: "${UUID}") { userId externalId ratingCount } }`;
    const tell = `{ user(userId: ${MAPPED}) { name externalId } }`;
    for (const query of [find, tell]) {
      expect((await api.run(query)).errors[0]).toMatch(/^UNAUTHENTICATED/);
      expect((await api.run(query, {}, token)).errors[0]).toMatch(/^FORBIDDEN/);
    }
    expect(JSON.stringify((await api.run(tell)).data)).not.toContain(UUID);
    await makeAdmin('admin');
    const own = fixture.ratings.filter((rating) => rating.userId === MAPPED);
    expect(await api.query(find, {}, token)).toEqual({
      user: { userId: MAPPED, externalId: UUID, ratingCount: own.length },
    });
    expect(
      await api.query(
        `{ account: user(externalId: "${userId}") { name } viewer { externalId } zero: user(externalId: "0") { userId externalId }
           none: user(externalId: "their-user") { name } }`,
        {},
        token,
      ),
    ).toEqual({
      // The number of an account is no id of the data set.
      account: null,
      viewer: { externalId: null },
      zero: { userId: 0, externalId: '0' },
      none: null,
    });
    await makeAdmin('user');
  });

  it.each([0, MAPPED])('leave the user of number %i as public as all of the data set', async (number) => {
    const own = fixture.ratings.filter((rating) => rating.userId === number);
    const { user } = await api.query<{
      user: { ratings: { totalCount: number }; recommendations: { nodes: unknown[]; served: object } };
    }>(
      `{ user(userId: ${number}) { sharesRatings ratingCount ratings { totalCount }
           recommendations(first: 5) { nodes { movie { movieId } } served { ranker } } } }`,
    );
    expect(user).toMatchObject({
      sharesRatings: true,
      ratingCount: own.length,
      ratings: { totalCount: own.length },
      recommendations: { served: { ranker: 'NEURAL_CF' } },
    });
    expect(user.recommendations.nodes).toHaveLength(5);
    const { movie } = await api.query<{ movie: { fans: { userId: number }[] } }>(
      `{ movie(movieId: ${own[0]?.movieId}) { fans(first: 100) { userId } } }`,
    );
    expect(movie.fans.map((fan) => fan.userId)).toContain(number);
  });

  it.each([0, MAPPED])(
    'let the movie of number %i be rated, liked, excluded, found as a node and left out',
    async (number) => {
      const rate = (rating: number) =>
        api.query<{ rateMovie: { movie: { movieId: number; viewerRating: number } } }>(
          `mutation { rateMovie(input: { movieId: ${number}, rating: ${rating} }) { movie { movieId viewerRating } } }`,
          {},
          token,
        );
      expect(await rate(4.5)).toEqual({ rateMovie: { movie: { movieId: number, viewerRating: 4.5 } } });
      expect(
        await api.query(
          `mutation { unrateMovie(input: { movieId: ${number} }) { movie { movieId viewerRating } } }`,
          {},
          token,
        ),
      ).toEqual({ unrateMovie: { movie: { movieId: number, viewerRating: null } } });
      const { movie, all, without } = await api.query<{
        movie: { id: string; similar: unknown[] };
        all: { totalCount: number };
        without: { totalCount: number };
      }>(
        `{ movie(movieId: ${number}) { id similar(first: 3) { movie { movieId } } }
         all: movies { totalCount } without: movies(filter: { excludeMovieIds: [${number}] }) { totalCount } }`,
      );
      expect(movie.similar).toHaveLength(3);
      expect(without.totalCount).toBe(all.totalCount - 1);
      expect(await api.query(`{ node(id: "${movie.id}") { ... on Movie { movieId } } }`)).toEqual({
        node: { movieId: number },
      });
      const { recommendFor } = await api.query<{
        recommendFor: { nodes: { movie: { movieId: number }; reasons: { movie: { movieId: number } }[] }[] };
      }>(
        `{ recommendFor(ratings: [{ movieId: ${number}, rating: 5 }, { movieId: 7, rating: 4 }], first: 50) {
           nodes { movie { movieId } reasons { movie { movieId } } } } }`,
      );
      expect(recommendFor.nodes.map((node) => node.movie.movieId)).not.toContain(number);
      const reasons = recommendFor.nodes.flatMap((node) =>
        node.reasons.map((reason) => reason.movie.movieId),
      );
      expect(reasons).toContain(number);
    },
  );
});
