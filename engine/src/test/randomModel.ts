import { groupByUser } from '../data/interactions.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { RETRIEVAL_FEATURES } from '../features/registry.ts';
import { fitImplicitALS } from '../models/implicitALS/index.ts';
import { initialSequence } from '../models/sequence/initial.ts';
import { fitTrend } from '../models/trend/index.ts';
import { gaussian, randomInt, seededRandom } from '../random/random.ts';
import type { Random } from '../random/random.ts';
import { packRows, paddedRows } from '../sparse/itemMatrix.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';

const { exp } = Math;

/** Popular items first, as data sets number them. */
function randomInteractions(numUsers: number, numItems: number, random: Random) {
  const rows = Array.from({ length: numUsers * 40 }, (_, row) => ({
    user: Math.floor(row / 40),
    item: Math.floor(numItems * random() ** 3),
    time: 1e9 + 1e7 * random(),
  }));
  const grouped = {
    userIndices: Int32Array.from(rows, ({ user }) => user),
    itemIndices: Int32Array.from(rows, ({ item }) => item),
    ratings: new Float32Array(rows.length).fill(4),
    timestamps: Float64Array.from(rows, ({ time }) => time),
  };
  return groupByUser(grouped, numUsers, numItems);
}

function randomMatrix(numItems: number, random: Random): SparseItemMatrix {
  const rows = paddedRows(numItems, 30);
  for (let item = 0; item < numItems; item++) {
    const length = randomInt(random, rows.width + 1);
    const targets = new Set(Array.from({ length }, () => randomInt(random, numItems)));
    [...targets].forEach((target, place) => {
      rows.items[item * rows.width + place] = target;
      rows.weights[item * rows.width + place] = exp(-place / 10) * (random() < 0.1 ? -1 : 1);
    });
  }
  return packRows(rows);
}

/** Five neighbours of each item, some of them missing. */
function randomNeighbours(numItems: number, random: Random): RecommenderModel['neighbours'] {
  const numNeighbours = Math.min(5, numItems - 1);
  const items = new Int32Array(numItems * numNeighbours).fill(-1);
  const lifts = new Float32Array(items.length);
  for (let item = 0; item < numItems; item++) {
    const length = randomInt(random, numNeighbours + 1);
    for (let place = 0; place < length; place++) {
      items[item * numNeighbours + place] = (item + 1 + place) % numItems;
      lifts[item * numNeighbours + place] = random() / (1 + place);
    }
  }
  return { numNeighbours, items, lifts };
}

/** A sequence model as training starts with it, but with larger embeddings. */
function randomSequence(numItems: number, random: Random): RecommenderModel['sequence'] {
  const shape = {
    numItems,
    dim: 16,
    length: 20,
    blocks: 2,
    heads: 2,
    hiddenDim: 32,
    hasGaps: true,
    hasRatings: false,
    hasDistances: false,
  };
  const { parameters, ...model } = initialSequence(shape, random);
  const itemEmbeddings = parameters.itemEmbeddings.map((value) => 20 * value);
  return { ...model, parameters: { ...parameters, itemEmbeddings } };
}

/** A model of random numbers in every part but NeuralCF and the neighbours; the same size gives the same one. */
export function randomModel(numItems: number, dim: number): RecommenderModel {
  const random = seededRandom(numItems);
  const vectors = () => Float32Array.from({ length: numItems * dim }, () => gaussian(random));
  const interactions = randomInteractions(30, numItems, random);
  return {
    numItems,
    item2vec: { numItems, dim, inVectors: vectors(), outVectors: vectors() },
    implicitALS: fitImplicitALS(
      interactions,
      { dim: 6, regularization: 0.1, unobservedWeight: 0.1, iterations: 2 },
      { seed: 1 },
    ),
    ease: randomMatrix(numItems, random),
    coVisitation: randomMatrix(numItems, random),
    transitions: randomMatrix(numItems, random),
    trend: fitTrend(interactions),
    neuralCF: null,
    neuralCFFoldIn: null,
    popularity: Float32Array.from({ length: numItems }, () => 0.9 * random()),
    dislikes: Float32Array.from({ length: numItems }, (_, item) => 0.1 * (item % 6)),
    rising: Float32Array.from({ length: numItems }, () => Math.max(0, random() - 0.8)),
    neighbours: randomNeighbours(numItems, random),
    itemMap: null,
    sequence: randomSequence(numItems, random),
    settings: {
      retrievalWeights: Object.fromEntries(
        RETRIEVAL_FEATURES.map((feature, index) => [feature, 0.02 * (index + 1)]),
      ),
      rankingWeights: Object.fromEntries(RETRIEVAL_FEATURES.map((feature) => [feature, 0.1])),
      calibration: { ranked: { slope: 1, intercept: 0 }, retrieval: { slope: 1, intercept: 0 } },
      numCandidates: 100,
    },
  };
}
