/** Exact top-k of inner products; engine/src/topK.ts says what it computes. One instance serves one index. */
import { dot } from './lib/dot.ts';

// The configuration block.
let numItems: u32 = 0;
let vectors: usize = 0;
/** Of one row of vectors, padded with zeros to a multiple of 32. */
let rowBytes: usize = 0;
let codes: usize = 0;
/** Of one row of codes, padded with zeros to a multiple of 16. */
let codeBytes: usize = 0;
let scales: usize = 0;
let slacks: usize = 0;
let query: usize = 0;
let queryCodes: usize = 0;
let eligible: usize = 0;
let heapItems: usize = 0;
let heapScores: usize = 0;

// The query under way.
let capacity: u32 = 0;
let hasMask: bool = false;
let size: u32 = 0;
/** The score to beat: that of the heap's root once the heap is full. */
let threshold: f32 = 0;

/** Reads the configuration block: 12 words, the sizes and addresses above in their order. */
export function configure(block: usize): void {
  numItems = load<u32>(block);
  vectors = load<u32>(block, 4);
  rowBytes = load<u32>(block, 8);
  codes = load<u32>(block, 12);
  codeBytes = load<u32>(block, 16);
  scales = load<u32>(block, 20);
  slacks = load<u32>(block, 24);
  query = load<u32>(block, 28);
  queryCodes = load<u32>(block, 32);
  eligible = load<u32>(block, 36);
  heapItems = load<u32>(block, 40);
  heapScores = load<u32>(block, 44);
}

/** Begins the search for the best `k`, 1 … numItems; `masked` says whether `eligible` counts. */
export function begin(k: u32, masked: bool): void {
  capacity = k;
  hasMask = masked;
  size = 0;
  threshold = -Infinity;
}

/**
 * Offers rows start … end − 1, both multiples of 4, by their scores. Rows must come in ascending order, and short ranges
 * at a time: V8 exchanges slow first code for fast code only between calls.
 */
export function scan(start: u32, end: u32): void {
  // Locals: V8 reads a global anew at each use.
  const bytes = rowBytes;
  const against = query;
  let at = vectors + <usize>start * bytes;
  for (let row = start; row < end; row += 4, at += 4 * bytes) {
    const scores = dotFour(at, against, bytes);
    const better = size < capacity ? 15 : i32x4.bitmask(f32x4.gt(scores, f32x4.splat(threshold)));
    if (better === 0) continue;
    if (better & 1) offer(row, f32x4.extract_lane(scores, 0));
    if (better & 2) offer(row + 1, f32x4.extract_lane(scores, 1));
    if (better & 4) offer(row + 2, f32x4.extract_lane(scores, 2));
    if (better & 8) offer(row + 3, f32x4.extract_lane(scores, 3));
  }
}

/** The same, but scores only those rows whose upper bound beats the threshold: code score plus slack · `queryNorm`. */
export function scanCodes(start: u32, end: u32, queryScale: f32, queryNorm: f32): void {
  const scale = f32x4.splat(queryScale);
  const norm = f32x4.splat(queryNorm);
  const bytes = codeBytes;
  const against = queryCodes;
  let at = codes + <usize>start * bytes;
  for (let row = start; row < end; row += 4, at += 4 * bytes) {
    const place = (<usize>row) << 2;
    const approximate = f32x4.mul(
      f32x4.mul(f32x4.convert_i32x4_s(codeDotFour(at, against, bytes)), scale),
      v128.load(scales + place),
    );
    const bounds = f32x4.add(approximate, f32x4.mul(norm, v128.load(slacks + place)));
    const possible = size < capacity ? 15 : i32x4.bitmask(f32x4.gt(bounds, f32x4.splat(threshold)));
    if (possible === 0) continue;
    if (possible & 1) offerExactly(row);
    if (possible & 2) offerExactly(row + 1);
    if (possible & 4) offerExactly(row + 2);
    if (possible & 8) offerExactly(row + 3);
  }
}

/** Writes the scores of rows start … end − 1, both multiples of 4, to the heap's scores: outside a search. */
export function scoreRows(start: u32, end: u32): void {
  const bytes = rowBytes;
  const against = query;
  let at = vectors + <usize>start * bytes;
  for (let row = start; row < end; row += 4, at += 4 * bytes) {
    v128.store(heapScores + ((<usize>row) << 2), dotFour(at, against, bytes));
  }
}

/** Sorts the heap, best first, and returns how many it holds. */
export function drain(): u32 {
  const length = size;
  while (size > 1) {
    const item = itemAt(0);
    const score = scoreAt(0);
    size--;
    siftDown(itemAt(size), scoreAt(size));
    put(size, item, score);
  }
  return length;
}

/** The inner products of the query and four rows, each summed in the order of `lib/dot.ts`. */
// @inline
function dotFour(a: usize, against: usize, bytes: usize): v128 {
  const b = a + bytes;
  const c = b + bytes;
  const d = c + bytes;
  let evenA = f32x4.splat(0);
  let oddA = f32x4.splat(0);
  let evenB = f32x4.splat(0);
  let oddB = f32x4.splat(0);
  let evenC = f32x4.splat(0);
  let oddC = f32x4.splat(0);
  let evenD = f32x4.splat(0);
  let oddD = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    const even = v128.load(against + at);
    const odd = v128.load(against + at, 16);
    evenA = f32x4.add(evenA, f32x4.mul(even, v128.load(a + at)));
    oddA = f32x4.add(oddA, f32x4.mul(odd, v128.load(a + at, 16)));
    evenB = f32x4.add(evenB, f32x4.mul(even, v128.load(b + at)));
    oddB = f32x4.add(oddB, f32x4.mul(odd, v128.load(b + at, 16)));
    evenC = f32x4.add(evenC, f32x4.mul(even, v128.load(c + at)));
    oddC = f32x4.add(oddC, f32x4.mul(odd, v128.load(c + at, 16)));
    evenD = f32x4.add(evenD, f32x4.mul(even, v128.load(d + at)));
    oddD = f32x4.add(oddD, f32x4.mul(odd, v128.load(d + at, 16)));
  }
  const sumA = f32x4.add(evenA, oddA);
  const sumB = f32x4.add(evenB, oddB);
  const sumC = f32x4.add(evenC, oddC);
  const sumD = f32x4.add(evenD, oddD);
  const ab = f32x4.add(v128.shuffle<f32>(sumA, sumB, 0, 1, 4, 5), v128.shuffle<f32>(sumA, sumB, 2, 3, 6, 7));
  const cd = f32x4.add(v128.shuffle<f32>(sumC, sumD, 0, 1, 4, 5), v128.shuffle<f32>(sumC, sumD, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

/** The integer inner products of the query's codes (16 bits) and four rows of codes (8 bits). */
// @inline
function codeDotFour(a: usize, against: usize, bytes: usize): v128 {
  const b = a + bytes;
  const c = b + bytes;
  const d = c + bytes;
  let sumA = i32x4.splat(0);
  let sumB = i32x4.splat(0);
  let sumC = i32x4.splat(0);
  let sumD = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const low = v128.load(against + 2 * at);
    const high = v128.load(against + 2 * at, 16);
    sumA = i32x4.add(sumA, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(a + at)));
    sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(b + at)));
    sumC = i32x4.add(sumC, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(c + at)));
    sumD = i32x4.add(sumD, i32x4.dot_i16x8_s(low, v128.load_ext<i8>(d + at)));
    sumA = i32x4.add(sumA, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(a + at, 8)));
    sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(b + at, 8)));
    sumC = i32x4.add(sumC, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(c + at, 8)));
    sumD = i32x4.add(sumD, i32x4.dot_i16x8_s(high, v128.load_ext<i8>(d + at, 8)));
  }
  const ab = i32x4.add(v128.shuffle<i32>(sumA, sumB, 0, 1, 4, 5), v128.shuffle<i32>(sumA, sumB, 2, 3, 6, 7));
  const cd = i32x4.add(v128.shuffle<i32>(sumC, sumD, 0, 1, 4, 5), v128.shuffle<i32>(sumC, sumD, 2, 3, 6, 7));
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 2, 4, 6), v128.shuffle<i32>(ab, cd, 1, 3, 5, 7));
}

function offerExactly(row: u32): void {
  if (isEligible(row)) take(row, dot(query, vectors + <usize>row * rowBytes, rowBytes));
}

function offer(row: u32, score: f32): void {
  if (isEligible(row)) take(row, score);
}

/** Rows beyond the last only fill the last group of four. */
// @inline
function isEligible(row: u32): bool {
  return row < numItems && (!hasMask || load<u8>(eligible + row) !== 0);
}

/** Takes the entry when there is room or it beats the worst; an equal score loses, since its row is the higher one. */
// @inline
function take(item: u32, score: f32): void {
  if (size < capacity) siftUp(item, score);
  else if (score > threshold) siftDown(item, score);
  else return;
  if (size === capacity) threshold = scoreAt(0);
}

function siftUp(item: u32, score: f32): void {
  let hole = size++;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (!isWorse(score, item, scoreAt(parent), itemAt(parent))) break;
    put(hole, itemAt(parent), scoreAt(parent));
    hole = parent;
  }
  put(hole, item, score);
}

/** Puts an entry in the root's place. */
function siftDown(item: u32, score: f32): void {
  let hole: u32 = 0;
  for (;;) {
    let child: u32 = 2 * hole + 1;
    if (child >= size) break;
    const right: u32 = child + 1;
    if (right < size && isWorse(scoreAt(right), itemAt(right), scoreAt(child), itemAt(child))) child = right;
    if (!isWorse(scoreAt(child), itemAt(child), score, item)) break;
    put(hole, itemAt(child), scoreAt(child));
    hole = child;
  }
  put(hole, item, score);
}

// @inline
function isWorse(scoreA: f32, itemA: u32, scoreB: f32, itemB: u32): bool {
  return scoreA < scoreB || (scoreA === scoreB && itemA > itemB);
}

// @inline
function itemAt(place: u32): u32 {
  return load<u32>(heapItems + ((<usize>place) << 2));
}

// @inline
function scoreAt(place: u32): f32 {
  return load<f32>(heapScores + ((<usize>place) << 2));
}

// @inline
function put(place: u32, item: u32, score: f32): void {
  store<u32>(heapItems + ((<usize>place) << 2), item);
  store<f32>(heapScores + ((<usize>place) << 2), score);
}
