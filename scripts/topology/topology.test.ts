import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FrontDoor } from './frontDoor.ts';
import { askGraphql, type GraphqlAnswer } from './graphql.ts';
import { until } from '@pocketrocket/testing';
import { PATIENCE_MS, type RunningServer } from './processes.ts';
import { Topology } from './topology.ts';

const mysqlUrl = process.env['TEST_MYSQL_URL'];
const redisUrl = process.env['TEST_REDIS_URL'];
const hasServices = mysqlUrl !== undefined && redisUrl !== undefined;
if (!hasServices && process.env['CI']) throw new Error('TEST_MYSQL_URL or TEST_REDIS_URL is missing');
const describeWithServices = hasServices ? describe : describe.skip;

type OfUser = { user: { recommendations: Page } };
interface Page {
  edges: { cursor: string; node: { movie: { movieId: number } } }[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
  served: { ranker: string; degraded: boolean; degradedReason: string | null; modelVersion: string | null };
}

const PAGE = `{
  edges { cursor node { movie { movieId } } }
  pageInfo { endCursor hasNextPage }
  served { ranker degraded degradedReason modelVersion }
}`;
const OF_USER = `query ($userId: Int!, $first: Int!, $after: String) { user(userId: $userId) { recommendations(first: $first, after: $after) ${PAGE} } }`;
const OF_VIEWER = `{ viewer { recommendations(first: 20) ${PAGE} } }`;
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { token } }';
const RATE = 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { rating { rating } } }';

const moviesOf = ({ edges }: Page) => edges.map(({ node }) => node.movie.movieId);

describeWithServices('the whole topology as processes', () => {
  let topology: Topology;
  let modelServer: RunningServer;
  let servers: RunningServer[] = [];
  let door: FrontDoor;

  beforeAll(async () => {
    topology = await Topology.open({ mysqlUrl, redisUrl });
    await topology.importSample();
    await topology.train();
    modelServer = await topology.startModelServer();
    // Nothing of their own: what they serve comes from MySQL and Redis.
    const disk = (name: string) => ({
      POCKETROCKET_HOME: join(topology.home, name),
      MODEL_DIR: join(topology.home, name, 'models'),
    });
    const env = { RANKER: 'tf-serving', TF_SERVING_URL: modelServer.origin, RANKER_TIMEOUT_MS: '5000' };
    servers = await Promise.all(['a', 'b'].map((name) => topology.startServer({ ...env, ...disk(name) })));
    for (const { origin } of servers)
      await until(
        `${origin} is ready and its ranker too`,
        async () => {
          const readiness = await fetch(`${origin}/readyz`);
          const { rankerProblem } = (await readiness.json()) as { rankerProblem: string | null };
          return readiness.ok && rankerProblem === null ? true : null;
        },
        PATIENCE_MS,
      );
    door = await topology.openFrontDoor(servers);
  }, 240_000);
  afterAll(() => topology?.close());

  it('serves models that came from Redis alone', () => {
    expect(existsSync(join(topology.home, 'models', 'recmodel', '1'))).toBe(true);
    for (const name of ['a', 'b'])
      expect(existsSync(join(topology.home, name, 'models', 'recmodel', '1', 'saved_model.pb'))).toBe(false);
  });

  it('shows the portal on /', async () => {
    const page = await fetch(door.origin);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<div id="root">');
  });

  it('has every list ranked by the model server', async () => {
    const predictions = async () => {
      const metrics = await (await fetch(`${modelServer.origin}/monitoring/prometheus/metrics`)).text();
      return Number(/^:tensorflow:serving:request_count\{.*status="OK"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
    };
    const before = await predictions();
    for (const userId of [2, 3, 4, 5]) {
      const { data, errors } = await askGraphql<OfUser>(door.origin, OF_USER, { userId, first: 10 });
      expect(errors).toEqual([]);
      expect(data.user.recommendations.served).toMatchObject({ ranker: 'NEURAL_CF', degraded: false });
    }
    expect(await predictions()).toBe(before + 4);
  });

  it('recommends by NeuralCF, and goes on with a list at whichever server', async () => {
    const first = await askGraphql<OfUser>(door.origin, OF_USER, { userId: 1, first: 40 });
    expect(first.errors).toEqual([]);
    const whole = first.data.user.recommendations;
    expect(whole.served).toEqual({
      ranker: 'NEURAL_CF',
      degraded: false,
      degradedReason: null,
      modelVersion: '1',
    });

    const paged: number[] = [];
    let after: string | null = null;
    while (paged.length < 40) {
      const page: GraphqlAnswer<OfUser> = await askGraphql(door.origin, OF_USER, {
        userId: 1,
        first: 10,
        after,
      });
      expect(page.errors).toEqual([]);
      paged.push(...moviesOf(page.data.user.recommendations));
      after = page.data.user.recommendations.pageInfo.endCursor;
    }
    expect(paged).toEqual(moviesOf(whole));
    expect(door.connections().every((count) => count >= 2)).toBe(true);
  });

  it('knows at each server what was written at the other', async () => {
    const [here, there] = servers.map(({ origin }) => origin);
    if (!here || !there) throw new Error('two servers are needed');
    const input = { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' };
    const signUp = await askGraphql<{ signUp: { token: string } }>(here, SIGN_UP, { input });
    expect(signUp.errors).toEqual([]);
    const { token } = signUp.data.signUp;
    const listAt = async (origin: string) => {
      const { data, errors } = await askGraphql<{ viewer: { recommendations: Page } }>(
        origin,
        OF_VIEWER,
        {},
        token,
      );
      expect(errors).toEqual([]);
      return data.viewer.recommendations;
    };
    const before = await listAt(here);
    expect(moviesOf(await listAt(there))).toEqual(moviesOf(before));
    expect(before.served.ranker).toBe('POPULARITY');

    const [liked] = moviesOf(before);
    const rate = await askGraphql(there, RATE, { input: { movieId: liked, rating: 5 } }, token);
    expect(rate.errors).toEqual([]);
    const after = await listAt(here);
    expect(after.served.ranker).toBe('NEURAL_CF');
    expect(moviesOf(after)).not.toContain(liked);
    expect(moviesOf(await listAt(there))).toEqual(moviesOf(after));
  });
});
