import type { NeuralCF, NeuralCFParameters, RecommenderModel, SequenceModel } from '@pocketrocket/engine';
import type { ExtraFile } from '@pocketrocket/model/artifact';
import { AppError, type Logger } from '@pocketrocket/runtime';
import {
  CONSTANTS,
  DataType,
  encodeSavedModel,
  NEXT_ITEM,
  SAVED_MODEL_FILE,
  type SavedModelMessage,
  type SignatureName,
} from '@pocketrocket/model/savedModel';
import { findRows } from './findRows.ts';
import type { FoundRows, IntegerNodes } from './findRows.ts';
import { GraphBuilder, tensorInfo } from './graphBuilder.ts';
import type { Output } from './graphBuilder.ts';
import { nextItemBytes, nextItemNodes } from './nextItemGraph.ts';
import type { NextItemInputs } from './nextItemGraph.ts';

/** Protobuf messages end below 2 GiB: their readers count bytes in an int32. */
export const MAX_MESSAGE_BYTES = 2 ** 31 - 1;

/** More than the graph takes without its numbers. */
const STRUCTURE_BYTES = 64 * 1024;

/** Version of the graph format; that of TensorFlow 2.12. Older ones read it too, they need only know the operations. */
const GRAPH_PRODUCER = 1394;

const PREDICT = 'tensorflow/serving/predict';

/** External ids by dense row, each [numUsers] or [numItems], ascending. */
export interface ExternalIds {
  readonly userIds: Int32Array;
  readonly movieIds: Int32Array;
}

/** Why a model cannot become a SavedModel, with the figures; null where it can. */
export function savedModelProblem(
  { parameters, numUsers, numItems }: NeuralCF,
  sequence: SequenceModel | null = null,
): string | null {
  const numbers = Object.values<Float32Array>({ ...parameters });
  const others = 4 * (numUsers + numItems) + (sequence ? nextItemBytes(sequence) : 0);
  const bytes = numbers.reduce((sum, { byteLength }) => sum + byteLength, others);
  if (bytes + STRUCTURE_BYTES <= MAX_MESSAGE_BYTES) return null;
  return (
    `a SavedModel of ${numUsers} users and ${numItems} movies takes ${gigabytes(bytes)} GB, ` +
    `and protobuf, TensorFlow's file format, ends at ${gigabytes(MAX_MESSAGE_BYTES)} GB`
  );
}

/**
 * The file to publish with a model; none, and a warning, where it cannot be: the model serves without TensorFlow too.
 */
export function savedModelFiles(
  { neuralCF, sequence }: Pick<RecommenderModel, 'neuralCF' | 'sequence'>,
  ids: ExternalIds,
  logger: Logger,
): ExtraFile[] {
  if (!neuralCF) return [];
  const problem = savedModelProblem(neuralCF, sequence);
  if (problem === null) {
    return [{ path: SAVED_MODEL_FILE, bytes: neuralCFSavedModel(neuralCF, ids, sequence) }];
  }
  logger.warn(`published without ${SAVED_MODEL_FILE}: ${problem}`);
  return [];
}

/**
 * The content of `saved_model.pb`: NeuralCF as a graph of constants, with two signatures.
 *
 * - `serving_default`: `userId`, `movieId`, int32 [batch] → `probability`, float32 [batch, 1]. One of the two may have a
 *   single entry, which then goes with all of the other.
 * - `user_vector`: `userVector`, float32 [1, 2d], GMF part first as in a row of `userEmbeddings`, and `movieId`, int32 [n] →
 *   `probability`, float32 [n, 1].
 *
 * With a sequence model there is a third one, `next_item`: `history`, int32 [1, m], movies oldest first, and `movieId`,
 * int32 [n] → `score`, float32 [n, 1]; see `nextItemNodes`.
 *
 * Ids are external ones. An unknown user has the zero vector; an unknown movie has zero vectors and the lowest of all
 * biases, since nobody watched it.
 * @throws AppError BAD_DATA for a model beyond protobuf's 2 GiB, with the figure
 * @throws RangeError where ids are not ascending or not as many as rows
 */
export function neuralCFSavedModel(
  model: NeuralCF,
  ids: ExternalIds,
  sequence: SequenceModel | null = null,
): Uint8Array {
  const problem = savedModelProblem(model, sequence);
  if (problem !== null) throw new AppError('BAD_DATA', `${problem}; export a model of fewer users`);
  checkIds('userIds', ids.userIds, model.numUsers);
  checkIds('movieIds', ids.movieIds, model.numItems);
  const message = neuralCFMessage(model, ids, sequence);
  const bytes = message.metaGraphs
    .flatMap(({ graphDef }) => graphDef.node)
    .reduce((sum, { attr }) => sum + (attr['value']?.tensor?.tensorContent.byteLength ?? 0), 0);
  return encodeSavedModel(message, bytes + STRUCTURE_BYTES);
}

function nextItemSignature(
  graph: GraphBuilder,
  sequence: SequenceModel,
  given: Omit<NextItemInputs, 'history'>,
): { history: Output; score: Output } {
  const history = graph.placeholder('history', DataType.INT32, [1, -1]);
  return { history, score: nextItemNodes(graph, sequence, { ...given, history }) };
}

function neuralCFMessage(
  model: NeuralCF,
  ids: ExternalIds,
  sequence: SequenceModel | null,
): SavedModelMessage {
  const graph = new GraphBuilder();
  const shared = sharedNodes(graph, model);
  const userId = graph.placeholder('userId', DataType.INT32, [-1]);
  const movieId = graph.placeholder('movieId', DataType.INT32, [-1]);
  const userVector = graph.placeholder('userVector', DataType.FLOAT, [1, 2 * model.embeddingDim]);

  const movieIds = {
    node: graph.constant(CONSTANTS.movieIds, ids.movieIds, [ids.movieIds.length]),
    count: ids.movieIds.length,
  };
  const movies = findRows(graph, 'movies', shared, movieIds, movieId);
  const item = itemNodes(graph, shared, model, movies);
  const user = userNodes(graph, shared, model, ids.userIds, userId);
  const ofUser = scoreNodes(graph, 'serving_default', shared, user, item);
  const ofVector = scoreNodes(graph, 'user_vector', shared, userVector, item);

  const nextItem =
    sequence && nextItemSignature(graph, sequence, { integers: shared, ids: movieIds, movies });

  const movieIdInfo = tensorInfo(movieId, DataType.INT32, [-1]);
  const column = (output: Output) => tensorInfo(output, DataType.FLOAT, [-1, 1]);
  const userVectorInfo = tensorInfo(userVector, DataType.FLOAT, [1, 2 * model.embeddingDim]);
  return {
    savedModelSchemaVersion: 1,
    metaGraphs: [
      {
        metaInfoDef: { tags: ['serve'], strippedDefaultAttrs: true },
        graphDef: { node: graph.nodes, versions: { producer: GRAPH_PRODUCER } },
        signatureDef: {
          serving_default: {
            inputs: { userId: tensorInfo(userId, DataType.INT32, [-1]), movieId: movieIdInfo },
            outputs: { probability: column(ofUser) },
            methodName: PREDICT,
          },
          user_vector: {
            inputs: { userVector: userVectorInfo, movieId: movieIdInfo },
            outputs: { probability: column(ofVector) },
            methodName: PREDICT,
          },
          ...(nextItem && {
            [NEXT_ITEM]: {
              inputs: {
                history: tensorInfo(nextItem.history, DataType.INT32, [1, -1]),
                movieId: movieIdInfo,
              },
              outputs: { score: column(nextItem.score) },
              methodName: PREDICT,
            },
          }),
        },
      },
    ],
  };
}

type LayerName = Exclude<keyof NeuralCFParameters, 'userEmbeddings' | 'itemEmbeddings' | 'itemBiases'>;

/** Constants that several parts of the graph use: small integers, and the layers' weights. */
interface SharedNodes extends IntegerNodes {
  zeroRow: Output;
  layers: Record<LayerName, Output>;
}

function sharedNodes(graph: GraphBuilder, { parameters, embeddingDim, hiddenDims }: NeuralCF): SharedNodes {
  const [hidden1, hidden2] = hiddenDims;
  const weights = (name: LayerName, rows: number, columns: number): Output =>
    graph.constant(CONSTANTS[name], parameters[name], [rows, columns]);
  return {
    zero: graph.integers('zero', 0),
    one: graph.integers('one', 1),
    asRow: graph.integers('asRow', 1, -1),
    asVector: graph.constant('asVector', Int32Array.of(-1), [1]),
    zeroRow: graph.constant('zeroRow', new Float32Array(2 * embeddingDim), [1, 2 * embeddingDim]),
    layers: {
      layer1UserWeights: weights('layer1UserWeights', hidden1, embeddingDim),
      layer1ItemWeights: weights('layer1ItemWeights', hidden1, embeddingDim),
      layer1Biases: weights('layer1Biases', 1, hidden1),
      layer2Weights: weights('layer2Weights', hidden2, hidden1),
      layer2Biases: weights('layer2Biases', 1, hidden2),
      outputWeights: weights('outputWeights', 1, hidden2),
    },
  };
}

interface KnownRows {
  /** int32 [n], dense rows; any row where the id is unknown. */
  rows: Output;
  /** bool [n, 1] */
  isKnown: Output;
}

function knownRows(graph: GraphBuilder, scope: string, { rows, isFound }: FoundRows, one: Output): KnownRows {
  return { rows, isKnown: graph.expandBool(`${scope}/isKnown`, isFound, one) };
}

/** Rows of an embedding table, [n, 2d]; zeros where the id is unknown. */
function embeddingNodes(
  graph: GraphBuilder,
  scope: 'users' | 'movies',
  shared: SharedNodes,
  { rows, isKnown }: KnownRows,
  embeddings: Float32Array,
  shape: [number, number],
): Output {
  const name = scope === 'users' ? CONSTANTS.userEmbeddings : CONSTANTS.movieEmbeddings;
  const table = graph.constant(name, embeddings, shape);
  const gathered = graph.gather(`${scope}/gathered`, DataType.FLOAT, table, rows, shared.zero);
  return graph.select(`${scope}/vectors`, isKnown, gathered, shared.zeroRow);
}

function userNodes(
  graph: GraphBuilder,
  shared: SharedNodes,
  { parameters, numUsers, embeddingDim }: NeuralCF,
  userIds: Int32Array,
  userId: Output,
): Output {
  const node = graph.constant(CONSTANTS.userIds, userIds, [userIds.length]);
  const rows = findRows(graph, 'users', shared, { node, count: userIds.length }, userId);
  const found = knownRows(graph, 'users', rows, shared.one);
  const shape: [number, number] = [numUsers, 2 * embeddingDim];
  return embeddingNodes(graph, 'users', shared, found, parameters.userEmbeddings, shape);
}

interface ItemNodes {
  /** [n, 2d] */
  vectors: Output;
  /** [n, 1] */
  biases: Output;
}

function itemNodes(
  graph: GraphBuilder,
  shared: SharedNodes,
  { parameters, numItems, embeddingDim }: NeuralCF,
  foundMovies: FoundRows,
): ItemNodes {
  const { itemEmbeddings, itemBiases } = parameters;
  const found = knownRows(graph, 'movies', foundMovies, shared.one);
  const table = graph.constant(CONSTANTS.movieBiases, itemBiases, [numItems, 1]);
  const gathered = graph.gather('movies/gatheredBiases', DataType.FLOAT, table, found.rows, shared.zero);
  const lowest = itemBiases.reduce((least, bias) => (bias < least ? bias : least), itemBiases[0] ?? 0);
  const lowestBias = graph.constant(CONSTANTS.lowestBias, Float32Array.of(lowest), [1, 1]);
  return {
    vectors: embeddingNodes(graph, 'movies', shared, found, itemEmbeddings, [numItems, 2 * embeddingDim]),
    biases: graph.select('movies/bias', found.isKnown, gathered, lowestBias),
  };
}

/** σ(p_u·q_i + b_i + w·ReLU(W2 ReLU(W1 [u; i] + b1) + b2)), [n, 1]: the equation of the engine's NeuralCF. */
function scoreNodes(
  graph: GraphBuilder,
  scope: SignatureName,
  { one, layers }: SharedNodes,
  userVectors: Output,
  item: ItemNodes,
): Output {
  const [userGmf, userMlp] = graph.halve(`${scope}/user`, userVectors, one);
  const [itemGmf, itemMlp] = graph.halve(`${scope}/movie`, item.vectors, one);
  const product = graph.multiply(`${scope}/gmf/product`, userGmf, itemGmf);
  const gmf = graph.sumAlong(`${scope}/gmf/sum`, product, one);

  const userPart = graph.matMulTransposed(`${scope}/layer1/user`, userMlp, layers.layer1UserWeights);
  const itemPart = graph.matMulTransposed(`${scope}/layer1/movie`, itemMlp, layers.layer1ItemWeights);
  const parts = graph.add2(`${scope}/layer1/parts`, userPart, itemPart);
  const sum1 = graph.add2(`${scope}/layer1/sum`, parts, layers.layer1Biases);
  const layer1 = graph.relu(`${scope}/layer1/relu`, sum1);

  const product2 = graph.matMulTransposed(`${scope}/layer2/product`, layer1, layers.layer2Weights);
  const sum2 = graph.add2(`${scope}/layer2/sum`, product2, layers.layer2Biases);
  const layer2 = graph.relu(`${scope}/layer2/relu`, sum2);

  const mlp = graph.matMulTransposed(`${scope}/mlp`, layer2, layers.outputWeights);
  const biased = graph.add2(`${scope}/biased`, gmf, item.biases);
  return graph.sigmoid(`${scope}/probability`, graph.add2(`${scope}/logit`, biased, mlp));
}

function checkIds(name: string, ids: Int32Array, rows: number): void {
  if (ids.length !== rows) throw new RangeError(`${name}: ${ids.length} ids for ${rows} rows`);
  if (rows === 0) throw new RangeError(`${name}: a SavedModel needs at least one`);
  for (let row = 1; row < rows; row++) {
    if (!((ids[row - 1] ?? NaN) < (ids[row] ?? NaN)))
      throw new RangeError(`${name}: not ascending at row ${row}`);
  }
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(2);
}
