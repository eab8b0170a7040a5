import type { FoldedHistory } from '../../data/history.ts';
import { encodeSequence } from './encode.ts';
import type { SequenceModel } from './index.ts';
import type { SequenceHistory } from './inputs.ts';

/** Tokens that are read again to learn what single entries do: about 3 ms of work at width 64 with two blocks. */
const TOKENS_READ = 600;
const LEAST_ENTRIES = 4;

const known = new WeakMap<FoldedHistory, Float32Array>();

/** {@link sharesOfVector} of a folded history, computed once. */
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
 * Shares of a history's latest entries in the user's vector, [latest entries × dim], oldest first: exactly what the vector is
 * less that of the history without the entry. An item's score falls by the inner product of its embedding and the share when
 * the entry is left out.
 *
 * As many of the latest entries have a share as can be left out in turn within some milliseconds ({@link TOKENS_READ}): twelve
 * where the model reads 50. Among them is one of the three without which a score falls most for 95 % of the lists' first three
 * (docs/quality.md).
 */
export function sharesOfVector(model: SequenceModel, history: SequenceHistory): Float32Array {
  const { dim, length } = model;
  const count = history.items.length;
  const read = Math.min(count, length);
  const entries = Math.min(read, Math.max(LEAST_ENTRIES, Math.floor(TOKENS_READ / length)));
  const shares = new Float32Array(entries * dim);
  if (entries === 0) return shares;
  const whole = encodeSequence(model, history);
  for (let row = 0; row < entries; row++) {
    const without = encodeSequence(model, withoutEntry(history, count - entries + row));
    for (let c = 0; c < dim; c++) shares[row * dim + c] = whole[c] - without[c];
  }
  return shares;
}

function withoutEntry({ items, ratings, timestamps }: SequenceHistory, place: number): SequenceHistory {
  const others = (values: ArrayLike<number>): number[] => Array.from(values).filter((_, at) => at !== place);
  return {
    items: others(items),
    ...(ratings && { ratings: others(ratings) }),
    ...(timestamps && { timestamps: others(timestamps) }),
  };
}
