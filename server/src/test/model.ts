import {
  fitImplicitALS,
  fitItem2Vec,
  fitNeuralCF,
  fitItemNeighbours,
  fitNeuralCFFoldIn,
  fitPopularity,
  fitTransitions,
  fitTrend,
  groupByUser,
  IdMap,
  initialSequence,
  seededRandom,
  type Item2VecOptions,
  type NeuralCFOptions,
  type RecommenderModel,
  type SequenceModel,
  type ServedSettings,
} from '@pocketrocket/engine';
import type { Manifest } from '@pocketrocket/model/artifact';
import { buildProfile, type LoadedModel, type Profile } from '@pocketrocket/model';
import { UNRATED_MOVIE, USER_WITHOUT_TIMES, type Fixture } from './fixture.ts';

/** Rated movies, but was not there when the model was trained. */
export const USER_UNKNOWN_TO_MODEL = USER_WITHOUT_TIMES - 1;
/** In the catalogue, but not in the model. */
export const MOVIE_UNKNOWN_TO_MODEL = UNRATED_MOVIE;

const SEED = 3;

const SETTINGS: ServedSettings = {
  retrievalWeights: { item2vecRecent: 0.7, coVisitation: 0.3 },
  rankingWeights: { item2vecRecent: 0.5, coVisitation: 0.3, neuralCF: 0.2 },
  calibration: { ranked: { slope: 1, intercept: -1 }, retrieval: { slope: 0.8, intercept: -1.2 } },
  numCandidates: 500,
};

/** Training settings; the defaults learn the small fixture's tastes within a second. */
const TRAINING = {
  item2vec: { dim: 8, window: 6, negatives: 5, epochs: 12, learningRate: 0.1 } as Item2VecOptions,
  neuralCF: {
    embeddingDim: 8,
    hiddenDims: [8, 4],
    negatives: 2,
    epochs: 2,
    learningRate: 0.01,
    batchSize: 64,
  } as NeuralCFOptions | null,
};

/** A model really trained on a fixture, but for the movie that nobody rated and one user. */
export function makeModel(fixture: Fixture, training = TRAINING): LoadedModel {
  const rated = new Set(fixture.ratings.map(({ movieId }) => movieId));
  const raters = new Set(fixture.ratings.map(({ userId }) => userId));
  const items = IdMap.from(rated);
  const users = IdMap.from([...raters].filter((userId) => userId !== USER_UNKNOWN_TO_MODEL));
  const rows = fixture.ratings.filter(({ userId }) => users.indexOf(userId) >= 0);
  const interactions = groupByUser(
    {
      userIndices: Int32Array.from(rows, ({ userId }) => users.indexOf(userId)),
      itemIndices: Int32Array.from(rows, ({ movieId }) => items.indexOf(movieId)),
      ratings: Float32Array.from(rows, ({ halfStars }) => halfStars / 2),
      timestamps: Float64Array.from(rows, ({ ratedAtSeconds }) => ratedAtSeconds ?? Number.NaN),
    },
    users.size,
    items.size,
  );
  const item2vec = fitItem2Vec(interactions, training.item2vec, { seed: SEED });
  const neuralCF = training.neuralCF && fitNeuralCF(interactions, training.neuralCF, { seed: SEED });
  const implicitALS = fitImplicitALS(
    interactions,
    { dim: 8, regularization: 0.02, unobservedWeight: 0.1, iterations: 4 },
    { seed: SEED },
  );
  return toLoaded(fixture, items, users, {
    numItems: items.size,
    item2vec,
    implicitALS,
    ease: null,
    coVisitation: fitTransitions(interactions, {
      window: 6,
      decay: 3,
      isDirected: false,
      numNeighbours: 50,
    }),
    transitions: null,
    trend: fitTrend(interactions),
    neuralCF,
    neuralCFFoldIn: neuralCF && fitNeuralCFFoldIn(implicitALS, neuralCF, interactions),
    popularity: fitPopularity(interactions),
    rising: null,
    dislikes: null,
    neighbours: fitItemNeighbours(interactions),
    itemMap: null,
    sequence: null,
    settings: SETTINGS,
  });
}

function withRecommender(model: LoadedModel, changed: Partial<RecommenderModel>): LoadedModel {
  return { ...model, recommender: { ...model.recommender, ...changed } };
}

/** The same model, served with other settings. */
export function withSettings(model: LoadedModel, changed: Partial<ServedSettings>): LoadedModel {
  return withRecommender(model, { settings: { ...model.recommender.settings, ...changed } });
}

/** The same model, in which NeuralCF likes one movie far more, or less, than it was trained to. */
export function withItemBias(model: LoadedModel, movieId: number, bias: number): LoadedModel {
  const { neuralCF } = model.recommender;
  if (!neuralCF) throw new Error('this model has no NeuralCF');
  const itemBiases = neuralCF.parameters.itemBiases.slice();
  itemBiases[model.items.indexOf(movieId)] = bias;
  const parameters = { ...neuralCF.parameters, itemBiases };
  return withRecommender(model, { neuralCF: { ...neuralCF, parameters } });
}

/** The same model with a sequence model as training starts with it, but for larger numbers. */
export function withSequence(model: LoadedModel): LoadedModel {
  const random = seededRandom(5);
  const { parameters, ...shape } = initialSequence(
    {
      numItems: model.items.size,
      dim: 16,
      length: 12,
      blocks: 2,
      heads: 2,
      hiddenDim: 24,
      hasGaps: true,
      hasRatings: true,
      hasDistances: true,
    },
    random,
  );
  const varied = Object.entries(parameters).map(([name, values]: [string, Float32Array]) => [
    name,
    values.map((value) => value + 0.3 * (2 * random() - 1)),
  ]);
  const sequence = { ...shape, parameters: Object.fromEntries(varied) as SequenceModel['parameters'] };
  return withRecommender(model, { sequence });
}

function toLoaded(fixture: Fixture, items: IdMap, users: IdMap, recommender: RecommenderModel): LoadedModel {
  const manifest: Manifest = {
    format: 1,
    version: 12,
    createdAt: '2024-05-06T07:08:09.000Z',
    recipe: 'quick',
    seed: SEED,
    dataset: { name: fixture.name, identity: `sha256:${fixture.name}`, synthetic: true },
    counts: { users: users.size, items: items.size, interactions: fixture.ratings.length },
    algorithms: {},
    serving: { ...recommender.settings },
    evaluation: {
      protocol: 'last-out-sampled',
      seed: SEED,
      users: users.size,
      models: {
        popularity: { hitRateAt10: 0.4, ndcgAt10: 0.2 },
        pipeline: { hitRateAt10: 0.7, ndcgAt10: 0.5, recallAt500: 0.9 },
      },
    },
    tensors: {},
  };
  return {
    version: manifest.version,
    manifest,
    recommender,
    items,
    users,
    numTrainedItems: items.size,
  };
}

/** The profile of a user of the fixture; with null, of somebody unknown who rated the same as user 1. */
export function profileOfUser(model: LoadedModel, { ratings }: Fixture, userId: number | null): Profile {
  const rated = ratings
    .filter((rating) => rating.userId === (userId ?? 1))
    .map((rating) => ({ ...rating, rating: rating.halfStars / 2 }));
  const profile = buildProfile(model, rated, userId);
  if (!profile) throw new Error('this user has no history');
  return profile;
}
