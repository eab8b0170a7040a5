import { intraListDiversity } from '@pocketrocket/engine';
import { beforeAll, expect, it } from '@jest/globals';
import { TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture, USER_WITHOUT_RATINGS, USER_WITHOUT_TIMES } from '../test/fixture.ts';
import {
  makeModel,
  MOVIE_UNKNOWN_TO_MODEL,
  USER_UNKNOWN_TO_MODEL,
  withItemBias,
  withSettings,
} from '../test/model.ts';
import { writeRating } from '../ratings/ratingWrites.ts';
import type { CandidateRanker } from '@pocketrocket/model';

const fixture = makeFixture();
const model = makeModel(fixture);

interface List {
  nodes: {
    rank: number;
    score: number;
    similarity: number | null;
    sources: string[];
    movie: {
      movieId: number;
      releaseYear: number | null;
      ratingCount: number;
      averageRating: number | null;
      genres: { name: string }[];
    };
    reasons: { weight: number; movie: { movieId: number } }[];
  }[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  served: {
    modelVersion: string | null;
    ranker: string;
    candidateCount: number;
    degraded: boolean;
    degradedReason: string | null;
    emptyReason: string | null;
  };
}

const LIST = `nodes { rank score similarity sources movie { movieId releaseYear ratingCount averageRating genres { name } } reasons { weight movie { movieId } } }
  edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor }
  served { modelVersion ranker candidateCount degraded degradedReason emptyReason }`;

const idsOf = (list: List) => list.nodes.map(({ movie }) => movie.movieId);
const ratedBy = (userId: number) =>
  fixture.ratings.filter((rating) => rating.userId === userId).map(({ movieId }) => movieId);

const TASTE = [3, 6, 9, 12, 15].map((movieId) => ({ movieId, rating: 5 }));

describeOnEveryDatabase('recommendations', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
  });

  async function forUser(userId: number, args = 'first: 100', on = api): Promise<List> {
    const { user } = await on.query<{ user: { recommendations: List } }>(
      `{ user(userId: ${userId}) { recommendations(${args}) { ${LIST} } } }`,
    );
    return user.recommendations;
  }

  async function forTaste(ratings: readonly object[], args = 'first: 100', on = api): Promise<List> {
    const { recommendFor } = await on.query<{ recommendFor: List }>(
      `query ($ratings: [RatingInput!]!) { recommendFor(ratings: $ratings, ${args}) { ${LIST} } }`,
      { ratings },
    );
    return recommendFor;
  }

  it('serve a user whom the model knows by NeuralCF, from every unseen movie, best first', async () => {
    const list = await forUser(1);
    const unseen = 120 - ratedBy(1).length;
    expect(list.served).toEqual({
      modelVersion: '12',
      ranker: 'NEURAL_CF',
      candidateCount: unseen,
      degraded: false,
      degradedReason: null,
      emptyReason: null,
    });
    expect(list.nodes).toHaveLength(Math.min(100, unseen));
    expect(idsOf(list).filter((movieId) => ratedBy(1).includes(movieId))).toEqual([]);
    expect(list.nodes.map(({ rank }) => rank)).toEqual(list.nodes.map((_node, index) => index + 1));
    const scores = list.nodes.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
    const sources = new Set(list.nodes.map((node) => node.sources.join()));
    expect([...sources].sort()).toEqual(['CONTENT', 'ITEM2VEC', 'TRANSITION']);
  });

  it('serve a user whom the model does not know by folding the ratings in', async () => {
    const list = await forUser(USER_UNKNOWN_TO_MODEL);
    expect(list.served).toMatchObject({ ranker: 'NEURAL_CF', degraded: false, modelVersion: '12' });
  });

  it('serve such a user by retrieval where nothing folds in for NeuralCF', async () => {
    // Without co-visitation all risk a dislike alike: the order is that of the similarities.
    const recommender = { ...model.recommender, neuralCFFoldIn: null, coVisitation: null };
    const retrieving = await TestApi.open(
      database(),
      withSettings({ ...model, recommender }, { retrievalWeights: { item2vecRecent: 1 } }),
    );
    const list = await forUser(USER_UNKNOWN_TO_MODEL, 'first: 100', retrieving);
    expect(list.served).toMatchObject({ ranker: 'RETRIEVAL', degraded: false, modelVersion: '12' });
    const similarities = list.nodes.map(({ similarity }) => similarity ?? Number.NaN);
    // Standardised in float32, near ties may change places.
    similarities
      .slice(1)
      .forEach((similarity, place) => expect(similarity).toBeLessThan((similarities[place] ?? 0) + 1e-4));
  });

  it('serve popularity to a user without ratings, and to an empty taste', async () => {
    const popular = [
      ...(
        await api.query<{ movies: { nodes: { movieId: number }[] } }>(
          '{ movies(first: 100, orderBy: RATING_COUNT_DESC) { nodes { movieId } } }',
        )
      ).movies.nodes,
    ].map(({ movieId }) => movieId);
    for (const list of [await forUser(USER_WITHOUT_RATINGS), await forTaste([])]) {
      expect(list.served).toEqual({
        modelVersion: '12',
        ranker: 'POPULARITY',
        candidateCount: 120,
        degraded: false,
        degradedReason: null,
        emptyReason: null,
      });
      expect(idsOf(list)).toEqual(popular);
      expect(list.nodes[0]).toMatchObject({ similarity: null, sources: ['POPULAR'], reasons: [] });
    }
  });

  it('serve popularity without what is like the rated movies where all were disliked, and say so', async () => {
    const disliked = TASTE.map(({ movieId }) => ({ movieId, rating: 2.5 }));
    const served =
      'served { ranker degraded popularityReason } nodes { movie { movieId } reasons { weight } }';
    const ask = (ratings: readonly object[]) =>
      api.query<{ recommendFor: List }>(
        `query ($ratings: [RatingInput!]!) { recommendFor(ratings: $ratings, first: 100) { ${served} } }`,
        { ratings },
      );
    const { recommendFor: list } = await ask(disliked);
    expect(list.served).toEqual({
      ranker: 'POPULARITY',
      degraded: false,
      popularityReason: 'ONLY_DISLIKES',
    });
    const { movie } = await api.query<{ movie: { similar: { movie: { movieId: number } }[] } }>(
      '{ movie(movieId: 3) { similar(first: 3) { movie { movieId } } } }',
    );
    for (const { movie: like } of movie.similar) expect(idsOf(list)).not.toContain(like.movieId);
    expect(list.nodes.length).toBeGreaterThan(0);

    const { recommendFor: one } = await ask([...disliked.slice(1), { movieId: 3, rating: 3 }]);
    expect(one.served).toEqual({ ranker: 'NEURAL_CF', degraded: false, popularityReason: null });
  });

  it('never give a disliked movie as a reason', async () => {
    const ratings = TASTE.map(({ movieId }, place) => ({ movieId, rating: place % 2 ? 1 : 5 }));
    const { nodes } = await forTaste(ratings);
    const reasons = new Set(nodes.flatMap((node) => node.reasons.map(({ movie }) => movie.movieId)));
    expect(reasons.size).toBeGreaterThan(0);
    for (const { movieId, rating } of ratings) if (rating < 3) expect(reasons).not.toContain(movieId);
  });

  it('serve popularity without a model, degraded, with the reason, and never what was seen', async () => {
    const bare = await TestApi.open(database(), null);
    const list = await forUser(1, 'first: 100', bare);
    expect(list.served).toEqual({
      modelVersion: null,
      ranker: 'POPULARITY',
      candidateCount: 120 - ratedBy(1).length,
      degraded: true,
      degradedReason: 'no model has been trained yet',
      emptyReason: null,
    });
    expect(idsOf(list).filter((movieId) => ratedBy(1).includes(movieId))).toEqual([]);
  });

  it('say why they are empty', async () => {
    const all = fixture.movies.map(({ movieId }) => ({ movieId, rating: 4 }));
    const everything = await forTaste(all);
    expect(everything).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false },
      served: { candidateCount: 0, degraded: false, emptyReason: 'every movie of the catalogue is rated' },
    });
    const none = await forUser(1, 'first: 5, filter: { yearFrom: 2500 }');
    expect(none).toMatchObject({ nodes: [], served: { emptyReason: 'no movie passes the filter' } });
  });

  it('propose a movie that nobody has rated, and mark it', async () => {
    const list = await forUser(1, 'first: 100');
    const found = list.nodes.filter(({ sources }) => sources.includes('CONTENT'));
    expect(found.map(({ movie }) => movie.movieId)).toEqual([MOVIE_UNKNOWN_TO_MODEL]);
  });

  it('take a rating of such a movie for one of its kin', async () => {
    const list = await forTaste([{ movieId: MOVIE_UNKNOWN_TO_MODEL, rating: 5 }]);
    expect(list.served).toMatchObject({ ranker: 'NEURAL_CF', degraded: false });
    expect(idsOf(list)).not.toContain(MOVIE_UNKNOWN_TO_MODEL);
  });

  it('do not serve a model of another data set', async () => {
    const other = {
      ...model,
      manifest: { ...model.manifest, dataset: { ...model.manifest.dataset, identity: 'x' } },
    };
    const list = await forUser(1, 'first: 5', await TestApi.open(database(), other));
    expect(list.served).toMatchObject({ ranker: 'POPULARITY', degraded: true, modelVersion: null });
  });

  it('propose what the same people watch', async () => {
    const list = await forTaste(TASTE, 'first: 20');
    const alike = idsOf(list).filter((movieId) => movieId % 3 === 0);
    // By chance a third would be.
    expect(alike.length).toBeGreaterThanOrEqual(13);
  });

  it('tell how many candidates the ranker received', async () => {
    const received: number[] = [];
    const counting: CandidateRanker = {
      logits(served, profile, items) {
        received.push(items.length);
        return api.deps.ranker.logits(served, profile, items);
      },
    };
    const counted = await TestApi.open(database(), model, { ranker: counting });
    for (const args of ['first: 5', 'first: 5, filter: { genres: ["Horror"], yearTo: 1970 }']) {
      const { served } = await forUser(2, args, counted);
      expect(served.candidateCount).toBe(received.at(-1));
    }
    expect(new Set(received).size).toBe(2);
  });

  it('take the filter inside retrieval: few candidates leave room for every movie that passes', async () => {
    const narrow = await TestApi.open(database(), withSettings(model, { numCandidates: 5 }));
    const passing = fixture.movies.filter(
      ({ movieId, genres, releaseYear }) =>
        genres.includes('Western') &&
        releaseYear !== null &&
        releaseYear >= 1980 &&
        !ratedBy(3).includes(movieId),
    );
    expect(passing.length).toBeGreaterThan(5);
    const list = await forUser(3, 'first: 100, filter: { genres: ["Western"], yearFrom: 1980 }', narrow);
    expect(list.served.candidateCount).toBe(5);
    expect(idsOf(list).every((movieId) => passing.some((movie) => movie.movieId === movieId))).toBe(true);
  });

  it('heed every condition of the filter', async () => {
    const all = await forUser(3);
    const [first = 0, second = 0] = idsOf(all);
    const cases: [string, (node: List['nodes'][number]) => boolean][] = [
      [
        'genres: ["Horror", "Western"]',
        ({ movie }) => movie.genres.some(({ name }) => ['Horror', 'Western'].includes(name)),
      ],
      ['excludeGenres: ["Drama"]', ({ movie }) => !movie.genres.some(({ name }) => name === 'Drama')],
      ['yearFrom: 1990', ({ movie }) => (movie.releaseYear ?? 0) >= 1990],
      ['yearTo: 1960', ({ movie }) => movie.releaseYear !== null && movie.releaseYear <= 1960],
      ['minRatingCount: 25', ({ movie }) => movie.ratingCount >= 25],
      ['minAverageRating: 3', ({ movie }) => (movie.averageRating ?? 0) >= 3],
      [`excludeMovieIds: [${first}, ${second}]`, ({ movie }) => ![first, second].includes(movie.movieId)],
    ];
    for (const [condition, passes] of cases) {
      const list = await forUser(3, `first: 100, filter: { ${condition} }`);
      expect(list.served.candidateCount).toBe(all.nodes.filter(passes).length);
      expect(list.nodes.length).toBeGreaterThan(0);
      expect(list.nodes.every(passes)).toBe(true);
      expect(list.nodes.length).toBeLessThan(all.nodes.length);
    }
  });

  it('page without overlap or gap, and the pages are the whole list', async () => {
    const whole = await forUser(4, 'first: 100, diversity: 0.5');
    const paged: number[] = [];
    let after: string | null = null;
    do {
      const page: List = await forUser(4, `first: 7, diversity: 0.5${after ? `, after: "${after}"` : ''}`);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(page.nodes.map(({ rank }) => rank)).toEqual(
        page.nodes.map((_node, index) => paged.length + index + 1),
      );
      paged.push(...idsOf(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged.slice(0, 100)).toEqual(idsOf(whole));
    expect(paged).toHaveLength(whole.served.candidateCount);
  });

  it('continue the list that was begun, though the model has changed in between', async () => {
    let serving = model;
    const swapping = await TestApi.open(database(), null, {
      models: { state: () => ({ model: serving, problem: null }) },
    });
    const before = await forUser(5, 'first: 30', swapping);
    const start = await forUser(5, 'first: 10', swapping);
    serving = { ...withItemBias(model, idsOf(before)[29] ?? 0, 9), version: 13 };
    const rest = await forUser(5, `first: 20, after: "${start.pageInfo.endCursor}"`, swapping);
    expect([...idsOf(start), ...idsOf(rest)]).toEqual(idsOf(before));
    expect(rest.served.modelVersion).toBe('12');
    const anew = await forUser(5, 'first: 30', swapping);
    expect(anew.served.modelVersion).toBe('13');
    expect(idsOf(anew)).not.toEqual(idsOf(before));
  });

  it('begin a new list when the user has rated something since', async () => {
    const [best] = idsOf(await forUser(6, 'first: 1'));
    const rate = (halfStars: number | null) =>
      database().transaction((manager) =>
        writeRating(manager, { userId: 6, movieId: best ?? 0, halfStars, atSeconds: 1e9 }),
      );
    await rate(10);
    const rated = await forUser(6);
    await rate(1);
    const ratedOtherwise = await forUser(6);
    await rate(null);
    expect(idsOf(rated)).not.toContain(best);
    expect(ratedOtherwise.nodes.map(({ score }) => score)).not.toEqual(rated.nodes.map(({ score }) => score));
    expect(idsOf(await forUser(6))).toContain(best);
  });

  it.each(['first: 5, filter: { yearFrom: 1960 }', 'first: 5, diversity: 0.3'])(
    'refuse a cursor of a list that was asked for otherwise (%s)',
    async (args) => {
      const { pageInfo } = await forUser(7, 'first: 5');
      const { errors } = await api.run(
        `{ user(userId: 7) { recommendations(${args}, after: "${pageInfo.endCursor}") { nodes { rank } } } }`,
      );
      expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT: after is a cursor of another list/)]);
    },
  );

  it('refuse a cursor whose list is no longer kept and cannot be made again', async () => {
    const { pageInfo } = await forUser(7, 'first: 5');
    const later = await TestApi.open(database(), { ...model, version: 99 });
    const { errors } = await later.run(
      `{ user(userId: 7) { recommendations(after: "${pageInfo.endCursor}") { nodes { rank } } } }`,
    );
    expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT: the list .* has expired/)]);
    const restarted = await TestApi.open(database(), model);
    expect((await forUser(7, `first: 5, after: "${pageInfo.endCursor}"`, restarted)).nodes[0]?.rank).toBe(6);
  });

  it('explain by at most three movies of the history, strongest first, positive only', async () => {
    for (const list of [await forUser(1), await forTaste(TASTE)]) {
      expect(list.nodes[0]?.reasons.length).toBeGreaterThan(0);
      for (const { reasons } of list.nodes) {
        const weights = reasons.map(({ weight }) => weight);
        expect(weights.length).toBeLessThanOrEqual(3);
        expect(weights.every((weight) => weight > 0)).toBe(true);
        expect(weights).toEqual([...weights].sort((a, b) => b - a));
      }
    }
    const reasonIds = (await forUser(1)).nodes.flatMap(({ reasons }) =>
      reasons.map(({ movie }) => movie.movieId),
    );
    expect(reasonIds.every((movieId) => ratedBy(1).includes(movieId))).toBe(true);
  });

  it('rate a candidate lower once the movie that is its first reason leaves the taste', async () => {
    // One movie that is unlike the others: what it pulls in, it alone pulls in.
    const taste = [...TASTE, { movieId: 4, rating: 5 }];
    const list = await forTaste(taste);
    const pulledIn = list.nodes.filter(({ reasons }) => reasons[0]?.movie.movieId === 4).slice(0, 5);
    expect(pulledIn).toHaveLength(5);
    const without = await forTaste(TASTE);
    for (const { movie, score, rank } of pulledIn) {
      const now = without.nodes.find((node) => node.movie.movieId === movie.movieId);
      expect(now?.score ?? 0).toBeLessThan(score);
      expect(now?.rank ?? Infinity).toBeGreaterThanOrEqual(rank);
    }
  });

  it('take the order of a taste for the order of watching', async () => {
    const taste = [...TASTE, ...[1, 4, 7, 10].map((movieId) => ({ movieId, rating: 5 }))];
    const share = (list: List, remainder: number) =>
      idsOf(list).filter((movieId) => movieId % 3 === remainder).length;
    const weights = { item2vecRecent: 1 };
    const recent = await TestApi.open(
      database(),
      withSettings(model, { retrievalWeights: weights, rankingWeights: { ...weights, neuralCF: 0.1 } }),
    );
    const lastOnes = await forTaste(taste, 'first: 20', recent);
    const lastThrees = await forTaste([...taste].reverse(), 'first: 20', recent);
    expect(share(lastOnes, 1)).toBeGreaterThan(share(lastThrees, 1));
    expect(share(lastThrees, 0)).toBeGreaterThan(share(lastOnes, 0));
  });

  it('take the rating into account: what was disliked hardly pulls', async () => {
    const liked = await forTaste(
      [
        { movieId: 3, rating: 5 },
        { movieId: 4, rating: 0.5 },
      ],
      'first: 20',
    );
    const disliked = await forTaste(
      [
        { movieId: 3, rating: 0.5 },
        { movieId: 4, rating: 5 },
      ],
      'first: 20',
    );
    const threes = (list: List) => idsOf(list).filter((movieId) => movieId % 3 === 0).length;
    expect(threes(liked)).toBeGreaterThan(threes(disliked));
  });

  it('raise the diversity within the list with the diversity asked for', async () => {
    const { outVectors, dim } = model.recommender.item2vec;
    const users = [1, 2, 3, 4, 5, 6, 7, 8, USER_UNKNOWN_TO_MODEL, USER_WITHOUT_TIMES];
    const diversityAt = async (diversity: number) => {
      const lists = await Promise.all(
        users.map((userId) => forUser(userId, `first: 10, diversity: ${diversity}`)),
      );
      const diversities = lists.map((list) => {
        const items = Int32Array.from(idsOf(list), (movieId) => model.items.indexOf(movieId));
        return intraListDiversity(items, outVectors, dim);
      });
      return diversities.reduce((sum, diversity) => sum + diversity, 0) / users.length;
    };
    const [plain, middle, diverse] = [await diversityAt(0), await diversityAt(0.5), await diversityAt(1)];
    expect(middle).toBeGreaterThan(plain);
    expect(diverse).toBeGreaterThan(middle);
  });

  it('change a score with a weight of NeuralCF', async () => {
    const before = await forUser(1);
    const worst = before.nodes.at(-1)?.movie.movieId ?? 0;
    const after = await forUser(
      1,
      'first: 100',
      await TestApi.open(database(), withItemBias(model, worst, 5)),
    );
    const scoreOf = (list: List) => list.nodes.find(({ movie }) => movie.movieId === worst)?.score;
    expect(scoreOf(after)).toBeGreaterThan(scoreOf(before) ?? 1);
    // Retrieval is none of NeuralCF's business.
    expect(new Set(after.nodes.map(({ similarity }) => similarity))).toEqual(
      new Set(before.nodes.map(({ similarity }) => similarity)),
    );
  });

  it('give two users different lists, and the same user the same list', async () => {
    expect(idsOf(await forUser(1, 'first: 20'))).not.toEqual(idsOf(await forUser(2, 'first: 20')));
    expect(await forUser(1)).toEqual(await forUser(1));
  });
});
