/** Exact top-k of inner products; engine/src/search/topK.ts says what it computes. One instance serves one index. */
import { beginBest, drainBest, mayBeBest, take } from './lib/best.ts';
import { codeDotFour } from './lib/codes.ts';
import { dot, dotFour } from './lib/dot.ts';
import { nextWord, openSettings } from './lib/settings.ts';

// The settings, which hold as long as the index does.
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
let hasMask: bool = false;

/** Reads the settings block; once, before all else. */
export function configure(settings: usize): void {
  openSettings(settings);
  numItems = nextWord();
  vectors = nextWord();
  rowBytes = nextWord();
  codes = nextWord();
  codeBytes = nextWord();
  scales = nextWord();
  slacks = nextWord();
  query = nextWord();
  queryCodes = nextWord();
  eligible = nextWord();
  heapItems = nextWord();
  heapScores = nextWord();
}

/** Begins the search for the best `k`, 1 … numItems; `masked` says whether `eligible` counts. */
export function begin(k: u32, masked: bool): void {
  beginBest(k, heapItems, heapScores);
  hasMask = masked;
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
    const better = mayBeBest(scores);
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
    const possible = mayBeBest(bounds);
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

/** Sorts what was found, best first, and returns how many that are. */
export function drain(): u32 {
  return drainBest();
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
