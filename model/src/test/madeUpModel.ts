import {
  countParts,
  fitEASE,
  fitImplicitALS,
  fitItem2Vec,
  fitItemNeighbours,
  fitNeuralCF,
  fitNeuralCFFoldIn,
  fitTransitions,
  groupByUser,
  IdMap,
  RETRIEVAL_FEATURES,
  seededRandom,
  type Interactions,
  type RecommenderModel,
} from '@pocketrocket/engine';
import type { Manifest } from '../artifact/manifest.ts';
import type { LoadedModel } from '../serving/loadedModel.ts';
import { withNewMovies, type MovieContent } from '../serving/newMovies.ts';

/** A prime, so that steps of any length come to all of them. */
const NUM_USERS = 61;
const NUM_ITEMS = 700;
const PER_USER = 30;
/** movieIds leave gaps, as those of data sets do. */
const STEP = 7;

/** Seconds at which a user rated movies, oldest first. */
export interface MadeUpHistory {
  readonly userId: number;
  readonly rated: readonly { movieId: number; rating: number; ratedAtSeconds: number }[];
}

/** A small model with every part, fitted to made-up ratings, and the histories that it was fitted to. */
export function madeUpModel(): { model: LoadedModel; histories: MadeUpHistory[] } {
  const interactions = madeUpInteractions();
  const items = IdMap.from(Array.from({ length: NUM_ITEMS }, (_, row) => STEP * (row + 1)));
  const users = IdMap.from(Array.from({ length: NUM_USERS }, (_, row) => row + 1));
  const recommender = fitted(interactions);
  return {
    model: {
      version: 3,
      manifest: manifestOf(recommender, interactions),
      recommender,
      items,
      users,
      numTrainedItems: NUM_ITEMS,
    },
    histories: Array.from({ length: NUM_USERS }, (_, user) => historyOf(interactions, user, items)),
  };
}

/** The model with movies behind its own that nobody has rated. */
export function withMadeUpMovies(model: LoadedModel): LoadedModel {
  const known = Array.from(model.items.ids, (movieId) => contentOf(movieId));
  const added = Array.from({ length: 9 }, (_, place) => contentOf(100_001 + place));
  return withNewMovies(model, [...known, ...added]);
}

function contentOf(movieId: number): MovieContent {
  const genres = [String(movieId % 5), String(5 + (movieId % 3))];
  return { movieId, title: `Film ${movieId}`, releaseYear: 1960 + (movieId % 60), genres };
}

function madeUpInteractions(): Interactions {
  const random = seededRandom(5);
  const n = NUM_USERS * PER_USER;
  const rows = {
    userIndices: Int32Array.from({ length: n }, (_, row) => Math.floor(row / PER_USER)),
    // The cube makes the first items the popular ones.
    itemIndices: Int32Array.from({ length: n }, () => Math.floor(NUM_ITEMS * random() ** 3)),
    ratings: Float32Array.from({ length: n }, () => 0.5 * (1 + Math.floor(10 * random()))),
    timestamps: Float64Array.from({ length: n }, () => 1e9 + Math.floor(1e8 * random())),
  };
  return groupByUser(rows, NUM_USERS, NUM_ITEMS);
}

function fitted(interactions: Interactions): RecommenderModel {
  const context = { seed: 1 };
  const transitions = { window: 6, decay: 3, numNeighbours: 50 };
  const implicitALS = fitImplicitALS(
    interactions,
    { dim: 8, regularization: 0.02, unobservedWeight: 0.1, iterations: 3 },
    context,
  );
  const neuralCF = fitNeuralCF(
    interactions,
    { embeddingDim: 8, hiddenDims: [16, 8], negatives: 2, epochs: 1, learningRate: 0.01, batchSize: 64 },
    context,
  );
  const releaseYears = Int16Array.from({ length: NUM_ITEMS }, (_, row) => 1960 + (row % 50));
  return {
    numItems: NUM_ITEMS,
    item2vec: fitItem2Vec(
      interactions,
      { dim: 12, window: 6, negatives: 5, epochs: 2, learningRate: 0.05 },
      context,
    ),
    implicitALS,
    ease: fitEASE(interactions, { l2: 10, numNeighbours: 40 }, context),
    coVisitation: fitTransitions(interactions, { ...transitions, isDirected: false }),
    transitions: fitTransitions(interactions, { ...transitions, isDirected: true }),
    ...countParts(interactions, { releaseYears }),
    neuralCF,
    neuralCFFoldIn: fitNeuralCFFoldIn(implicitALS, neuralCF, interactions),
    neighbours: fitItemNeighbours(interactions, 20),
    sequence: null,
    itemMap: Float32Array.from({ length: 2 * NUM_ITEMS }, (_, at) => Math.sin(at)),
    settings: {
      retrievalWeights: Object.fromEntries(RETRIEVAL_FEATURES.map((name) => [name, 0.1])),
      rankingWeights: {
        ...Object.fromEntries(RETRIEVAL_FEATURES.map((name) => [name, 0.08])),
        neuralCF: 0.2,
      },
      calibration: { ranked: { slope: 1, intercept: -1 }, retrieval: { slope: 0.8, intercept: -1 } },
      numCandidates: 100,
    },
  };
}

function historyOf(interactions: Interactions, user: number, items: IdMap): MadeUpHistory {
  const { userOffsets, itemIndices, ratings, timestamps } = interactions;
  const start = userOffsets[user] ?? 0;
  const length = (userOffsets[user + 1] ?? 0) - start;
  const rated = Array.from({ length }, (_, place) => ({
    movieId: items.externalId(itemIndices[start + place] ?? 0),
    rating: ratings[start + place] ?? 0,
    ratedAtSeconds: timestamps[start + place] ?? 0,
  }));
  return { userId: user + 1, rated };
}

function manifestOf(recommender: RecommenderModel, { itemIndices }: Interactions): Manifest {
  return {
    format: 1,
    version: 3,
    createdAt: '2024-05-06T07:08:09.000Z',
    recipe: 'quick',
    seed: 1,
    dataset: { name: 'made up', identity: 'sha256:made-up', synthetic: true },
    counts: { users: NUM_USERS, items: NUM_ITEMS, interactions: itemIndices.length },
    algorithms: {},
    serving: { ...recommender.settings },
    evaluation: { protocol: 'none', seed: 1, users: 0, models: {} },
    tensors: {},
  };
}
