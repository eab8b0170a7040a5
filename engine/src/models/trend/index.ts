import type { Interactions } from '../../data/interactions.ts';

const { abs, ceil, exp, floor, log, log1p, max, min } = Math;

/** The popularity of each item over time: interactions per item and time bin, smoothed over neighbouring bins. */
export interface Trend {
  readonly numItems: number;
  readonly numBins: number;
  /** [2] Unix seconds at which bin 0 begins, and seconds per bin. */
  readonly clock: Int32Array;
  /** [numItems × numBins] of unknown times an even share in each bin; row-major unless `strides` says otherwise. */
  readonly counts: Float32Array;
  /** Distances in `counts` from an item to the next and from a bin to the next, where it is a view of a kernel's memory. */
  readonly strides?: { readonly item: number; readonly bin: number };
}

/** The distances in `counts` from an item to the next, and from a bin to the next. */
export function stridesOf({ numBins, strides }: Trend): { item: number; bin: number } {
  return strides ?? { item: numBins, bin: 1 };
}

/** The counts row-major, [numItems × numBins]; as they are where they lie so. */
export function rowMajorCounts(trend: Trend): Float32Array {
  const { numItems, numBins, counts, strides } = trend;
  if (!strides) return counts;
  const rows = new Float32Array(numItems * numBins);
  for (let item = 0; item < numItems; item++) {
    for (let bin = 0; bin < numBins; bin++) {
      rows[item * numBins + bin] = counts[item * strides.item + bin * strides.bin];
    }
  }
  return rows;
}

const MAX_BINS = 128;
const MIN_BIN_SECONDS = 3600;
/** Bins over which a count's influence falls to 1/e. */
const SMOOTHING_BINS = 2;
/** Added above and below the ratio, in interactions. */
export const TREND_RATIO_DAMPING = 0.3;

/** When the bins of a trend begin, how long each is, and how many there are. */
export interface TrendClock {
  /** Unix seconds at which bin 0 begins. */
  readonly start: number;
  readonly binSeconds: number;
  readonly numBins: number;
}

/** The interactions of each item, those of a part of all users or of all. */
export interface TrendCounts {
  /** [numItems × numBins] */
  readonly timed: Int32Array;
  /** [numItems] of unknown times. */
  readonly untimed: Int32Array;
}

/** Counts the interactions of each item in up to 128 equal time bins of the log, smoothed by exp(−|Δ| / 2). */
export function fitTrend(interactions: Interactions): Trend {
  const clock = trendClock(timeSpan(interactions));
  return smoothedTrend(countTrend(interactions, clock), clock);
}

/** The first and the last known time of the interactions; null where none is known. */
export function timeSpan({ timestamps }: Interactions): { first: number; last: number } | null {
  let first = Infinity;
  let last = -Infinity;
  for (const time of timestamps) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return last >= first ? { first, last } : null;
}

/** The bins of interactions between two times; one where no time is known. */
export function trendClock(span: { first: number; last: number } | null): TrendClock {
  if (!span) return { start: 0, binSeconds: MIN_BIN_SECONDS, numBins: 1 };
  const length = span.last - span.first;
  const binSeconds = max(MIN_BIN_SECONDS, ceil((length + 1) / MAX_BINS));
  return { start: floor(span.first), binSeconds, numBins: floor(length / binSeconds) + 1 };
}

/** Counts the interactions of each item in the bins of a clock. */
export function countTrend(
  { numItems, itemIndices, timestamps }: Interactions,
  { start, binSeconds, numBins }: TrendClock,
): TrendCounts {
  const timed = new Int32Array(numItems * numBins);
  const untimed = new Int32Array(numItems);
  for (let row = 0; row < itemIndices.length; row++) {
    const time = timestamps[row];
    if (Number.isNaN(time)) untimed[itemIndices[row]]++;
    else timed[itemIndices[row] * numBins + min(numBins - 1, floor((time - start) / binSeconds))]++;
  }
  return { timed, untimed };
}

/** The trend of all interactions, from their counts. */
export function smoothedTrend({ timed, untimed }: TrendCounts, clock: TrendClock): Trend {
  const { start, binSeconds, numBins } = clock;
  const numItems = untimed.length;
  const kernel = Float64Array.from({ length: numBins }, (_, distance) => exp(-distance / SMOOTHING_BINS));
  const counts = new Float32Array(timed.length);
  for (let item = 0; item < numItems; item++) {
    const row = item * numBins;
    counts.fill(untimed[item] / numBins, row, row + numBins);
    for (let from = 0; from < numBins; from++) {
      const count = timed[row + from];
      if (count === 0) continue;
      for (let to = 0; to < numBins; to++) counts[row + to] += count * kernel[abs(from - to)];
    }
  }
  return { numItems, numBins, clock: Int32Array.of(start, binSeconds), counts };
}

/**
 * The distribution of a history over the time bins, [numBins], summing to 1: each entry's weight in the bin of its time.
 *
 * Times before or after the log count in its first or last bin; entries of unknown time do not count. Where no time is
 * known all weight is in the last bin, which is the present.
 */
export function trendBins(
  { numBins, clock }: Trend,
  timestamps: ArrayLike<number>,
  weights: Float32Array,
): Float32Array {
  const [start, binSeconds] = clock;
  const bins = new Float32Array(numBins);
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    const time = timestamps[index];
    if (Number.isNaN(time)) continue;
    bins[max(0, min(numBins - 1, floor((time - start) / binSeconds)))] += weights[index];
    total += weights[index];
  }
  if (total === 0) bins[numBins - 1] = 1;
  else for (let bin = 0; bin < numBins; bin++) bins[bin] /= total;
  return bins;
}

/** log(1 + interactions around the given times) of every item, [numItems]. */
export function trendScores(trend: Trend, bins: Float32Array): Float32Array {
  return countsAround(trend, bins).map((count) => log1p(count));
}

/**
 * The log ratio of every item's popularity around the given times to its popularity overall, [numItems].
 * @param overall [numItems] anything in proportion to the items' interactions
 */
export function trendRatios(trend: Trend, bins: Float32Array, overall: Float32Array): Float32Array {
  const counts = countsAround(trend, bins);
  let sumAround = 0;
  let sumOverall = 0;
  for (let item = 0; item < counts.length; item++) {
    sumAround += counts[item];
    sumOverall += overall[item];
  }
  const scale = sumOverall > 0 ? sumAround / sumOverall : 0;
  return counts.map((count, item) =>
    log((count + TREND_RATIO_DAMPING) / (scale * overall[item] + TREND_RATIO_DAMPING)),
  );
}

function countsAround(trend: Trend, bins: Float32Array): Float32Array {
  const { numItems, numBins, counts } = trend;
  const strides = stridesOf(trend);
  const used: number[] = [];
  for (let bin = 0; bin < numBins; bin++) if (bins[bin] > 0) used.push(bin);
  const around = new Float32Array(numItems);
  for (let item = 0; item < numItems; item++) {
    let sum = 0;
    for (const bin of used) sum += bins[bin] * counts[item * strides.item + bin * strides.bin];
    around[item] = sum;
  }
  return around;
}
