import { describe, expect, it } from '@jest/globals';
import { historyWeights } from '../data/history.ts';
import type { RecommenderModel, ServedSettings } from '../features/recommenderModel.ts';
import { RETRIEVAL_FEATURES } from '../features/registry.ts';
import type { RetrievalFeature } from '../features/registry.ts';
import { fitImplicitALS } from '../models/implicitALS/index.ts';
import { userVector } from '../models/item2vec/userVector.ts';
import { fitNeuralCFFoldIn } from '../models/neuralCF/foldIn.ts';
import { initialNeuralCF } from '../models/neuralCF/initial.ts';
import { scoreNeuralCF } from '../models/neuralCF/scoring.ts';
import { gaussian, seededRandom } from '../random/random.ts';
import { checkerboard } from '../test/modelContract.ts';
import { diversify } from './diversify.ts';
import { explainCandidates } from './explainCandidate.ts';
import { featureScores } from './featureScores.ts';
import { foldIn } from './foldIn.ts';
import { blendedScores, DISLIKE_WEIGHT, neuralCFLogits, rankCandidates } from './rankCandidates.ts';
import { retrieveCandidates } from './retrieveCandidates.ts';
import type { RetrievedCandidates } from './retrieveCandidates.ts';
import { similarItems } from './similarItems.ts';
import { standardise } from './standardise.ts';

const settings: ServedSettings = {
  retrievalWeights: { item2vec: 1 },
  rankingWeights: { item2vec: 0.75, neuralCF: 0.25 },
  calibration: { ranked: { slope: 2, intercept: -1 }, retrieval: { slope: 1, intercept: 0.5 } },
  numCandidates: 3,
};

/** Four items in two dimensions. */
const item2vec = {
  numItems: 4,
  dim: 2,
  inVectors: Float32Array.of(1, 0, 0, 1, 1, 1, -1, 2),
  outVectors: Float32Array.of(2, 0, 0, 4, 1, 1, 3, -1),
};

/** Item 0 is followed by 3 and 1, item 1 by 2. */
const coVisitation = {
  numItems: 4,
  offsets: Int32Array.of(0, 2, 3, 3, 3),
  items: Int32Array.of(3, 1, 2),
  weights: Float32Array.of(0.6, 0.2, 0.5),
};

const model: RecommenderModel = {
  numItems: 4,
  item2vec,
  implicitALS: null,
  ease: null,
  coVisitation,
  transitions: null,
  trend: null,
  neuralCF: null,
  neuralCFFoldIn: null,
  popularity: Float32Array.of(0.8, 0.5, 0.4, 0.1),
  rising: null,
  dislikes: null,
  neighbours: { numNeighbours: 0, items: new Int32Array(0), lifts: new Float32Array(0) },
  itemMap: null,
  sequence: null,
  settings,
};

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

describe('historyWeights', () => {
  const history = [
    { itemIndex: 0, rating: 5 },
    { itemIndex: 1, rating: 0.5 },
    { itemIndex: 2, rating: 4 },
  ];

  it('falls by e every τ positions from the newest, and by how little was liked', () => {
    const [oldest, middle, newest] = historyWeights(history, 5);
    expect(oldest).toBeCloseTo(Math.exp(-2 / 5) * 1, 6);
    expect(middle).toBeCloseTo((0.5 / 3) * Math.exp(-1 / 5), 6);
    expect(newest).toBe(1);
  });

  it('knows only the rating without a τ', () => {
    const weights = historyWeights(history);
    expect([...weights]).toEqual([1, Math.fround(0.5 / 3), 1]);
  });
});

describe('userVector', () => {
  it('is the weighted mean of IN vectors', () => {
    const history = [
      { itemIndex: 0, rating: 5 },
      { itemIndex: 3, rating: 5 },
    ];
    // (3·(1, 0) + 1·(−1, 2)) / 4
    expect([...userVector(history, Float32Array.of(3, 1), item2vec)]).toEqual([0.5, 0.5]);
  });

  it('is zero for an empty history', () => {
    expect([...userVector([], new Float32Array(0), item2vec)]).toEqual([0, 0]);
  });
});

describe('retrieveCandidates', () => {
  // Folded in, item 2 alone gives item2vec's query (1, 1): inner products 2, 4, 2, 2.
  const user = foldIn(model, [{ itemIndex: 2, rating: 5 }], null);

  it('returns the best by the weighed features, as many as the settings say, inside the mask', () => {
    expect([...retrieveCandidates(model, user).items]).toEqual([1, 0, 2]);
    expect([...retrieveCandidates(model, user, Uint8Array.of(1, 0, 1, 1)).items]).toEqual([0, 2, 3]);
  });

  it('adds up features standardised over the catalogue, and says which speaks most', () => {
    const retrievalWeights = { item2vec: 0.5, popularity: 0.5 };
    const both = { ...model, settings: { ...settings, retrievalWeights } };
    const { items, scores, strongest, features } = retrieveCandidates(both, user);
    const popularity = standardise(featureScores(both, user, 'popularity') ?? new Float32Array(0));
    const near = standardise(Float32Array.of(2, 4, 2, 2));
    items.forEach((item, place) =>
      expect(scores[place]).toBeCloseTo(0.5 * near[item] + 0.5 * popularity[item], 5),
    );
    expect([...items]).toEqual([1, 0, 2]);
    expect(Array.from(strongest, (index) => RETRIEVAL_FEATURES[index])).toEqual([
      'item2vec',
      'popularity',
      'popularity',
    ]);
    expect([...(features.get('item2vec') ?? [])]).toEqual([4, 2, 2]);
  });

  it('passes over features that the model cannot compute', () => {
    const retrievalWeights = { item2vec: 0.5, ease: 0.5 };
    const wanting = { ...model, settings: { ...settings, retrievalWeights } };
    expect([...retrieveCandidates(wanting, user).items]).toEqual([1, 0, 2]);
  });
});

describe('foldIn', () => {
  it('takes the latest 1000 of a longer history', () => {
    const history = Array.from({ length: 1100 }, (_, place) => ({ itemIndex: place % 4, rating: 4 }));
    const user = foldIn(model, history, null);
    expect(user.history).toEqual(history.slice(100));
  });

  it("keeps a known user's embedding and makes one for an unknown user from iALS's vector", () => {
    const board = checkerboard(8);
    const implicitALS = fitImplicitALS(
      board,
      { dim: 4, regularization: 0.02, unobservedWeight: 0.1, iterations: 8 },
      { seed: 1 },
    );
    const shape = { numUsers: 8, numItems: 8, embeddingDim: 2, hiddenDims: [3, 2] as const };
    const neuralCF = initialNeuralCF(shape, seededRandom(1));
    // An embedding that is an affine map of iALS's vector must be found again, to the ridge.
    for (let user = 0; user < 8; user++) {
      for (let c = 0; c < 4; c++) {
        neuralCF.parameters.userEmbeddings[user * 4 + c] = 0.5 + implicitALS.userVectors[user * 4 + c];
      }
    }
    const neuralCFFoldIn = fitNeuralCFFoldIn(implicitALS, neuralCF, board);
    const wide = {
      ...item2vec,
      numItems: 8,
      inVectors: new Float32Array(16),
      outVectors: new Float32Array(16),
    };
    const known = { ...model, numItems: 8, item2vec: wide, implicitALS, neuralCF, neuralCFFoldIn };
    const history = [2, 4, 6].map((itemIndex) => ({ itemIndex, rating: 5 }));
    const learned = neuralCF.parameters.userEmbeddings.subarray(0, 4);
    expect([...(foldIn(known, history, 0).neuralCF ?? [])]).toEqual([...learned]);
    const folded = foldIn(known, history, null).neuralCF ?? new Float32Array(4);
    learned.forEach((value, c) => expect(folded[c]).toBeCloseTo(value, 1));
  });
});

describe('standardise', () => {
  it('has mean 0 and deviation 1', () => {
    expect([...standardise(Float32Array.of(1, 3))]).toEqual([-1, 1]);
  });

  it('is 0 where all values are alike or there are none', () => {
    expect([...standardise(Float32Array.of(2, 2))]).toEqual([0, 0]);
    expect([...standardise(new Float32Array(0))]).toEqual([]);
  });
});

describe('rankCandidates', () => {
  const candidates: RetrievedCandidates = {
    items: Int32Array.of(3, 1, 0),
    scores: Float32Array.of(6, 4, 2),
    features: new Map([['item2vec', Float32Array.of(6, 4, 2)]]),
    strongest: new Uint8Array(3),
  };
  const zRetrieval = [Math.sqrt(1.5), 0, -Math.sqrt(1.5)];

  it("is retrieval's calibrated order where NeuralCF has no logits", () => {
    const ranked = rankCandidates({ settings }, candidates, null);
    expect([...ranked.items]).toEqual([3, 1, 0]);
    ranked.scores.forEach((score, place) => expect(score).toBeCloseTo(sigmoid(zRetrieval[place] + 0.5), 6));
  });

  it('blends standardised features and logits by the weights in the settings', () => {
    // NeuralCF's order: 0 before 1 before 3.
    const logits = Float32Array.of(0, 30, 60);
    const zNeuralCF = standardise(logits);
    const expected = zRetrieval.map((z, index) => 0.75 * z + 0.25 * zNeuralCF[index]);
    blendedScores({ settings }, candidates, logits).forEach((z, index) =>
      expect(z).toBeCloseTo(expected[index], 5),
    );
    const ranked = rankCandidates({ settings }, candidates, logits);
    expect([...ranked.items]).toEqual([3, 1, 0]);
    expect(ranked.scores[0]).toBeCloseTo(sigmoid(2 * expected[0] - 1), 5);

    const trusting = { ...settings, rankingWeights: { item2vec: 0.25, neuralCF: 0.75 } };
    expect([...rankCandidates({ settings: trusting }, candidates, logits).items]).toEqual([0, 1, 3]);
  });

  it('breaks ties by row and stays within (0, 1)', () => {
    const steep = { slope: 1e6, intercept: 0 };
    const extreme = { ...settings, calibration: { ranked: steep, retrieval: steep } };
    const tied = { ...candidates, items: Int32Array.of(2, 0, 1), scores: Float32Array.of(1, 1, 9) };
    const ranked = rankCandidates({ settings: extreme }, tied, null);
    expect([...ranked.items]).toEqual([1, 0, 2]);
    expect(ranked.scores[0]).toBeLessThan(1);
    expect(ranked.scores[2]).toBeGreaterThan(0);
  });

  it('takes from a candidate its risk of a dislike, by the weight in the settings', () => {
    const risks = Float64Array.of(3, 0.1, 0);
    const weighed = { ...settings, dislikeWeight: 2 };
    const ranked = rankCandidates({ settings: weighed }, candidates, null, risks);
    expect([...ranked.items]).toEqual([1, 0, 3]);
    expect(ranked.scores[0]).toBeCloseTo(sigmoid(zRetrieval[1] - 2 * 0.1 + 0.5), 5);
    const unmoved = rankCandidates({ settings: { ...settings, dislikeWeight: 0 } }, candidates, null, risks);
    expect(unmoved).toEqual(rankCandidates({ settings }, candidates, null));
    // Settings of an earlier release name no weight.
    const [first] = rankCandidates({ settings }, candidates, null, Float64Array.of(0.1, 0.1, 0.1)).scores;
    expect(first).toBeCloseTo(sigmoid(Math.max(...zRetrieval) - DISLIKE_WEIGHT * 0.1 + 0.5), 5);
  });

  it('ranks no candidates as none', () => {
    const none = { ...candidates, items: new Int32Array(0), scores: new Float32Array(0) };
    expect(rankCandidates({ settings }, none, null).items).toHaveLength(0);
  });

  it('scores users by their folded vector', () => {
    const shape = { numUsers: 2, numItems: 4, embeddingDim: 2, hiddenDims: [3, 2] as const };
    const neuralCF = initialNeuralCF(shape, seededRandom(1));
    const known = foldIn({ ...model, neuralCF }, [{ itemIndex: 0, rating: 5 }], 1);
    const items = Int32Array.of(0, 2, 3);
    const expected = new Float32Array(3);
    scoreNeuralCF(neuralCF, 1, items, expected);
    const logits = neuralCFLogits({ neuralCF }, known, items) ?? new Float32Array(3);
    expected.forEach((logit, place) => expect(logits[place]).toBeCloseTo(logit, 5));
    expect(neuralCFLogits({ neuralCF }, { ...known, neuralCF: null }, items)).toBeNull();
    expect(neuralCFLogits({ neuralCF: null }, known, items)).toBeNull();
  });
});

describe('explainCandidates', () => {
  const history = [
    { itemIndex: 0, rating: 5 },
    { itemIndex: 1, rating: 1.5 },
  ];
  const candidates = Int32Array.of(0, 1, 3);
  const explained = (rankingWeights: ServedSettings['rankingWeights']): RecommenderModel => ({
    ...model,
    settings: { ...settings, rankingWeights },
  });

  it('gives each history entry its term of item2vec, worked by hand', () => {
    // Weights 1 and ½, of 1½. IN_0·OUT over the candidates: 2, 0, 3, mean 5/3; IN_1·OUT: 0, 4, −1, mean 1.
    // Scores ⅔·IN_0·OUT + ⅓·IN_1·OUT: 4/3, 4/3, 5/3, so σ = √(2/81).
    const one = explained({ item2vec: 1 });
    const [[first, second]] = explainCandidates(one, foldIn(one, history, null), candidates)([3]);
    const deviation = Math.sqrt(2 / 81);
    expect(first).toBeCloseTo(((2 / 3) * (3 - 5 / 3)) / deviation, 4);
    expect(second).toBeCloseTo(((1 / 3) * (-1 - 1)) / deviation, 4);
  });

  it.each([
    ['item2vec', { item2vec: 1 }],
    ['co-visitation', { coVisitation: 1 }],
    ['both', { item2vec: 0.3, coVisitation: 0.7 }],
  ])('sums to the standardised score of %s', (_, weights) => {
    const one = explained(weights);
    const user = foldIn(one, history, null);
    const z = new Float64Array(candidates.length);
    for (const [feature, weight] of Object.entries(weights) as [RetrievalFeature, number][]) {
      const scores = featureScores(one, user, feature) ?? new Float32Array(4);
      standardise(Float32Array.from(candidates, (item) => scores[item])).forEach(
        (value, place) => (z[place] += weight * value),
      );
    }
    const terms = explainCandidates(one, user, candidates)(candidates);
    terms.forEach((ofItem, index) =>
      expect(ofItem.reduce((sum, term) => sum + term, 0)).toBeCloseTo(z[index], 4),
    );
  });

  it('is 0 where the candidates do not differ', () => {
    const user = foldIn(model, history, null);
    expect(explainCandidates(model, user, Int32Array.of(3))([3])).toEqual([new Float32Array(2)]);
  });
});

describe('diversify', () => {
  /** Items 0 and 1 point the same way, item 2 across, item 3 against. */
  const vectors = { vectors: Float32Array.of(1, 0, 2, 0, 0, 1, -1, 0), dim: 2 };
  const candidates = { items: Int32Array.of(0, 1, 2, 3), scores: Float32Array.of(0.9, 0.8, 0.7, 0.1) };

  it('leaves the list alone at 0', () => {
    expect([...diversify(candidates, 0, vectors, 4).items]).toEqual([0, 1, 2, 3]);
    expect([...diversify(candidates, 0, vectors, 2).scores]).toEqual([0.9, 0.8].map(Math.fround));
  });

  it('weighs relevance against likeness to what stands before, worked by hand', () => {
    // Relevance 1, .875, .75, 0; λ = .8. First 0, then 1: .175 − .8, 2: .15 − 0, 3: 0 + .8.
    expect([...diversify(candidates, 1, vectors, 2).items]).toEqual([0, 3]);
    // λ = .4. Second 1: .525 − .4, 2: .45, 3: .4. Third 1: .125, 3: 0, for it is across from 2.
    expect([...diversify(candidates, 0.5, vectors, 4).items]).toEqual([0, 2, 1, 3]);
  });

  it('begins every longer list with the shorter one, and keeps scores with items', () => {
    const random = seededRandom(9);
    const many = {
      items: Int32Array.from({ length: 60 }, (_, item) => item),
      scores: Float32Array.from({ length: 60 }, () => random())
        .sort()
        .reverse(),
    };
    const cloud = { vectors: Float32Array.from({ length: 240 }, () => gaussian(random)), dim: 4 };
    const whole = diversify(many, 0.6, cloud, 60);
    expect([...whole.items].sort((a, b) => a - b)).toEqual([...many.items]);
    expect(whole.scores[7]).toBe(many.scores[whole.items[7]]);
    for (const first of [1, 10, 37]) {
      expect(diversify(many, 0.6, cloud, first).items).toEqual(whole.items.slice(0, first));
    }
  });

  it('accepts no candidates', () => {
    const none = { items: new Int32Array(0), scores: new Float32Array(0) };
    expect(diversify(none, 1, vectors, 5).items).toHaveLength(0);
  });
});

describe('similarItems', () => {
  /** Items 0 and 1 alike, 2 opposed to them, 3 like 0 but met by few. */
  const alike: RecommenderModel = {
    ...model,
    item2vec: {
      numItems: 4,
      dim: 2,
      inVectors: Float32Array.of(1, 0.1, 1, -0.1, -1, 0, 1, 0.1),
      outVectors: Float32Array.of(0, 1, 0, 1, 0, -1, 0, 1),
    },
    popularity: Float32Array.of(0.8, 0.8, 0.9, 0.1),
    neighbours: { numNeighbours: 1, items: Int32Array.of(-1, -1, -1, -1), lifts: new Float32Array(4) },
  };

  it('prefers what is alike and well known, without the item itself, within the mask', () => {
    const { items, scores } = similarItems(alike, 0, 4);
    expect([...items]).toEqual([1, 3, 2]);
    expect(scores[0]).toBeGreaterThan(0.01);
    expect(scores[0]).toBeLessThanOrEqual(0.02);
    expect(scores[2]).toBeLessThan(0);
    expect([...similarItems(alike, 0, 4, Uint8Array.of(1, 0, 1, 1)).items]).toEqual([3, 2]);
  });

  it('puts what the same people meet before what only lies near', () => {
    const neighbours = {
      numNeighbours: 1,
      items: Int32Array.of(2, -1, -1, -1),
      lifts: Float32Array.of(0.5, 0, 0, 0),
    };
    const { items, scores } = similarItems({ ...alike, neighbours }, 0, 4);
    expect([...items]).toEqual([2, 1, 3]);
    expect(scores[0]).toBeCloseTo(0.98 * 0.5 + similarItems(alike, 0, 4).scores[2], 5);
    expect([...similarItems({ ...alike, neighbours }, 0, 4, Uint8Array.of(1, 1, 0, 1)).items]).toEqual([
      1, 3,
    ]);
  });
});
