import {
  foldIn,
  initialSequence,
  seededRandom,
  type HistoryEntry,
  type RecommenderModel,
} from '@pocketrocket/engine';

const NUM_ITEMS = 10_000;
const NUM_USERS = 600;
/** Of the full recipe. */
const DIMS = { item2vec: 32, implicitALS: 64, neuralCF: 64, trendBins: 128 };
/** The longest that a recipe has. */
const SEQUENCE = { dim: 64, length: 100, blocks: 2, heads: 2, hiddenDim: 256 };
const LENGTHS = [20, 200, 1_000, 100_000];
const ROUNDS = 300;

/** Prints how long it takes to make vectors for every model from a history, without training. */
export function benchFoldIn(): void {
  const random = seededRandom(1);
  const model = randomModel(random);
  for (const length of LENGTHS) {
    const history = Array.from({ length }, (_, place): HistoryEntry => ({
      itemIndex: Math.floor(random() * NUM_ITEMS),
      rating: 1 + Math.floor(random() * 9) / 2,
      timestamp: 1e9 + place,
    }));
    const times = Array.from({ length: ROUNDS }, () => {
      const startedAt = performance.now();
      foldIn(model, history, null);
      return performance.now() - startedAt;
    }).sort((a, b) => a - b);
    const at = (share: number): string => (times[Math.floor(share * ROUNDS)] ?? Number.NaN).toFixed(2);
    process.stdout.write(
      `fold-in of ${length.toLocaleString('en')} ratings: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms\n`,
    );
  }
}

/** A model of the full recipe's size: how long a fold-in takes does not depend on what was learned. */
function randomModel(random: () => number): RecommenderModel {
  const numbers = (size: number): Float32Array => Float32Array.from({ length: size }, () => random() - 0.5);
  const { item2vec, implicitALS: dim, neuralCF: embeddingDim, trendBins: numBins } = DIMS;
  const gramian = new Float32Array(dim * dim);
  for (let d = 0; d < dim; d++) gramian[d * dim + d] = NUM_ITEMS / 12;
  const hiddenDims: [number, number] = [64, 32];
  return {
    numItems: NUM_ITEMS,
    item2vec: {
      numItems: NUM_ITEMS,
      dim: item2vec,
      inVectors: numbers(NUM_ITEMS * item2vec),
      outVectors: numbers(NUM_ITEMS * item2vec),
    },
    implicitALS: {
      numUsers: NUM_USERS,
      numItems: NUM_ITEMS,
      dim,
      userVectors: numbers(NUM_USERS * dim),
      itemVectors: numbers(NUM_ITEMS * dim),
      gramian,
      regularization: 0.02,
      unobservedWeight: 0.15,
      frequencyScaling: 1,
    },
    ease: null,
    coVisitation: null,
    transitions: null,
    trend: {
      numItems: NUM_ITEMS,
      numBins,
      clock: Int32Array.of(1e9, 86_400),
      counts: numbers(NUM_ITEMS * numBins),
    },
    neuralCF: {
      numUsers: NUM_USERS,
      numItems: NUM_ITEMS,
      embeddingDim,
      hiddenDims,
      parameters: {
        userEmbeddings: numbers(NUM_USERS * 2 * embeddingDim),
        itemEmbeddings: numbers(NUM_ITEMS * 2 * embeddingDim),
        itemBiases: numbers(NUM_ITEMS),
        layer1UserWeights: numbers(embeddingDim * hiddenDims[0]),
        layer1ItemWeights: numbers(embeddingDim * hiddenDims[0]),
        layer1Biases: numbers(hiddenDims[0]),
        layer2Weights: numbers(hiddenDims[0] * hiddenDims[1]),
        layer2Biases: numbers(hiddenDims[1]),
        outputWeights: numbers(embeddingDim + hiddenDims[1]),
      },
    },
    neuralCFFoldIn: numbers((dim + 1) * 2 * embeddingDim),
    popularity: numbers(NUM_ITEMS),
    rising: null,
    dislikes: null,
    neighbours: { numNeighbours: 0, items: new Int32Array(0), lifts: new Float32Array(0) },
    itemMap: null,
    sequence: initialSequence(
      { numItems: NUM_ITEMS, ...SEQUENCE, hasGaps: true, hasRatings: true, hasDistances: true },
      random,
    ),
    settings: {
      retrievalWeights: { item2vecRecent: 1 },
      rankingWeights: { item2vecRecent: 0.9, neuralCF: 0.1 },
      numCandidates: 500,
      calibration: { ranked: { slope: 1, intercept: 0 }, retrieval: { slope: 1, intercept: 0 } },
    },
  };
}
