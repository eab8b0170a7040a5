// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { fround } = Math;

/** Items with a score each, in descending order of score, equal scores by ascending row; both arrays have the same length. */
export interface Candidates {
  /** Dense item rows. */
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/**
 * The k eligible items of largest inner product with the query, exactly; fewer where fewer are eligible.
 *
 * Descending by float32 score, ties by ascending row. One pass with a heap of the best k so far, whose root is the
 * threshold to beat.
 * @param query [dim]
 * @param vectors [numItems × dim] row-major
 * @param eligible [numItems], 0 where the item must not be returned; all are eligible where it is left out
 * @throws RangeError when the shapes disagree.
 */
export function topK(
  query: Float32Array,
  vectors: Float32Array,
  dim: number,
  k: number,
  eligible?: Uint8Array,
): Candidates {
  const numItems = vectors.length / dim;
  checkShapes(query, dim, numItems, eligible);
  const best = new WorstFirstHeap(Math.min(k, numItems));
  for (let item = 0; item < numItems; item++) {
    if (eligible?.[item] !== 0) best.offer(item, dot(query, vectors, item * dim, dim));
  }
  return best.drain();
}

/** @throws RangeError when a query or a mask does not fit numItems rows of `dim`. */
export function checkShapes(
  query: Float32Array,
  dim: number,
  numItems: number,
  eligible: Uint8Array | undefined,
): void {
  if (query.length !== dim || !Number.isInteger(numItems)) {
    throw new RangeError(`topK: a query of ${query.length} for ${numItems} rows of ${dim}`);
  }
  if (eligible && eligible.length !== numItems) {
    throw new RangeError(`topK: a mask of ${eligible.length} for ${numItems} items`);
  }
}

/** The scores that {@link topK} compares, of all items, [numItems]. */
export function innerProducts(query: Float32Array, vectors: Float32Array, dim: number): Float32Array {
  checkShapes(query, dim, vectors.length / dim, undefined);
  return new Float32Array(vectors.length / dim).map((_, item) => dot(query, vectors, item * dim, dim));
}

/**
 * Inner product of a vector [dim] with the row that begins at `offset`, in float32 throughout.
 *
 * Summed in eight lanes and these in pairs, as the kernel does: equal to the last bit, so that ties are ties there too.
 */
function dot(query: Float32Array, vectors: Float32Array, offset: number, dim: number): number {
  // Adding 0 makes −0 a 0, as the sums below do.
  if (dim === 1) return fround(query[0] * vectors[offset]) + 0;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  let f = 0;
  let g = 0;
  let h = 0;
  let at = 0;
  for (; at + 8 <= dim; at += 8) {
    const row = offset + at;
    a = fround(a + fround(query[at] * vectors[row]));
    b = fround(b + fround(query[at + 1] * vectors[row + 1]));
    c = fround(c + fround(query[at + 2] * vectors[row + 2]));
    d = fround(d + fround(query[at + 3] * vectors[row + 3]));
    e = fround(e + fround(query[at + 4] * vectors[row + 4]));
    f = fround(f + fround(query[at + 5] * vectors[row + 5]));
    g = fround(g + fround(query[at + 6] * vectors[row + 6]));
    h = fround(h + fround(query[at + 7] * vectors[row + 7]));
  }
  if (at < dim) {
    const rest = (lane: number): number =>
      at + lane < dim ? fround(query[at + lane] * vectors[offset + at + lane]) : 0;
    a = fround(a + rest(0));
    b = fround(b + rest(1));
    c = fround(c + rest(2));
    d = fround(d + rest(3));
    e = fround(e + rest(4));
    f = fround(f + rest(5));
    g = fround(g + rest(6));
  }
  const even = fround(fround(a + e) + fround(c + g));
  return fround(even + fround(fround(b + f) + fround(d + h)));
}

/** The best of what was offered, up to a capacity, as a binary heap with the worst of them at the root. */
class WorstFirstHeap {
  private size = 0;
  private readonly items: Int32Array;
  private readonly scores: Float32Array;

  constructor(private readonly capacity: number) {
    this.items = new Int32Array(capacity);
    this.scores = new Float32Array(capacity);
  }

  /** Takes the entry when there is room or it beats the worst; items must be offered in ascending order. */
  offer(item: number, score: number): void {
    if (this.size < this.capacity) this.siftUp(this.size++, item, score);
    // An equal score loses: its row is the higher one.
    else if (this.capacity > 0 && score > this.scores[0]) this.siftDown(item, score);
  }

  /** Empties the heap, best first. */
  drain(): Candidates {
    const length = this.size;
    const items = new Int32Array(length);
    const scores = new Float32Array(length);
    for (let place = length - 1; place >= 0; place--) {
      items[place] = this.items[0];
      scores[place] = this.scores[0];
      this.size--;
      this.siftDown(this.items[this.size], this.scores[this.size]);
    }
    return { items, scores };
  }

  private siftUp(start: number, item: number, score: number): void {
    let hole = start;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!isWorse(score, item, this.scores[parent], this.items[parent])) break;
      this.move(parent, hole);
      hole = parent;
    }
    this.items[hole] = item;
    this.scores[hole] = score;
  }

  /** Puts an entry in the root's place. */
  private siftDown(item: number, score: number): void {
    const { items, scores, size } = this;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && isWorse(scores[right], items[right], scores[child], items[child])) child = right;
      if (!isWorse(scores[child], items[child], score, item)) break;
      this.move(child, hole);
      hole = child;
    }
    items[hole] = item;
    scores[hole] = score;
  }

  private move(from: number, to: number): void {
    this.items[to] = this.items[from];
    this.scores[to] = this.scores[from];
  }
}

function isWorse(scoreA: number, itemA: number, scoreB: number, itemB: number): boolean {
  return scoreA < scoreB || (scoreA === scoreB && itemA > itemB);
}
