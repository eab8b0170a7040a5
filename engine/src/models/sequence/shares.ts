import type { FoldedHistory } from '../../data/history.ts';
import type { Numbers } from '../../linearAlgebra/linearAlgebra.ts';
import { encodeSequence } from './encode.ts';
import type { SequenceModel } from './index.ts';
import { inputsOf, ofBlock } from './forward.ts';
import { latestTokens } from './inputs.ts';
import type { SequenceHistory } from './inputs.ts';
import { addProduct, attend, normalise } from './layers.ts';

const known = new WeakMap<FoldedHistory, Float32Array>();

/**
 * Shares of a history's entries in the user's vector, [history × dim]: about what it would lose without each. Computed
 * once per history; zeros for entries that the model does not read.
 */
export function sequenceShares(model: SequenceModel, history: FoldedHistory): Float32Array {
  let shares = known.get(history);
  if (!shares) {
    const { entries, items } = history;
    shares = sharesOfVector(model, {
      items,
      ratings: Float32Array.from(entries, ({ rating }) => rating),
      timestamps: Float64Array.from(entries, ({ timestamp }) => timestamp ?? NaN),
    });
    known.set(history, shares);
  }
  return shares;
}

/**
 * {@link sequenceShares} without its cache.
 *
 * The last entry's share is exact: the vector less that of the history without it. For the others only the last token's own
 * attention is followed: without an entry of share a and value v, what a head sees changes from z to z − a / (1 − a) · (v − z).
 * That is carried on through the layers behind it, linearised where they stand. What an entry does to the tokens between it and
 * the last one is left out; `sequenceShares.test.ts` holds the order against exact differences.
 */
export function sharesOfVector(model: SequenceModel, history: SequenceHistory): Float32Array {
  const { dim, length } = model;
  const numEntries = history.items.length;
  const shares = new Float32Array(numEntries * dim);
  if (numEntries === 0) return shares;
  const n = Math.min(numEntries, length);
  const last = shares.subarray((numEntries - 1) * dim);
  last.set(encodeSequence(model, history));
  if (numEntries === 1) return shares;
  const before = encodeSequence(model, withoutLast(history));
  for (let c = 0; c < dim; c++) last[c] -= before[c];
  const ofOthers = lossesOfLastToken(model, history);
  shares.set(ofOthers.subarray(0, (n - 1) * dim), (numEntries - n) * dim);
  return shares;
}

function withoutLast({ items, ratings, timestamps }: SequenceHistory): SequenceHistory {
  const n = items.length - 1;
  return {
    items: Array.from(items).slice(0, n),
    ...(ratings && { ratings: Array.from(ratings).slice(0, n) }),
    ...(timestamps && { timestamps: Array.from(timestamps).slice(0, n) }),
  };
}

/** [n × dim] what the last token's vector loses where it does not see each token itself. */
function lossesOfLastToken(model: SequenceModel, history: SequenceHistory): Float64Array {
  const { dim, heads, blocks, hiddenDim, length, parameters } = model;
  const tokens = latestTokens(history, length);
  const n = tokens.items.length;
  const losses = new Float64Array(n * dim);
  let x = inputsOf(model, tokens);
  for (let b = 0; b < blocks; b++) {
    const of = (
      name:
        | 'attentionInputs'
        | 'attentionOutputs'
        | 'hiddenWeights'
        | 'hiddenBiases'
        | 'outputWeights'
        | 'outputBiases'
        | 'attentionNorms'
        | 'hiddenNorms',
    ): Float32Array => ofBlock(parameters[name], blocks, b);
    const projected = new Float64Array(n * 3 * dim);
    addProduct(projected, normalise(x, of('attentionNorms')).y, of('attentionInputs'), dim, 3 * dim);
    const attended = attend(projected, dim, heads);
    addUnseen(losses, projected, attended.shares, attended.y, dim, heads, of('attentionOutputs'));
    // Of the last block only the last token counts.
    const first = b === blocks - 1 ? n - 1 : 0;
    x = x.subarray(first * dim);
    addProduct(x, attended.y.subarray(first * dim), of('attentionOutputs'), dim, dim);
    const normed = normalise(x, of('hiddenNorms'));
    const hidden = repeated(of('hiddenBiases'), n - first);
    addProduct(hidden, normed.y, of('hiddenWeights'), dim, hiddenDim);
    for (let i = 0; i < hidden.length; i++) if (hidden[i] < 0) hidden[i] = 0;
    const output = repeated(of('outputBiases'), n - first);
    addProduct(output, hidden, of('outputWeights'), hiddenDim, dim);

    const row = n - 1 - first;
    const slopes = new Float64Array(n * hiddenDim);
    const norm = {
      scale: of('hiddenNorms'),
      standard: normed.standard.subarray(row * dim),
      inverse: normed.inverse[row],
    };
    addProduct(slopes, throughNorm(losses, norm), of('hiddenWeights'), dim, hiddenDim);
    for (let i = 0; i < slopes.length; i++) {
      if (hidden[row * hiddenDim + (i % hiddenDim)] === 0) slopes[i] = 0;
    }
    addProduct(losses, slopes, of('outputWeights'), hiddenDim, dim);
    for (let i = 0; i < x.length; i++) x[i] += output[i];
  }
  const { standard, inverse } = normalise(x, parameters.lastNorm);
  return throughNorm(losses, { scale: parameters.lastNorm, standard, inverse: inverse[0] });
}

/** Adds Σ_heads a / (1 − a) · (v − z) · W of each token but the last, as the last one sees it. */
function addUnseen(
  losses: Float64Array,
  projected: Float64Array,
  shares: Float64Array,
  seen: Float64Array,
  dim: number,
  heads: number,
  weights: Float32Array,
): void {
  const n = losses.length / dim;
  const width = dim / heads;
  const unseen = new Float64Array(n * dim);
  for (let head = 0; head < heads; head++) {
    const row = (head * n + n - 1) * n;
    const columns = head * width;
    for (let t = 0; t < n - 1; t++) {
      const share = shares[row + t];
      const factor = share / Math.max(1e-6, 1 - share);
      const value = t * 3 * dim + 2 * dim + columns;
      const sum = (n - 1) * dim + columns;
      for (let c = 0; c < width; c++) {
        unseen[t * dim + columns + c] = factor * (projected[value + c] - seen[sum + c]);
      }
    }
  }
  addProduct(losses, unseen, weights, dim, dim);
}

interface NormedRow {
  /** [2d] of which the first d count. */
  readonly scale: Numbers;
  /** [d] */
  readonly standard: Numbers;
  readonly inverse: number;
}

/** Small changes of one row, [n × d], as they come through its layer normalisation. */
function throughNorm(changes: Float64Array, { scale, standard, inverse }: NormedRow): Float64Array {
  const d = scale.length / 2;
  const through = new Float64Array(changes.length);
  for (let at = 0; at < changes.length; at += d) {
    let mean = 0;
    let along = 0;
    for (let c = 0; c < d; c++) {
      mean += changes[at + c] / d;
      along += (changes[at + c] * standard[c]) / d;
    }
    for (let c = 0; c < d; c++) {
      through[at + c] = scale[c] * inverse * (changes[at + c] - mean - along * standard[c]);
    }
  }
  return through;
}

function repeated(row: Numbers, n: number): Float64Array {
  const rows = new Float64Array(n * row.length);
  for (let t = 0; t < n; t++) rows.set(row, t * row.length);
  return rows;
}
