import { afterEach, describe, expect, it } from '@jest/globals';
import { inProcessRanker, type CandidateRanker, type LoadedModel } from '@pocketrocket/model';
import { AppError } from '@pocketrocket/runtime';
import { TestApi } from '../test/api.ts';
import { createSqlite, describeOnEveryDatabase, type TestDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture, UNRATED_MOVIE } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';

const fixture = makeFixture();
const whole = makeModel(fixture);
const NUM_CANDIDATES = 30;
/** Fewer candidates than movies, so that most are outside. */
const model: LoadedModel = {
  ...whole,
  recommender: {
    ...whole.recommender,
    settings: { ...whole.recommender.settings, numCandidates: NUM_CANDIDATES },
  },
};
const LIST =
  '{ viewer { recommendations(first: 100) { nodes { score movie { movieId viewerPrediction } } } } }';
const ALL = '{ movies(first: 100, orderBy: TITLE_ASC) { nodes { movieId viewerPrediction } } }';
const RATE = `mutation ($ratings: [RatingInput!]!) { rateMovies(ratings: $ratings) { user { recommendations(first: 1) { nodes { score movie { viewerPrediction } } } } } }`;

interface Listed {
  viewer: {
    recommendations: { nodes: { score: number; movie: { movieId: number; viewerPrediction: number } }[] };
  };
}
interface All {
  movies: { nodes: { movieId: number; viewerPrediction: number | null }[] };
}

let numAccounts = 0;
async function enter(api: TestApi): Promise<string> {
  const { signUp } = await api.query<{ signUp: { token: string } }>(
    'mutation ($email: String!) { signUp(input: { name: "predicted", email: $email, password: "correct horse" }) { token } }',
    { email: `predicted${++numAccounts}@example.org` },
  );
  return signUp.token;
}

function rate(api: TestApi, token: string, movieIds: number[], rating = 5) {
  return api.query<{ rateMovies: { user: Listed['viewer'] } }>(
    RATE,
    { ratings: movieIds.map((movieId) => ({ movieId, rating })) },
    token,
  );
}

describeOnEveryDatabase('predictions', (database) => {
  it("are the list's scores, and on its scale for every other movie; they follow each rating and dismissal", async () => {
    await fillDatabase(database(), fixture);
    const api = await TestApi.open(database(), model);
    const token = await enter(api);
    const { rateMovies } = await rate(api, token, [2, 5, 8]);
    const [first] = rateMovies.user.recommendations.nodes;
    expect(first?.movie.viewerPrediction).toBe(first?.score);

    const check = async () => {
      const { nodes } = (await api.query<Listed>(LIST, {}, token)).viewer.recommendations;
      expect(nodes).toHaveLength(NUM_CANDIDATES);
      for (const { score, movie } of nodes) expect(movie.viewerPrediction).toBe(score);
      const { movies } = await api.query<All>(ALL, {}, token);
      const outside = movies.nodes.filter(
        ({ movieId }) =>
          ![2, 5, 8].includes(movieId) && !nodes.some(({ movie }) => movie.movieId === movieId),
      );
      expect(outside.length).toBeGreaterThan(40);
      for (const { viewerPrediction } of outside) {
        expect(viewerPrediction).toBeGreaterThan(0);
        expect(viewerPrediction).toBeLessThan(1);
      }
      return {
        best: nodes[0]?.movie,
        mean: mean(nodes.map(({ score }) => score)),
        outside: mean(outside.map(({ viewerPrediction }) => viewerPrediction ?? NaN)),
      };
    };
    const before = await check();
    expect(before.outside).toBeLessThan(before.mean);
    await api.query(
      `mutation { dismissMovie(movieId: ${before.best?.movieId}) { movie { id } } }`,
      {},
      token,
    );
    await check();
    await rate(api, token, [3], 1);
    const after = await check();
    expect(after.best).not.toEqual(before.best);
  });
});

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('a prediction', () => {
  const opened: TestDatabase[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.drop();
  });
  const openApi = async (served: LoadedModel | null, ranker: CandidateRanker = inProcessRanker) => {
    const one = await createSqlite('node-sqlite');
    opened.push(one);
    await fillDatabase(one.database, fixture);
    return TestApi.open(one.database, served, { ranker });
  };
  const predictionOf = async (api: TestApi, movieId: number, token?: string) => {
    const query = `{ movie(movieId: ${movieId}) { viewerPrediction } }`;
    return (await api.query<{ movie: { viewerPrediction: number | null } }>(query, {}, token)).movie
      .viewerPrediction;
  };

  it('is null for nobody, without ratings, after dislikes alone and without a model; a new movie has one', async () => {
    const api = await openApi(model);
    const token = await enter(api);
    expect(await predictionOf(api, 1)).toBeNull();
    expect(await predictionOf(api, 1, token)).toBeNull();
    await rate(api, token, [2], 1);
    expect(await predictionOf(api, 1, token)).toBeNull();
    await rate(api, token, [5]);
    expect(await predictionOf(api, 1, token)).toEqual(expect.any(Number));
    expect(await predictionOf(api, 2, token)).toEqual(expect.any(Number));
    // Nobody has rated it: it is placed by its content.
    expect(await predictionOf(api, UNRATED_MOVIE, token)).toEqual(expect.any(Number));
    const without = await openApi(null);
    const other = await enter(without);
    await without.query(
      'mutation { rateMovie(input: { movieId: 5, rating: 5 }) { movie { id } } }',
      {},
      other,
    );
    expect(await predictionOf(without, 1, other)).toBeNull();
  });

  it('takes one pass for all movies of a request, and the candidates are ranked once for a profile', async () => {
    const asked: number[] = [];
    const api = await openApi(model, {
      logits(served, profile, items) {
        asked.push(items.length);
        return inProcessRanker.logits(served, profile, items);
      },
    });
    const token = await enter(api);
    await rate(api, token, [2, 5]);
    asked.length = 0;
    await api.query(ALL, {}, token);
    expect(asked).toEqual([expect.any(Number)]);
    const [first = 0] = asked;
    expect(first).toBeGreaterThan(90);
    const again = await enter(api);
    await api.query('mutation { rateMovie(input: { movieId: 5, rating: 5 }) { movie { id } } }', {}, again);
    asked.length = 0;
    await api.query(ALL, {}, again);
    await api.query(ALL, {}, again);
    expect(asked).toEqual([NUM_CANDIDATES, first, first]);
  });

  it('is there while the ranker does not answer, and no scale of then is kept', async () => {
    let isDown = true;
    let numAsked = 0;
    const api = await openApi(model, {
      logits(...args) {
        numAsked++;
        if (isDown) throw new AppError('UPSTREAM_UNAVAILABLE', 'the ranker does not answer');
        return inProcessRanker.logits(...args);
      },
    });
    const token = await enter(api);
    await rate(api, token, [2, 5]);
    const meanwhile = await predictionOf(api, 20, token);
    isDown = false;
    numAsked = 0;
    // The published NeuralCF in this process is the same.
    expect(await predictionOf(api, 20, token)).toBe(meanwhile);
    expect(numAsked).toBe(2);
  });
});
