import { describe, expect, it } from '@jest/globals';
import { initialNeuralCF, scoreNeuralCF } from '../neuralCF.ts';
import { gaussian, seededRandom } from '../random.ts';
import { diversify } from './diversify.ts';
import { explainCandidate, explainCandidates } from './explainCandidate.ts';
import { blendedScores, rankCandidates } from './rankCandidates.ts';
import { retrieveCandidates } from './retrieveCandidates.ts';
import type { ServedSettings } from './servedModel.ts';
import { similarItems } from './similarItems.ts';
import { standardise } from './standardise.ts';
import { historyWeights, userVector } from './userVector.ts';

const settings: ServedSettings = {
  userVector: 'recency',
  recencyTau: 5,
  neuralCFWeight: 0.25,
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

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

describe('historyWeights', () => {
  const history = [
    { itemIndex: 0, rating: 5 },
    { itemIndex: 1, rating: 0.5 },
    { itemIndex: 2, rating: 4 },
  ];

  it('falls by e every τ positions from the newest, times the share of five stars', () => {
    const [oldest, middle, newest] = historyWeights(history, settings);
    expect(oldest).toBeCloseTo(Math.exp(-2 / 5) * 1, 6);
    expect(middle).toBeCloseTo(Math.exp(-1 / 5) * 0.1, 6);
    expect(newest).toBeCloseTo(0.8, 6);
  });

  it('knows only the rating for the plain mean', () => {
    const weights = historyWeights(history, { ...settings, userVector: 'mean' });
    expect([...weights]).toEqual([1, Math.fround(0.1), Math.fround(0.8)]);
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
  it('returns the best by inner product with OUT, as many as the settings say, inside the mask', () => {
    // Inner products with (1, 1): 2, 4, 2, 2.
    const query = Float32Array.of(1, 1);
    expect([...retrieveCandidates({ item2vec, settings }, query).items]).toEqual([1, 0, 2]);
    const masked = retrieveCandidates({ item2vec, settings }, query, Uint8Array.of(1, 0, 1, 1));
    expect([...masked.items]).toEqual([0, 2, 3]);
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
  const candidates = { items: Int32Array.of(3, 1, 0), scores: Float32Array.of(6, 4, 2) };
  const shape = { numUsers: 2, numItems: 4, embeddingDim: 2, hiddenDims: [3, 2] as const };
  const neuralCF = initialNeuralCF(shape, seededRandom(1));
  const zRetrieval = [Math.sqrt(1.5), 0, -Math.sqrt(1.5)];

  it('is calibrated item2vec alone for a user whom NeuralCF does not know', () => {
    const ranked = rankCandidates({ neuralCF, settings }, null, candidates);
    expect([...ranked.items]).toEqual([3, 1, 0]);
    ranked.scores.forEach((score, place) => expect(score).toBeCloseTo(sigmoid(zRetrieval[place] + 0.5), 6));
  });

  it('blends both standardised scores by the weight in the settings', () => {
    // Item biases so large that they decide NeuralCF's order: 0 before 1 before 3.
    neuralCF.parameters.itemBiases.set([60, 30, 0, 0]);
    const logits = new Float32Array(3);
    scoreNeuralCF(neuralCF, 1, candidates.items, logits);
    const zNeuralCF = standardise(logits);
    const expected = zRetrieval.map((z, index) => 0.75 * z + 0.25 * zNeuralCF[index]);
    blendedScores({ neuralCF, settings }, 1, candidates).forEach((z, index) =>
      expect(z).toBeCloseTo(expected[index], 5),
    );
    const ranked = rankCandidates({ neuralCF, settings }, 1, candidates);
    expect([...ranked.items]).toEqual([3, 1, 0]);
    expect(ranked.scores[0]).toBeCloseTo(sigmoid(2 * expected[0] - 1), 5);

    const trusting = { ...settings, neuralCFWeight: 0.75 };
    expect([...rankCandidates({ neuralCF, settings: trusting }, 1, candidates).items]).toEqual([0, 1, 3]);
  });

  it('breaks ties by row and stays within (0, 1)', () => {
    const steep = { slope: 1e6, intercept: 0 };
    const extreme = { ...settings, calibration: { ranked: steep, retrieval: steep } };
    const tied = { items: Int32Array.of(2, 0, 1), scores: Float32Array.of(1, 1, 9) };
    const ranked = rankCandidates({ neuralCF: null, settings: extreme }, 1, tied);
    expect([...ranked.items]).toEqual([1, 0, 2]);
    expect(ranked.scores[0]).toBeLessThan(1);
    expect(ranked.scores[2]).toBeGreaterThan(0);
  });

  it('ranks no candidates as none', () => {
    const none = { items: new Int32Array(0), scores: new Float32Array(0) };
    expect(rankCandidates({ neuralCF, settings }, 1, none).items).toHaveLength(0);
  });
});

describe('explainCandidates', () => {
  const history = [
    { itemIndex: 0, rating: 5 },
    { itemIndex: 1, rating: 4 },
  ];
  const weights = Float32Array.of(3, 1);
  const candidates = Int32Array.of(0, 1, 3);

  it('gives each history entry its term, worked by hand', () => {
    // IN_0·OUT over the candidates: 2, 0, 3, mean 5/3; IN_1·OUT: 0, 4, −1, mean 1.
    // Scores ¾·IN_0·OUT + ¼·IN_1·OUT: 1.5, 1, 2, so σ = √(1/6).
    const [first, second] = explainCandidate(history, weights, item2vec, candidates, 3);
    expect(first).toBeCloseTo((0.75 * (3 - 5 / 3)) / Math.sqrt(1 / 6), 6);
    expect(second).toBeCloseTo((0.25 * (-1 - 1)) / Math.sqrt(1 / 6), 6);
  });

  it("sums to the candidate's standardised score", () => {
    const query = userVector(history, weights, item2vec);
    const scores = Float32Array.from(
      candidates,
      (item) => query[0] * item2vec.outVectors[2 * item] + query[1] * item2vec.outVectors[2 * item + 1],
    );
    const z = standardise(scores);
    const termsOf = explainCandidates(history, weights, item2vec, candidates);
    candidates.forEach((item, index) =>
      expect(termsOf(item).reduce((sum, term) => sum + term, 0)).toBeCloseTo(z[index], 5),
    );
  });

  it('is 0 where the candidates do not differ', () => {
    expect([...explainCandidate(history, weights, item2vec, Int32Array.of(3), 3)]).toEqual([0, 0]);
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
  const model = {
    numItems: 4,
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
    const { items, scores } = similarItems(model, 0, 4);
    expect([...items]).toEqual([1, 3, 2]);
    expect(scores[0]).toBeGreaterThan(0.01);
    expect(scores[0]).toBeLessThanOrEqual(0.02);
    expect(scores[2]).toBeLessThan(0);
    expect([...similarItems(model, 0, 4, Uint8Array.of(1, 0, 1, 1)).items]).toEqual([3, 2]);
  });

  it('puts what the same people meet before what only lies near', () => {
    const neighbours = {
      numNeighbours: 1,
      items: Int32Array.of(2, -1, -1, -1),
      lifts: Float32Array.of(0.5, 0, 0, 0),
    };
    const { items, scores } = similarItems({ ...model, neighbours }, 0, 4);
    expect([...items]).toEqual([2, 1, 3]);
    expect(scores[0]).toBeCloseTo(0.98 * 0.5 + similarItems(model, 0, 4).scores[2], 5);
    expect([...similarItems({ ...model, neighbours }, 0, 4, Uint8Array.of(1, 1, 0, 1)).items]).toEqual([
      1, 3,
    ]);
  });
});
