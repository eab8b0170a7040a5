import { setImmediate as turn } from 'node:timers/promises';
import { IdMap, scoreNeuralCFVector, type NeuralCF } from '@pocketrocket/engine';
import { AppError, messageOf } from '@pocketrocket/runtime';
import {
  CONSTANTS,
  decodeSavedModel,
  NEXT_ITEM,
  SIGNATURES,
  type MetaGraphDef,
  type SignatureDef,
  type SignatureName,
} from '@pocketrocket/model/savedModel';
import { constantsOf } from './graphConstants.ts';
import type { Constants } from './graphConstants.ts';
import { nextItemScorer } from './nextItem.ts';
import { extentsOf, shapeText, type DenseTensor } from './tensors.ts';
import { invalidArgument } from './tfError.ts';

/** One version of the model, ready to be asked. */
export interface Servable {
  signatures: Readonly<Partial<Record<SignatureName, SignatureDef>>>;
  /**
   * Computes the one output of a signature, float32 [n, 1]. Scoring of pairs lets other requests have their turn in between;
   * `next_item` is computed in one piece.
   * @param signature one of `signatures`
   * @param inputs by the signature's names, of its types
   * @throws TfError INVALID_ARGUMENT for shapes that do not go together
   */
  run(signature: SignatureName, inputs: Readonly<Record<string, DenseTensor>>): Promise<DenseTensor>;
}

/**
 * Makes a SavedModel that `trainer` wrote ready to be asked: the constants of its graph become the engine's NeuralCF, and its
 * sequence model where it has one.
 * @param bytes of `saved_model.pb`
 * @throws AppError ARTIFACT_INVALID where it is no such SavedModel
 */
export function toServable(bytes: Uint8Array): Servable {
  try {
    const graph = decodeSavedModel(bytes).metaGraphs.find(({ metaInfoDef }) =>
      metaInfoDef.tags.includes('serve'),
    );
    if (!graph) throw new Error('it has no graph tagged "serve"');
    return servableOf(graph);
  } catch (error) {
    throw new AppError('ARTIFACT_INVALID', `this is not a SavedModel of PocketRocket: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function servableOf(graph: MetaGraphDef): Servable {
  const { serving_default: byIds, user_vector: byVector, [NEXT_ITEM]: nextItem } = graph.signatureDef;
  if (!byIds || !byVector) throw new Error(`it lacks one of the signatures ${SIGNATURES.join(', ')}`);
  const read = constantsOf(graph);
  const users = IdMap.from(read.ints(CONSTANTS.userIds));
  const movies = IdMap.from(read.ints(CONSTANTS.movieIds));
  const scoreNext = nextItem && nextItemScorer(read, movies);
  const model = neuralCFOf(read, users.size, movies.size);
  const { exp } = Math;
  const width = 2 * model.embeddingDim;
  const nobody = new Float32Array(width);
  const { userEmbeddings } = model.parameters;
  // The first score prepares every movie; no request should wait for that.
  scoreNeuralCFVector(model, nobody, Int32Array.of(0), new Float32Array(1));
  /** The row behind the movies is that of unknown ones. */
  const rowOf = (movieId: number): number => {
    const row = movies.indexOf(movieId);
    return row < 0 ? movies.size : row;
  };
  return {
    signatures: { serving_default: byIds, user_vector: byVector, ...(nextItem && { [NEXT_ITEM]: nextItem }) },
    async run(signature, inputs) {
      const movieId = vectorOf(signature, 'movieId', inputs);
      if (signature === NEXT_ITEM) {
        if (!scoreNext) throw new Error('this model has no sequence model');
        const history = inputs['history'];
        if (history?.shape.length !== 2 || history.shape[0] !== 1)
          throw wrongShape(nextItem, 'history', history);
        return { shape: [movieId.length, 1], data: scoreNext(history.data, movieId) };
      }
      const rows = Int32Array.from(movieId, rowOf);
      if (signature === 'serving_default') {
        const userId = vectorOf(signature, 'userId', inputs);
        return score(userId.length, rows, (index) => {
          const row = users.indexOf(userId[index] ?? -1);
          return row < 0 ? nobody : userEmbeddings.subarray(row * width, (row + 1) * width);
        });
      }
      const vectors = inputs['userVector'];
      const [count = 0, columns] = vectors?.shape ?? [];
      if (!vectors || vectors.shape.length !== 2 || columns !== width)
        throw wrongShape(byVector, 'userVector', vectors);
      const data = Float32Array.from(vectors.data);
      return score(count, rows, (index) => data.subarray(index * width, (index + 1) * width));
    },
  };

  /** One of the two may have a single entry, which goes with all of the other; neighbours of one user are scored at once. */
  async function score(
    numUsers: number,
    rows: Int32Array,
    vectorAt: (index: number) => Float32Array,
  ): Promise<DenseTensor> {
    if (numUsers !== rows.length && numUsers !== 1 && rows.length !== 1) {
      const d = model.embeddingDim;
      throw invalidArgument(
        `Incompatible shapes: ${shapeText([numUsers, d])} vs. ${shapeText([rows.length, d])}`,
      );
    }
    const count = numUsers === 1 ? rows.length : numUsers;
    const items = rows.length === count ? rows : new Int32Array(count).fill(rows[0] ?? 0);
    const logits = new Float32Array(count);
    let start = 0;
    let begunAt = performance.now();
    while (start < count) {
      const vector = vectorAt(numUsers === 1 ? 0 : start);
      const last = Math.min(count, start + SLICE_ROWS);
      let end = numUsers === 1 ? last : start + 1;
      while (end < last && isSame(vector, vectorAt(end))) end++;
      scoreNeuralCFVector(model, vector, items.subarray(start, end), logits.subarray(start, end));
      start = end;
      if (performance.now() - begunAt < SLICE_MS) continue;
      await turn();
      begunAt = performance.now();
    }
    return { shape: [count, 1], data: logits.map((logit) => 1 / (1 + exp(-logit))) };
  }

  /** The ids of an input, [n]. */
  function vectorOf(
    signature: SignatureName,
    name: string,
    inputs: Readonly<Record<string, DenseTensor>>,
  ): Int32Array {
    const tensor = inputs[name];
    if (!tensor || tensor.shape.length !== 1) throw wrongShape(graph.signatureDef[signature], name, tensor);
    return Int32Array.from(tensor.data);
  }
}

/** Rows that are scored at once: a millisecond or two. */
const SLICE_ROWS = 1_000;
/** Milliseconds after which other requests have their turn. */
const SLICE_MS = 10;

/** True if both are views of the same memory. */
function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset;
}

function wrongShape(signature: SignatureDef | undefined, name: string, tensor: DenseTensor | undefined) {
  const info = signature?.inputs[name];
  const expected = info ? shapeText(extentsOf(info)) : '[?]';
  return invalidArgument(`Input ${name} has shape ${shapeText(tensor?.shape ?? [])}, expected ${expected}`);
}

/** The engine's model, with one row more for movies that it does not know: zeros, and the lowest bias. */
function neuralCFOf(read: Constants, numUsers: number, numMovies: number): NeuralCF {
  const first = read.floats(CONSTANTS.layer1UserWeights);
  const second = read.floats(CONSTANTS.layer2Weights);
  const [embeddingDim, hidden1, hidden2] = [first.columns, first.rows, second.rows];
  const matrix = (name: string, rows: number, columns: number) => read.matrix(name, rows, columns);
  return {
    numUsers,
    numItems: numMovies + 1,
    embeddingDim,
    hiddenDims: [hidden1, hidden2],
    parameters: {
      userEmbeddings: matrix(CONSTANTS.userEmbeddings, numUsers, 2 * embeddingDim),
      itemEmbeddings: appended(
        matrix(CONSTANTS.movieEmbeddings, numMovies, 2 * embeddingDim),
        new Float32Array(2 * embeddingDim),
      ),
      itemBiases: appended(matrix(CONSTANTS.movieBiases, numMovies, 1), matrix(CONSTANTS.lowestBias, 1, 1)),
      layer1UserWeights: first.data,
      layer1ItemWeights: matrix(CONSTANTS.layer1ItemWeights, hidden1, embeddingDim),
      layer1Biases: matrix(CONSTANTS.layer1Biases, 1, hidden1),
      layer2Weights: matrix(CONSTANTS.layer2Weights, hidden2, hidden1),
      layer2Biases: matrix(CONSTANTS.layer2Biases, 1, hidden2),
      outputWeights: matrix(CONSTANTS.outputWeights, 1, hidden2),
    },
  };
}

function appended(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
