import { encodeSequence, sequenceShapes, type IdMap, type SequenceModel } from '@pocketrocket/engine';
import { NEXT_ITEM_CONSTANTS as CONSTANTS, UNKNOWN_SCORE } from '@pocketrocket/model/savedModel';
import type { Constants } from './graphConstants.ts';

/** [n] float32 scores of movies as what comes next after a history, oldest first; both by external ids. */
export type NextItemScorer = (history: ArrayLike<number>, movieIds: Int32Array) => Float32Array;

/**
 * Computes the signature `next_item` by the engine: of the history count the latest movies that the model knows, as many as it
 * reads.
 * @throws Error for constants that are missing or do not go together
 */
export function nextItemScorer(read: Constants, movies: IdMap): NextItemScorer {
  const model = sequenceOf(read, movies.size);
  const { dim, length, parameters } = model;
  const { itemEmbeddings } = parameters;
  // The first one prepares the encoder; no request should wait for that.
  encodeSequence(model, { items: [0] });
  return (history, movieIds) => {
    const items: number[] = [];
    for (let place = history.length - 1; place >= 0 && items.length < length; place--) {
      const row = movies.indexOf(history[place] ?? -1);
      if (row >= 0) items.push(row);
    }
    const vector = encodeSequence(model, { items: items.reverse() });
    return Float32Array.from(movieIds, (movieId) => {
      const row = movies.indexOf(movieId);
      if (row < 0) return UNKNOWN_SCORE;
      let score = 0;
      for (let c = 0; c < dim; c++) score += (vector[c] ?? 0) * (itemEmbeddings[row * dim + c] ?? 0);
      return score;
    });
  };
}

/** The engine's model, of which times and stars are unknown: what stands for them is in the positions. */
function sequenceOf(read: Constants, numItems: number): SequenceModel {
  const { rows: length, columns: dim } = read.floats(CONSTANTS.positions);
  const blocks = countBlocks(read);
  const { columns: hiddenDim } = read.floats(`${CONSTANTS.ofBlock(0)}/hiddenBiases`);
  const [, heads = 0, width = 0] = read.ints(CONSTANTS.toHeads);
  if (heads * width !== dim) throw new Error(`its ${heads} heads of ${width} numbers are not ${dim} numbers`);
  const hasDistances = read.has(`${CONSTANTS.ofBlock(0)}/distances`);
  const shape = {
    numItems,
    dim,
    length,
    blocks,
    heads,
    hiddenDim,
    hasGaps: false,
    hasRatings: false,
    hasDistances,
  };
  const shapes = sequenceShapes(shape);
  const norm = (scope: string): Float32Array =>
    joined([read.vector(`${scope}/scale`, dim), read.vector(`${scope}/shift`, dim)]);
  const ofBlocks = (part: (scope: string) => Float32Array): Float32Array =>
    joined(Array.from({ length: blocks }, (_, block) => part(CONSTANTS.ofBlock(block))));
  const matrices = (name: keyof typeof shapes): Float32Array => {
    const [rows, columns] = shapes[name];
    return ofBlocks((scope) => read.matrix(`${scope}/${name}`, rows / blocks, columns));
  };
  const none = new Float32Array(0);
  return {
    ...shape,
    parameters: {
      itemEmbeddings: read.matrix(CONSTANTS.embeddings, numItems, dim),
      positions: read.matrix(CONSTANTS.positions, length, dim),
      gaps: none,
      ratings: none,
      distances: hasDistances ? matrices('distances') : none,
      attentionNorms: ofBlocks((scope) => norm(`${scope}/${CONSTANTS.attentionNorm}`)),
      attentionInputs: matrices('attentionInputs'),
      attentionOutputs: matrices('attentionOutputs'),
      hiddenNorms: ofBlocks((scope) => norm(`${scope}/${CONSTANTS.hiddenNorm}`)),
      hiddenWeights: matrices('hiddenWeights'),
      hiddenBiases: matrices('hiddenBiases'),
      outputWeights: matrices('outputWeights'),
      outputBiases: matrices('outputBiases'),
      lastNorm: norm(CONSTANTS.lastNorm),
    },
  };
}

function countBlocks(read: Constants): number {
  let blocks = 0;
  while (read.has(`${CONSTANTS.ofBlock(blocks)}/attentionInputs`)) blocks++;
  return blocks;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
