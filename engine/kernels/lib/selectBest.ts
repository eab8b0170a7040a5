/** The best of many scores: a histogram says from where on they may belong to the best, and those are sorted. */

const BINS: u32 = 2048;
/** The sort goes by bytes. */
const DIGITS: usize = 256;

/**
 * The `k` best of `n` scores, a multiple of 4, best first, equal ones by ascending row; −∞ stands for rows left out.
 * @param scrap (2048 + 1 + 256 + 4 · n) × 4 bytes
 * @param items room for k rows; the answer says how many came
 * @param best room for their scores
 */
export function bestOf(n: u32, scores: usize, scrap: usize, k: u32, items: usize, best: usize): u32 {
  const histogram = scrap;
  const digits = histogram + ((<usize>BINS + 1) << 2);
  const keys = digits + (DIGITS << 2);
  const bytes = (<usize>n) << 2;
  const rows = keys + bytes;
  const found = gather(n, scores, histogram, k, keys, rows);
  sort(found, digits, keys, rows, rows + bytes, rows + 2 * bytes);
  const length = min(found, k);
  for (let place: usize = 0; place < (<usize>length) << 2; place += 4) {
    const row = load<u32>(rows + place);
    store<u32>(items + place, row);
    store<f32>(best + place, load<f32>(scores + ((<usize>row) << 2)));
  }
  return length;
}

/** Writes key and row of every score that may belong to the best, by ascending row, and returns how many that are. */
function gather(n: u32, scores: usize, histogram: usize, k: u32, keys: usize, rows: usize): u32 {
  const end = (<usize>n) << 2;
  const none = f32x4.splat(-Infinity);
  let most = none;
  let least = f32x4.splat(Infinity);
  for (let at: usize = 0; at < end; at += 16) {
    const four = v128.load(scores + at);
    most = f32x4.pmax(most, four);
    least = f32x4.pmin(least, v128.bitselect(four, least, f32x4.gt(four, none)));
  }
  const top = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  if (top === -Infinity) return 0;
  const bottom = min(
    min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
    min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
  );
  // Never 0: it would put rows left out, at an infinite distance, nowhere.
  const width = max(<f32>1e-30, min(<f32>1e30, <f32>(BINS - 1) / (top - bottom)));
  const cut = f32x4.splat(<f32>(cutOf(n, scores, histogram, k, top, width) + 1));
  const from = f32x4.splat(top);
  const factor = f32x4.splat(width);
  let found: usize = 0;
  for (let at: usize = 0; at < end; at += 16) {
    const four = v128.load(scores + at);
    let which = i32x4.bitmask(
      v128.and(f32x4.lt(f32x4.mul(f32x4.sub(from, four), factor), cut), f32x4.gt(four, none)),
    );
    while (which !== 0) {
      const lane = ctz(which);
      which &= which - 1;
      const place = at + ((<usize>lane) << 2);
      store<u32>(keys + found, keyOf(load<f32>(scores + place)));
      store<u32>(rows + found, <u32>(place >> 2));
      found += 4;
    }
  }
  return <u32>(found >> 2);
}

/** The bin, counted from the top, down to which there are `k` scores; the last where there are fewer. */
function cutOf(n: u32, scores: usize, histogram: usize, k: u32, top: f32, width: f32): u32 {
  memory.fill(histogram, 0, (<usize>BINS + 1) << 2);
  const from = f32x4.splat(top);
  const factor = f32x4.splat(width);
  const last = i32x4.splat(BINS);
  for (let at: usize = 0; at < (<usize>n) << 2; at += 16) {
    const distances = f32x4.mul(f32x4.sub(from, v128.load(scores + at)), factor);
    const bins = i32x4.min_s(i32x4.trunc_sat_f32x4_s(distances), last);
    count(histogram, i32x4.extract_lane(bins, 0));
    count(histogram, i32x4.extract_lane(bins, 1));
    count(histogram, i32x4.extract_lane(bins, 2));
    count(histogram, i32x4.extract_lane(bins, 3));
  }
  let bin: u32 = 0;
  for (let total: u32 = 0; bin < BINS - 1; bin++) {
    total += load<u32>(histogram + ((<usize>bin) << 2));
    if (total >= k) break;
  }
  return bin;
}

// @inline
function count(histogram: usize, bin: i32): void {
  const at = histogram + ((<usize>bin) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** A number that is the smaller the larger the score. */
// @inline
function keyOf(score: f32): u32 {
  // Both zeros are one.
  const bits = reinterpret<i32>(score + 0);
  return ~(bits ^ ((bits >> 31) | 0x80000000));
}

/** Sorts by ascending key, equal ones as they came, a byte at a time. */
function sort(n: u32, digits: usize, keys: usize, rows: usize, otherKeys: usize, otherRows: usize): void {
  const end = (<usize>n) << 2;
  for (let shift: u32 = 0; shift < 32; shift += 8) {
    memory.fill(digits, 0, DIGITS << 2);
    for (let at: usize = 0; at < end; at += 4) count(digits, (load<u32>(keys + at) >> shift) & 0xff);
    let before: u32 = 0;
    for (let digit: usize = 0; digit < DIGITS << 2; digit += 4) {
      const here = load<u32>(digits + digit);
      store<u32>(digits + digit, before);
      before += here;
    }
    for (let at: usize = 0; at < end; at += 4) {
      const key = load<u32>(keys + at);
      const digit = digits + ((<usize>((key >> shift) & 0xff)) << 2);
      const place = load<u32>(digit);
      store<u32>(digit, place + 1);
      store<u32>(otherKeys + ((<usize>place) << 2), key);
      store<u32>(otherRows + ((<usize>place) << 2), load<u32>(rows + at));
    }
    const sortedKeys = otherKeys;
    const sortedRows = otherRows;
    otherKeys = keys;
    otherRows = rows;
    keys = sortedKeys;
    rows = sortedRows;
  }
}
