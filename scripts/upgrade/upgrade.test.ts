import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askGraphql } from '../topology/graphql.ts';
import { until } from '@pocketrocket/testing';
import { PATIENCE_MS, type Environment, type RunningServer } from '../topology/processes.ts';
import type { Topology } from '../topology/topology.ts';
import { openHomeOf } from './fixtures.ts';

const mysqlUrl = process.env['TEST_MYSQL_URL'];
if (!mysqlUrl && process.env['CI']) throw new Error('TEST_MYSQL_URL names no MySQL server');

/** Keeps a process from the native SQLite, as a machine does where it is not built. */
const WITHOUT_NATIVE_SQLITE = `import module from 'node:module';
const load = module._load;
module._load = (name, ...rest) => {
  if (name === 'better-sqlite3') throw new Error('not built');
  return load(name, ...rest);
};`;
const ENVIRONMENTS: Record<string, Environment> = {
  'node-sqlite3-wasm': {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(WITHOUT_NATIVE_SQLITE)}`,
  },
};
const ENGINES = ['better-sqlite3', 'node-sqlite3-wasm', ...(mysqlUrl ? ['mysql'] : [])];

/** Each release: what its model comes to, and who could sign in. */
const RELEASES = [
  {
    release: '0-first',
    problem:
      'model version 1 cannot be used: its serving settings are wrong, as those of another release are ' +
      '(retrievalWeights: Invalid input: expected record, received undefined; ' +
      'rankingWeights: Invalid input: expected record, received undefined); train again: npm run trainer -- train',
    account: null,
  },
  {
    release: '1-accounts',
    problem: null,
    account: { email: 'ada@example.org', password: 'a password of the fixture' },
  },
];

const CATALOGUE = `{
  movies(first: 2, orderBy: TITLE_ASC) { totalCount nodes { title releaseYear genres { name } } }
  user(userId: 7) {
    ratings(first: 2) { totalCount nodes { rating ratedAt movie { title } } }
    recommendations(first: 5) { nodes { movie { title } } served { ranker degraded degradedReason modelVersion } }
  }
}`;
interface Catalogue {
  movies: object;
  user: { ratings: object; recommendations: { nodes: object[]; served: { modelVersion: string | null } } };
}
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { token } }';
const RATE = 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { rating { rating } } }';
const VIEWER = '{ viewer { name ratings(first: 10) { nodes { rating movie { movieId } } } } }';

describe.each(RELEASES)('what the release $release wrote', ({ release, problem, account }) => {
  describe.each(ENGINES)('on %s', (engine) => {
    let topology: Topology;
    let server: RunningServer;

    beforeAll(async () => {
      topology = await openHomeOf(release, {
        mysqlUrl: engine === 'mysql' ? mysqlUrl : undefined,
        env: ENVIRONMENTS[engine] ?? {},
      });
      server = await topology.startServer();
    }, 60_000);
    afterAll(() => topology?.close());

    const catalogue = async () => {
      const { data, errors } = await askGraphql<Catalogue>(server.origin, CATALOGUE);
      expect(errors).toEqual([]);
      return data;
    };
    const problemOf = async () =>
      ((await (await fetch(`${server.origin}/readyz`)).json()) as { problem: string | null }).problem;

    it('opens, and answers from its data at once, the model serving or refused with the reason', async () => {
      expect(server.output()).toContain(`"engine":"${engine}"`);
      const { movies, user } = await catalogue();
      expect(movies).toEqual({
        totalCount: 40,
        nodes: [
          { title: 'Blue Static', releaseYear: 1979, genres: [{ name: 'Drama' }] },
          {
            title: "The Cartographer's Wife",
            releaseYear: 1978,
            genres: [{ name: 'Comedy' }, { name: 'Horror' }],
          },
        ],
      });
      expect(user.ratings).toEqual({
        totalCount: 12,
        nodes: [
          { rating: 2, ratedAt: '2017-07-14T04:47:40.000Z', movie: { title: 'Return to Vell' } },
          { rating: 3, ratedAt: '2017-07-14T04:46:40.000Z', movie: { title: 'Midnight Orchard' } },
        ],
      });
      expect(user.recommendations.nodes).toHaveLength(5);
      expect(user.recommendations.served).toEqual(
        problem === null
          ? { ranker: 'NEURAL_CF', degraded: false, degradedReason: null, modelVersion: '1' }
          : { ranker: 'POPULARITY', degraded: true, degradedReason: problem, modelVersion: null },
      );
      expect(await problemOf()).toBe(problem);
    });

    it('knows its accounts, and takes new ones and their ratings', async () => {
      if (account !== null) {
        const signIn = await askGraphql<{ signIn: { token: string } }>(server.origin, SIGN_IN, {
          input: account,
        });
        expect(signIn.errors).toEqual([]);
        const viewer = await askGraphql(server.origin, VIEWER, {}, signIn.data.signIn.token);
        expect(viewer.data).toEqual({
          viewer: {
            name: 'Ada Fixture',
            ratings: {
              nodes: [
                { movie: { movieId: 3 }, rating: 5 },
                { movie: { movieId: 9 }, rating: 4.5 },
                { movie: { movieId: 15 }, rating: 1 },
              ],
            },
          },
        });
      }
      const input = { name: 'Grace', email: 'grace@example.org', password: 'correct horse battery' };
      const signUp = await askGraphql<{ signUp: { token: string } }>(server.origin, SIGN_UP, { input });
      expect(signUp.errors).toEqual([]);
      const rate = { input: { movieId: 4, rating: 4.5 } };
      const rated = await askGraphql(server.origin, RATE, rate, signUp.data.signUp.token);
      expect(rated).toEqual({ data: { rateMovie: { rating: { rating: 4.5 } } }, errors: [] });
    });

    it('serves the model that training puts in the place of the old one', async () => {
      await topology.train();
      await until(
        'the new model serves',
        async () => ((await problemOf()) === null ? true : null),
        PATIENCE_MS,
      );
      await until(
        'it is version 2',
        async () => ((await catalogue()).user.recommendations.served.modelVersion === '2' ? true : null),
        PATIENCE_MS,
      );
      expect((await catalogue()).user.recommendations.served).toEqual({
        ranker: 'NEURAL_CF',
        degraded: false,
        degradedReason: null,
        modelVersion: '2',
      });
    });
  });
});
