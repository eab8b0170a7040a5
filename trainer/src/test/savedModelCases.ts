import {
  encodeSequence,
  initialSequence,
  scoreNeuralCF,
  scoreNeuralCFVector,
  seededRandom,
  type NeuralCF,
  type SequenceModel,
} from '@pocketrocket/engine';
import type { ExternalIds } from '../savedModel/neuralCFSavedModel.ts';

/** Scores that TensorFlow must repeat; the format of `trainer/checks/savedModel.py`. */
export interface SavedModelCase {
  /** Holds `saved_model.pb`. */
  folder: string;
  pairs: { userIds: number[]; movieIds: number[]; probabilities: number[] };
  vectors: { userVector: number[]; movieIds: number[]; probabilities: number[] }[];
  /** Of models with a sequence model. */
  nextItems?: { history: number[]; movieIds: number[]; scores: number[] }[];
}

const { exp } = Math;

/** A model of random numbers, with biases as negative as trained ones, and ids up to 2^31 − 1. */
export function randomNeuralCF(numUsers: number, numItems: number): { model: NeuralCF; ids: ExternalIds } {
  const random = seededRandom(11);
  const numbers = (length: number, scale: number): Float32Array =>
    Float32Array.from({ length }, () => scale * (2 * random() - 1));
  const [embeddingDim, hidden1, hidden2] = [8, 16, 6];
  const model: NeuralCF = {
    numUsers,
    numItems,
    embeddingDim,
    hiddenDims: [hidden1, hidden2],
    parameters: {
      userEmbeddings: numbers(numUsers * 2 * embeddingDim, 1),
      itemEmbeddings: numbers(numItems * 2 * embeddingDim, 1),
      itemBiases: numbers(numItems, 1).map((bias) => bias - 1),
      layer1UserWeights: numbers(hidden1 * embeddingDim, 0.5),
      layer1ItemWeights: numbers(hidden1 * embeddingDim, 0.5),
      layer1Biases: numbers(hidden1, 0.5),
      layer2Weights: numbers(hidden2 * hidden1, 0.5),
      layer2Biases: numbers(hidden2, 0.5),
      outputWeights: numbers(hidden2, 0.5),
    },
  };
  /** Ascending, with gaps, from 0 to 2^31 − 1: ids that a float32 would confuse are next to each other at the end. */
  const ids = (length: number): Int32Array =>
    Int32Array.from({ length }, (_, row) => (row < length / 2 ? 3 * row : 2 ** 31 - (length - row)));
  return { model, ids: { userIds: ids(numUsers), movieIds: ids(numItems) } };
}

/** A sequence model as it starts, with norms, biases and embeddings as large as trained ones. */
export function randomSequence(numItems: number): SequenceModel {
  const random = seededRandom(13);
  const shape = {
    numItems,
    dim: 16,
    length: 12,
    blocks: 2,
    heads: 2,
    hiddenDim: 24,
    hasGaps: true,
    hasRatings: true,
    hasDistances: true,
  };
  const { parameters, ...model } = initialSequence(shape, random);
  const varied = Object.entries(parameters).map(([name, values]: [string, Float32Array]) => [
    name,
    values.map((value) => value + 0.3 * (2 * random() - 1)),
  ]);
  return { ...model, parameters: Object.fromEntries(varied) as SequenceModel['parameters'] };
}

/** Histories shorter and longer than what the model reads, with unknown movies in them, and none, with the engine's scores. */
export function nextItemCases(
  model: SequenceModel,
  { movieIds }: ExternalIds,
): NonNullable<SavedModelCase['nextItems']> {
  const random = seededRandom(14);
  const [unknown] = unknownEntries(movieIds);
  const pick = (): Entry => {
    const row = Math.floor(random() * movieIds.length);
    return { row, id: movieIds[row] ?? NaN };
  };
  const { dim, parameters } = model;
  return [0, 1, 5, model.length, 3 * model.length].map((length) => {
    const history = Array.from({ length }, pick);
    const movies = Array.from({ length: 50 }, pick);
    const vector = encodeSequence(model, { items: history.map(({ row }) => row) });
    const scores = movies.map(({ row }) =>
      vector.reduce((sum, value, c) => sum + value * (parameters.itemEmbeddings[row * dim + c] ?? 0), 0),
    );
    const withUnknown = history.flatMap((entry, place) =>
      place % 3 === 1 && unknown ? [unknown, entry] : [entry],
    );
    return {
      history: withUnknown.map(({ id }) => id),
      movieIds: [...movies.map(({ id }) => id), unknown?.id ?? -1],
      scores: [...scores, LOWEST],
    };
  });
}

/** Of all float32 numbers: the score of a movie that the sequence model does not know. */
const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

/**
 * Random pairs of known ids, pairs with unknown ones, and random user vectors, with the engine's probabilities.
 * @param numPairs of known ids
 */
export function savedModelCase(
  folder: string,
  model: NeuralCF,
  ids: ExternalIds,
  numPairs: number,
): SavedModelCase {
  const random = seededRandom(12);
  const wide = withUnknown(model);
  const pickFrom = (sortedIds: Int32Array): Entry => {
    const row = Math.floor(random() * sortedIds.length);
    return { row, id: sortedIds[row] ?? NaN };
  };
  const user = (): Entry => pickFrom(ids.userIds);
  const movie = (): Entry => pickFrom(ids.movieIds);
  const unknownUsers = unknownEntries(ids.userIds);
  const unknownMovies = unknownEntries(ids.movieIds);
  const pairs = [
    ...Array.from({ length: numPairs }, () => [user(), movie()] as const),
    ...unknownUsers.map((unknown) => [unknown, movie()] as const),
    ...unknownMovies.map((unknown) => [user(), unknown] as const),
    ...unknownUsers.flatMap((one) => unknownMovies.map((other) => [one, other] as const)),
  ];
  const vectors = [1, 20, 500].map((numMovies) => ({
    userVector: Float32Array.from({ length: 2 * model.embeddingDim }, () => 2 * random() - 1),
    movies: [...Array.from({ length: numMovies }, movie), ...unknownMovies],
  }));
  return {
    folder,
    pairs: {
      userIds: pairs.map(([{ id }]) => id),
      movieIds: pairs.map(([, { id }]) => id),
      probabilities: pairs.flatMap(([{ row }, item]) =>
        probabilities([item], (items, out) => scoreNeuralCF(wide, row, items, out)),
      ),
    },
    vectors: vectors.map(({ userVector, movies }) => ({
      userVector: [...userVector],
      movieIds: movies.map(({ id }) => id),
      probabilities: probabilities(movies, (items, out) => scoreNeuralCFVector(wide, userVector, items, out)),
    })),
  };
}

interface Entry {
  row: number;
  id: number;
}

function probabilities(
  entries: readonly Entry[],
  score: (items: Int32Array, out: Float32Array) => void,
): number[] {
  const logits = new Float32Array(entries.length);
  score(
    Int32Array.from(entries, ({ row }) => row),
    logits,
  );
  return Array.from(logits, (logit) => 1 / (1 + exp(-logit)));
}

/** The model with one row more for unknown users and movies: zeros, and the lowest bias. */
function withUnknown(model: NeuralCF): NeuralCF {
  const { numUsers, numItems, parameters } = model;
  const { userEmbeddings, itemEmbeddings, itemBiases } = parameters;
  const width = 2 * model.embeddingDim;
  return {
    ...model,
    numUsers: numUsers + 1,
    numItems: numItems + 1,
    parameters: {
      ...parameters,
      userEmbeddings: Float32Array.of(...userEmbeddings, ...new Float32Array(width)),
      itemEmbeddings: Float32Array.of(...itemEmbeddings, ...new Float32Array(width)),
      itemBiases: Float32Array.of(...itemBiases, Math.min(...itemBiases)),
    },
  };
}

/** Ids that are not among the sorted ones: negative, between two of them, and above them where there is room. */
function unknownEntries(sortedIds: Int32Array): Entry[] {
  const known = new Set(sortedIds);
  const around = [...sortedIds].map((id) => id + 1).filter((id) => !known.has(id) && id < 2 ** 31);
  const ids = new Set([-1, ...around.slice(0, 1), ...around.slice(-1)]);
  return Array.from(ids, (id) => ({ row: sortedIds.length, id }));
}
