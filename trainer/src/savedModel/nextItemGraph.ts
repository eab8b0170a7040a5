import { SEQUENCE_NORM_EPSILON, sequenceShapes, type SequenceModel } from '@pocketrocket/engine';
import {
  DataType,
  NEXT_ITEM,
  NEXT_ITEM_CONSTANTS as CONSTANTS,
  UNKNOWN_SCORE,
} from '@pocketrocket/model/savedModel';
import { findRows } from './findRows.ts';
import type { FoundRows, IntegerNodes, SortedIds } from './findRows.ts';
import type { GraphBuilder, Output } from './graphBuilder.ts';

const SCOPE = NEXT_ITEM;
/** Added where a token must not look: softmax makes nothing of it. */
const HIDDEN = -1e30;

type ParameterName = keyof SequenceModel['parameters'];

/** Bytes that the model's numbers take in a graph. */
export function nextItemBytes({ parameters }: SequenceModel): number {
  return Object.values<Float32Array>({ ...parameters }).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

export interface NextItemInputs {
  integers: IntegerNodes;
  /** The movies' ids. */
  ids: SortedIds;
  /** int32 [1, n] external ids of a history, oldest first. */
  history: Output;
  /** Rows of m movies. */
  movies: FoundRows;
}

/**
 * The score of each movie as what comes next, float32 [m, 1]: the equation of `sequenceForward` in the engine, for a history
 * whose times and stars are unknown. Of the history the latest L movies count that the model knows; without any every score is
 * 0. A movie that the model does not know has the lowest of all numbers.
 */
export function nextItemNodes(
  graph: GraphBuilder,
  model: SequenceModel,
  { integers, ids, history, movies }: NextItemInputs,
): Output {
  const { zero, one, asVector, asRow } = integers;
  const { dim, length, numItems, parameters } = model;
  const embeddings = graph.constant(CONSTANTS.embeddings, parameters.itemEmbeddings, [numItems, dim]);
  const given = graph.reshapeInt32(`${SCOPE}/given`, history, asVector);
  const found = findRows(graph, `${SCOPE}/history`, integers, ids, given);
  const places = graph.toInt32(`${SCOPE}/knownPlaces`, graph.places(`${SCOPE}/isKnown`, found.isFound));
  const known = graph.gather(
    `${SCOPE}/knownRows`,
    DataType.INT32,
    found.rows,
    graph.reshapeInt32(`${SCOPE}/knownVector`, places, asVector),
    zero,
  );
  const first = graph.constant(`${SCOPE}/first`, Int32Array.of(0), [1]);
  const step = graph.constant(`${SCOPE}/step`, Int32Array.of(1), [1]);
  const latest = graph.constant(`${SCOPE}/latest`, Int32Array.of(-length), [1]);
  const newest = graph.constant(`${SCOPE}/newest`, Int32Array.of(-1), [1]);
  const rows = graph.last(`${SCOPE}/rows`, DataType.INT32, known, latest, first, step);
  const count = graph.reshapeInt32(
    `${SCOPE}/count`,
    graph.shapeOf(`${SCOPE}/counts`, DataType.INT32, rows),
    graph.constant(`${SCOPE}/scalar`, new Int32Array(0), [0]),
  );
  const order = graph.range(`${SCOPE}/order`, zero, count, one);
  const lastPlace = graph.subtractInt32(`${SCOPE}/lastPlace`, count, one);
  const ages = graph.subtractInt32(`${SCOPE}/ages`, lastPlace, order);
  const columns = graph.reshapeInt32(`${SCOPE}/columns`, order, asRow);
  const lines = graph.reshapeInt32(
    `${SCOPE}/lines`,
    order,
    graph.constant(`${SCOPE}/asColumn`, Int32Array.of(-1, 1), [2]),
  );
  const sees = graph.atLeastInt32(`${SCOPE}/sees`, lines, columns);
  const back = graph.subtractInt32(`${SCOPE}/back`, lines, columns);

  const root = graph.constant(`${SCOPE}/root`, Float32Array.of(Math.sqrt(dim)), []);
  const items = graph.gather(`${SCOPE}/items`, DataType.FLOAT, embeddings, rows, zero);
  const positions = graph.constant(CONSTANTS.positions, positionsOf(model), [length, dim]);
  const x = graph.add2(
    `${SCOPE}/inputs`,
    graph.multiply(`${SCOPE}/scaled`, items, root),
    graph.gather(`${SCOPE}/placed`, DataType.FLOAT, positions, ages, zero),
  );
  const outputs = blockNodes(graph, model, integers, x, { sees, back });
  const norm = normNodes(graph, CONSTANTS.lastNorm, integers, outputs, parameters.lastNorm);
  // A sum of one row or of none: without a history the vector is 0.
  const vector = graph.sumAlong(
    `${SCOPE}/vector`,
    graph.last(`${SCOPE}/lastRow`, DataType.FLOAT, norm, newest, first, step),
    zero,
  );
  const rated = graph.gather(`${SCOPE}/movies`, DataType.FLOAT, embeddings, movies.rows, zero);
  const products = graph.matMulTransposed(`${SCOPE}/products`, rated, vector);
  const isMovie = graph.expandBool(`${SCOPE}/isMovie`, movies.isFound, one);
  const unknown = graph.constant(`${SCOPE}/unknown`, Float32Array.of(UNKNOWN_SCORE), [1, 1]);
  return graph.select(`${SCOPE}/score`, isMovie, products, unknown);
}

/** [L × d] of positions, with what stands for unknown times and stars. */
function positionsOf({ dim, parameters: { positions, gaps, ratings } }: SequenceModel): Float32Array {
  return positions.map((value, at) => value + (gaps[at % dim] ?? 0) + (ratings[at % dim] ?? 0));
}

function blockNodes(
  graph: GraphBuilder,
  model: SequenceModel,
  integers: IntegerNodes,
  inputs: Output,
  { sees, back }: { readonly sees: Output; readonly back: Output },
): Output {
  const { blocks, dim, heads, parameters } = model;
  const shapes = sequenceShapes(model);
  const { one } = integers;
  const width = dim / heads;
  const toHeads = graph.constant(CONSTANTS.toHeads, Int32Array.of(-1, heads, width), [3]);
  const toRows = graph.constant(`${SCOPE}/toRows`, Int32Array.of(-1, dim), [2]);
  const swapped = graph.constant(`${SCOPE}/swapped`, Int32Array.of(1, 0, 2), [3]);
  const scale = graph.constant(`${SCOPE}/scale`, Float32Array.of(1 / Math.sqrt(width)), []);
  const columnOf = model.hasDistances ? distanceColumnNodes(graph, shapes.distances[1], back) : null;
  const hidden = graph.constant(`${SCOPE}/hidden`, Float32Array.of(HIDDEN), []);
  let x = inputs;
  for (let b = 0; b < blocks; b++) {
    const scope = CONSTANTS.ofBlock(b);
    const constantOf = (name: ParameterName): Output => {
      const [rows, columns] = shapes[name];
      return graph.constant(`${scope}/${name}`, ofBlock(parameters[name], blocks, b), [
        rows / blocks,
        columns,
      ]);
    };
    const normed = normNodes(
      graph,
      `${scope}/${CONSTANTS.attentionNorm}`,
      integers,
      x,
      ofBlock(parameters.attentionNorms, blocks, b),
    );
    const projected = graph.matMul(`${scope}/projected`, normed, constantOf('attentionInputs'));
    const [queries, keys, values] = graph
      .split(`${scope}/parts`, projected, one, 3)
      .map((part, index) =>
        graph.transpose(
          `${scope}/heads${index}`,
          graph.reshape(`${scope}/part${index}`, part, toHeads),
          swapped,
        ),
      ) as [Output, Output, Output];
    const products = graph.stackedMatMul(`${scope}/products`, queries, keys, true);
    const scaled = graph.multiply(`${scope}/scaled`, products, scale);
    const logits = columnOf
      ? graph.add2(
          `${scope}/logits`,
          scaled,
          graph.gather(`${scope}/biases`, DataType.FLOAT, constantOf('distances'), columnOf, one),
        )
      : scaled;
    const shares = graph.softmax(`${scope}/shares`, graph.select(`${scope}/seen`, sees, logits, hidden));
    const attended = graph.reshape(
      `${scope}/attended`,
      graph.transpose(`${scope}/byToken`, graph.stackedMatMul(`${scope}/sums`, shares, values), swapped),
      toRows,
    );
    const output = graph.matMul(`${scope}/output`, attended, constantOf('attentionOutputs'));
    x = graph.add2(`${scope}/attentive`, x, output);

    const again = normNodes(
      graph,
      `${scope}/${CONSTANTS.hiddenNorm}`,
      integers,
      x,
      ofBlock(parameters.hiddenNorms, blocks, b),
    );
    const first = graph.matMul(`${scope}/first`, again, constantOf('hiddenWeights'));
    const layer = graph.relu(
      `${scope}/relu`,
      graph.add2(`${scope}/firstSum`, first, constantOf('hiddenBiases')),
    );
    const second = graph.matMul(`${scope}/second`, layer, constantOf('outputWeights'));
    const sum = graph.add2(`${scope}/secondSum`, second, constantOf('outputBiases'));
    x = graph.add2(`${scope}/outputs`, x, sum);
  }
  return x;
}

/** int32 [n, n]: the column of the biases for each look back, the last one for no distance; any where nothing is seen. */
function distanceColumnNodes(graph: GraphBuilder, columns: number, back: Output): Output {
  const last = graph.integers(`${SCOPE}/lastColumn`, columns - 1);
  return graph.minimumInt32(`${SCOPE}/column`, graph.subtractInt32(`${SCOPE}/anyColumn`, last, back), last);
}

/** Layer normalisation of rows. @param norm [2d] scale, then shift */
function normNodes(
  graph: GraphBuilder,
  scope: string,
  { one }: IntegerNodes,
  x: Output,
  norm: Float32Array,
): Output {
  const dim = norm.length / 2;
  const centred = graph.subtract(`${scope}/centred`, x, graph.meanAlong(`${scope}/mean`, x, one));
  const variance = graph.meanAlong(`${scope}/variance`, graph.square(`${scope}/squares`, centred), one);
  const epsilon = graph.constant(`${scope}/epsilon`, Float32Array.of(SEQUENCE_NORM_EPSILON), []);
  const inverse = graph.inverseRoot(`${scope}/inverse`, graph.add2(`${scope}/damped`, variance, epsilon));
  const standard = graph.multiply(`${scope}/standard`, centred, inverse);
  const scale = graph.constant(`${scope}/scale`, norm.slice(0, dim), [dim]);
  const shift = graph.constant(`${scope}/shift`, norm.slice(dim), [dim]);
  return graph.add2(`${scope}/shifted`, graph.multiply(`${scope}/stretched`, standard, scale), shift);
}

/** The numbers of one block. */
function ofBlock(values: Float32Array, blocks: number, b: number): Float32Array {
  const length = values.length / blocks;
  return values.subarray(b * length, (b + 1) * length);
}
