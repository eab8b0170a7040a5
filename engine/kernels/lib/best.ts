/** The best rows so far, as a heap whose root is the worst of them: the score to beat. Its state belongs to the instance. */

let items: usize = 0;
let scores: usize = 0;
let capacity: u32 = 0;
let size: u32 = 0;
/** The score to beat: the root's once the heap is full, −∞ until then. */
export let threshold: f32 = 0;

/** Begins with nothing: room for the best `k` rows at `heapItems` and their scores at `heapScores`. */
export function beginBest(k: u32, heapItems: usize, heapScores: usize): void {
  capacity = k;
  items = heapItems;
  scores = heapScores;
  size = 0;
  threshold = -Infinity;
}

/** A bit for each of four scores that may belong to the best: all of them while there is room. */
// @inline
export function mayBeBest(four: v128): i32 {
  return size < capacity ? 15 : i32x4.bitmask(f32x4.gt(four, f32x4.splat(threshold)));
}

/** Takes the entry when there is room or it beats the worst; an equal score loses, since its row is the higher one. */
// @inline
export function take(item: u32, score: f32): void {
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
  return load<u32>(items + ((<usize>place) << 2));
}

// @inline
function scoreAt(place: u32): f32 {
  return load<f32>(scores + ((<usize>place) << 2));
}

// @inline
function put(place: u32, item: u32, score: f32): void {
  store<u32>(items + ((<usize>place) << 2), item);
  store<f32>(scores + ((<usize>place) << 2), score);
}

/** Sorts what the heap holds, best first, and returns how many that are. */
export function drainBest(): u32 {
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
