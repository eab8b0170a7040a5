import { describe, expect, it } from '@jest/globals';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { RETRIEVAL_FEATURES } from '../features/registry.ts';
import { fitEASE } from '../models/ease/index.ts';
import { fitImplicitALS } from '../models/implicitALS/index.ts';
import { fitItem2Vec } from '../models/item2vec/index.ts';
import { fitItemNeighbours } from '../models/itemNeighbours/index.ts';
import { initialNeuralCF } from '../models/neuralCF/initial.ts';
import { fitPopularity } from '../models/popularity/index.ts';
import { initialSequence } from '../models/sequence/initial.ts';
import { fitTransitions } from '../models/transitions/index.ts';
import { fitTrend } from '../models/trend/index.ts';
import { seededRandom } from '../random/random.ts';
import { featureScores } from '../serving/featureScores.ts';
import { foldIn } from '../serving/foldIn.ts';
import { neuralCFLogits } from '../serving/rankCandidates.ts';
import { similarItems } from '../serving/similarItems.ts';
import { checkerboard } from '../test/modelContract.ts';
import { mixFromContent } from './mixFromContent.ts';
import type { ItemContent } from './mixFromContent.ts';
import { withNewItems } from './withNewItems.ts';

const film = (title: string, releaseYear: number | null, ...genres: string[]): ItemContent => ({
  title,
  releaseYear,
  genres,
});

const KNOWN = [
  film('Batman', 1989, 'Action'),
  film('The Batman Returns', 1992, 'Action'),
  film('Notting Hill', 1999, 'Romance', 'Comedy'),
  film('Runaway Bride', 1999, 'Romance', 'Comedy'),
  film('Alien', 1979, 'Horror', 'Sci-Fi'),
  film('Aliens', 1986, 'Action', 'Sci-Fi'),
  film('Heat', 1995, 'Action', 'Crime'),
  film('Casino', 1995, 'Crime'),
];
const COUNTS = new Float32Array(8).fill(30);

describe('mixFromContent', () => {
  const mix = (item: ItemContent, counts = COUNTS) => mixFromContent(KNOWN, counts, [item])[0];

  it('finds the series by a rare word of the title, whatever else is alike', () => {
    const mixture = mix(film('Bátman', 1995, 'Crime'));
    expect([...(mixture?.items.subarray(0, 2) ?? [])].sort()).toEqual([0, 1]);
    expect(mixture?.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
  });

  it('goes by genres and year where no word is known, rare genres first', () => {
    expect([...(mix(film('Xyz', 1999, 'Romance'))?.items ?? [])].sort()).toEqual([2, 3]);
    expect(mix(film('Xyz', 1985, 'Sci-Fi', 'Action'))?.items[0]).toBe(5);
    expect(mix(film('Xyz', 1978, 'Horror', 'Sci-Fi'))?.items[0]).toBe(4);
  });

  it('does not mix in items without interactions, nor make mixtures from nothing', () => {
    const counts = COUNTS.slice();
    counts[0] = 0;
    expect([...(mix(film('Batman Forever', null), counts)?.items ?? [])]).toEqual([1]);
    expect(mix(film('The', null))).toBeNull();
    expect(mixFromContent([], [], [film('Batman', 1989, 'Action')])).toEqual([null]);
  });
});

describe('withNewItems', () => {
  const board = checkerboard(8);
  const transitions = { window: 4, decay: 2, isDirected: false, numNeighbours: 8 };
  const implicitALS = fitImplicitALS(
    board,
    { dim: 4, regularization: 0.02, unobservedWeight: 0.1, iterations: 4 },
    { seed: 1 },
  );
  const neuralCF = initialNeuralCF(
    { numUsers: 8, numItems: 8, embeddingDim: 2, hiddenDims: [3, 2] },
    seededRandom(1),
  );
  const model: RecommenderModel = {
    numItems: 8,
    item2vec: fitItem2Vec(
      board,
      { dim: 4, window: 3, negatives: 2, epochs: 2, learningRate: 0.05 },
      { seed: 1 },
    ),
    implicitALS,
    ease: fitEASE(board, { l2: 1, numNeighbours: 8 }, { seed: 1 }),
    coVisitation: fitTransitions(board, transitions),
    transitions: fitTransitions(board, { ...transitions, isDirected: true }),
    trend: fitTrend(board),
    neuralCF,
    neuralCFFoldIn: null,
    popularity: fitPopularity(board),
    rising: Float32Array.of(0, 0, 0.5, 1, 0, 0.25, 0, 0),
    dislikes: Float32Array.of(0.1, 0.2, 0.1, 0.4, 0.2, 0.2, 0.3, 0.1),
    neighbours: fitItemNeighbours(board),
    itemMap: null,
    sequence: initialSequence(
      {
        numItems: 8,
        dim: 16,
        length: 4,
        blocks: 1,
        heads: 2,
        hiddenDim: 16,
        hasGaps: true,
        hasRatings: false,
        hasDistances: false,
      },
      seededRandom(2),
    ),
    settings: {
      retrievalWeights: { ease: 1 },
      rankingWeights: { ease: 0.9, neuralCF: 0.1 },
      numCandidates: 500,
      calibration: { ranked: { slope: 1, intercept: 0 }, retrieval: { slope: 1, intercept: 0 } },
    },
  };
  const like2 = { items: Int32Array.of(2), weights: Float32Array.of(1) };
  const between = { items: Int32Array.of(3, 5), weights: Float32Array.of(0.75, 0.25) };
  const extended = withNewItems(model, [like2, between]);
  const history = [1, 4, 6].map((itemIndex) => ({ itemIndex, rating: 4, timestamp: 100 * itemIndex }));

  it('changes no feature of a known item and gives a new one the mean of what it is made of', () => {
    const [before, after] = [model, extended].map((one) => ({ one, user: foldIn(one, history, 0) }));
    for (const feature of RETRIEVAL_FEATURES) {
      const known = featureScores(before.one, before.user, feature) ?? [];
      const all = featureScores(after.one, after.user, feature) ?? [];
      expect([feature, all.length]).toEqual([feature, 10]);
      // How trendy an item is, is relative to all items together; iALS's penalty grows with their number.
      const digits = feature.startsWith('trend') || feature === 'implicitALS' ? 1 : 5;
      const changed = known.findIndex((score, item) => Math.abs(all[item] - score) > 10 ** -digits);
      expect([feature, changed]).toEqual([feature, -1]);
      expect(all[8]).toBeCloseTo(known[2], digits);
      // These two are logarithms and ratios of counts, for which the mean is of the counts.
      if (feature.startsWith('trend') || feature === 'popularity') continue;
      expect(all[9]).toBeCloseTo(0.75 * all[3] + 0.25 * all[5], 5);
    }
    const items = Int32Array.from({ length: 10 }, (_, item) => item);
    const logits = neuralCFLogits(extended, after.user, items);
    expect(logits?.[8]).toBe(logits?.[2]);
  });

  it('says the same of a history with a new item as of one with what it is made of', () => {
    const withNew = [...history, { itemIndex: 8, rating: 4, timestamp: 900 }];
    const withOld = [...history, { itemIndex: 2, rating: 4, timestamp: 900 }];
    for (const feature of ['ease', 'coVisitationRecent', 'item2vecRecent', 'implicitALS'] as const) {
      const [a, b] = [withNew, withOld].map(
        (entries) => featureScores(extended, foldIn(extended, entries, null), feature) ?? [],
      );
      // An item is no neighbour of itself, nor of its like.
      for (const item of [0, 1, 3, 4, 5, 6, 7]) expect(a[item]).toBeCloseTo(b[item], 5);
    }
  });

  it('finds what a new item is made of when asked for similar ones', () => {
    expect([...similarItems(extended, 9, 2).items]).toEqual([3, 5]);
  });

  it('is the model itself where nothing is added', () => {
    expect(withNewItems(model, [])).toBe(model);
  });
});
