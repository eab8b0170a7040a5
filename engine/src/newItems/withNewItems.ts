import type { ItemNeighbours } from '../models/itemNeighbours/index.ts';
import type { NeuralCF } from '../models/neuralCF/model.ts';
import type { RecommenderModel } from '../serving/servedModel.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';
import { SparseRow } from '../sparse/rowAccumulator.ts';

const { abs, exp, log, sqrt, max } = Math;

/** What is known of an item before anybody has rated it. */
export interface ItemContent {
  readonly title: string;
  readonly releaseYear: number | null;
  readonly genres: readonly string[];
}

/** An item as a weighted mean of known ones. */
export interface ItemMixture {
  /** Rows of known items, the largest weight first. */
  readonly items: Int32Array;
  /** One per item; their sum is 1. */
  readonly weights: Float32Array;
}

/** Known items that a new one is made of. */
const NUM_NEIGHBOURS = 20;
/** Shares in how alike two items are; a rare word of a title, such as a series' name, tells most where there is one. */
const SHARES = { words: 2, genres: 1, year: 0.5 };
/** Years over which nearness falls to 1/e. */
const YEAR_SCALE = 10;
/** Interactions of a known item at which its vectors are trusted half: those of an item that few have met are mostly noise. */
const TRUST = 20;
/** How much the most alike stand out. */
const SHARPNESS = 4;
const STOP_WORDS = new Set(
  'a an and at by der de des die el en for from in is it la le les of on part s the to und with'.split(' '),
);

/**
 * Makes each new item out of the known items most like it by title words, genres and year.
 *
 * Source: the k-nearest-neighbour mapping from attributes to factors of Gantner et al., "Learning Attribute-to-Feature
 * Mappings for Cold-Start Recommendations" (ICDM 2010), section III; words and genres by the cosine of their tf-idf vectors.
 * @param counts [known] interactions of each known item; one without any is not mixed in
 * @returns one mixture per new item, null where nothing known resembles it
 */
export function mixFromContent(
  known: readonly ItemContent[],
  counts: ArrayLike<number>,
  added: readonly ItemContent[],
): (ItemMixture | null)[] {
  const words = new TfIdfIndex(known.map(({ title }) => wordsOf(title)));
  const genres = new TfIdfIndex(known.map((item) => item.genres));
  const likeness = new SparseRow(known.length);
  return added.map((item) => {
    const add = (index: TfIdfIndex, terms: readonly string[], share: number): void =>
      index.forEachMatch(terms, (row, cosine) => likeness.add(row, share * cosine));
    add(words, wordsOf(item.title), SHARES.words);
    add(genres, item.genres, SHARES.genres);
    // The year alone makes nothing alike: it counts among those that share a word or a genre.
    const matched = likeness.takeStrongest(known.length, -1, () => 1);
    const strengths = matched.scores.map((score, place) => {
      const row = matched.items[place];
      const other = known[row];
      const years =
        item.releaseYear === null || other.releaseYear === null
          ? Infinity
          : abs(item.releaseYear - other.releaseYear);
      const trust = counts[row] / (counts[row] + TRUST);
      return trust * (score + SHARES.year * exp(-years / YEAR_SCALE)) ** SHARPNESS;
    });
    const order = Array.from(strengths.keys())
      .filter((place) => strengths[place] > 0)
      .sort((a, b) => strengths[b] - strengths[a] || matched.items[a] - matched.items[b])
      .slice(0, NUM_NEIGHBOURS);
    const total = order.reduce((sum, place) => sum + strengths[place], 0);
    if (total === 0) return null;
    return {
      items: Int32Array.from(order, (place) => matched.items[place]),
      weights: Float32Array.from(order, (place) => strengths[place] / total),
    };
  });
}

/** The telling words of a title, folded to lower case without accents. */
function wordsOf(title: string): string[] {
  const folded = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !STOP_WORDS.has(word));
}

/** Finds rows that share terms. */
class TfIdfIndex {
  private readonly rowsOf = new Map<string, number[]>();
  private readonly norms: Float64Array;
  private readonly numRows: number;

  constructor(rows: readonly (readonly string[])[]) {
    this.numRows = rows.length;
    rows.forEach((terms, row) => {
      for (const term of new Set(terms)) {
        const list = this.rowsOf.get(term);
        if (list) list.push(row);
        else this.rowsOf.set(term, [row]);
      }
    });
    this.norms = Float64Array.from(rows, (terms) => this.norm(terms));
  }

  /** Calls with every row that shares a term and each shared term's part of the cosine. */
  forEachMatch(terms: readonly string[], call: (row: number, part: number) => void): void {
    const norm = this.norm(terms);
    for (const term of new Set(terms)) {
      const weight = this.idf(term) ** 2;
      for (const row of this.rowsOf.get(term) ?? []) call(row, weight / (norm * this.norms[row]));
    }
  }

  private idf(term: string): number {
    return log(1 + this.numRows / (this.rowsOf.get(term)?.length ?? 1));
  }

  private norm(terms: readonly string[]): number {
    let squares = 0;
    for (const term of new Set(terms)) squares += this.idf(term) ** 2;
    return max(sqrt(squares), Number.MIN_VALUE);
  }
}

/**
 * The model with further items behind its own, each a mixture of known ones in every part: every feature of a new item is
 * the mean of its neighbours' features, so that it is proposed to those who are proposed films like it.
 *
 * @returns the model itself where nothing is added
 */
export function withNewItems(model: RecommenderModel, mixtures: readonly ItemMixture[]): RecommenderModel {
  if (mixtures.length === 0) return model;
  const { item2vec, implicitALS, neuralCF, trend } = model;
  const numItems = model.numItems + mixtures.length;
  return {
    ...model,
    numItems,
    item2vec: {
      ...item2vec,
      numItems,
      inVectors: withMixedRows(item2vec.inVectors, item2vec.dim, mixtures),
      outVectors: withMixedRows(item2vec.outVectors, item2vec.dim, mixtures),
    },
    implicitALS: implicitALS && {
      ...implicitALS,
      numItems,
      itemVectors: withMixedRows(implicitALS.itemVectors, implicitALS.dim, mixtures),
    },
    ease: model.ease && withMixedItems(model.ease, mixtures),
    coVisitation: model.coVisitation && withMixedItems(model.coVisitation, mixtures),
    transitions: model.transitions && withMixedItems(model.transitions, mixtures),
    trend: trend && { ...trend, numItems, counts: withMixedRows(trend.counts, trend.numBins, mixtures) },
    neuralCF: neuralCF && withMixedEmbeddings(neuralCF, numItems, mixtures),
    popularity: withMixedRows(model.popularity, 1, mixtures),
    neighbours: withMixedNeighbours(model.neighbours, mixtures),
  };
}

/** [rows × width] → [(rows + mixtures) × width]. */
function withMixedRows(
  rows: Float32Array,
  width: number,
  mixtures: readonly ItemMixture[],
): Float32Array<ArrayBuffer> {
  const all = new Float32Array(rows.length + mixtures.length * width);
  all.set(rows);
  mixtures.forEach(({ items, weights }, index) => {
    const to = rows.length + index * width;
    items.forEach((item, place) => {
      for (let c = 0; c < width; c++) all[to + c] += weights[place] * rows[item * width + c];
    });
  });
  return all;
}

/** Adds a column and a row per mixture. */
function withMixedItems(matrix: SparseItemMatrix, mixtures: readonly ItemMixture[]): SparseItemMatrix {
  const { numItems, offsets, items, weights } = matrix;
  const mixedIn: (Part[] | undefined)[] = Array.from({ length: numItems });
  mixtures.forEach((mixture, index) => {
    mixture.items.forEach((item, place) => {
      (mixedIn[item] ??= []).push({ column: numItems + index, weight: mixture.weights[place] });
    });
  });
  const row = new StrongestFirstRow(numItems + mixtures.length);
  const addedColumns = Array.from({ length: numItems }, (_, item) => {
    for (let entry = offsets[item]; entry < offsets[item + 1]; entry++) {
      const parts = mixedIn[items[entry]];
      if (parts) for (const { column, weight } of parts) row.add(column, weight * weights[entry]);
    }
    return row.take(item);
  });
  const addedRows = mixtures.map((mixture, index) => {
    mixture.items.forEach((source, place) => {
      const share = mixture.weights[place];
      for (let entry = offsets[source]; entry < offsets[source + 1]; entry++) {
        row.add(items[entry], share * weights[entry]);
      }
      const further = addedColumns[source];
      for (let entry = 0; entry < further.items.length; entry++)
        row.add(further.items[entry], share * further.weights[entry]);
    });
    return row.take(numItems + index);
  });

  const numAdded = [...addedColumns, ...addedRows].reduce((sum, added) => sum + added.items.length, 0);
  const all = {
    numItems: numItems + mixtures.length,
    offsets: new Int32Array(numItems + mixtures.length + 1),
    items: new Int32Array(items.length + numAdded),
    weights: new Float32Array(items.length + numAdded),
  };
  [...addedColumns, ...addedRows].forEach((added, item) => {
    let size = all.offsets[item];
    if (item < numItems) {
      all.items.set(items.subarray(offsets[item], offsets[item + 1]), size);
      all.weights.set(weights.subarray(offsets[item], offsets[item + 1]), size);
      size += offsets[item + 1] - offsets[item];
    }
    all.items.set(added.items, size);
    all.weights.set(added.weights, size);
    all.offsets[item + 1] = size + added.items.length;
  });
  return all;
}

/** Columns above this would not fit into a sort key beside a weight; wasm32 memory ends long before. */
const MAX_COLUMNS = 2 ** 21;
/** Bits of a float32 that is larger than all finite ones. */
const INFINITY_BITS = 0x7f800000;

/** One row of a sparse matrix in the making: sums by column, at a cost in proportion to the columns touched. */
class StrongestFirstRow {
  private readonly sums: Float64Array;
  private readonly touched: Int32Array;
  private readonly isTouched: Uint8Array;
  private readonly keys: Float64Array;
  private readonly magnitude = new Float32Array(1);
  private readonly bits = new Uint32Array(this.magnitude.buffer);
  private size = 0;

  constructor(numColumns: number) {
    if (numColumns > MAX_COLUMNS) throw new RangeError(`${numColumns} items are more than ${MAX_COLUMNS}`);
    this.sums = new Float64Array(numColumns);
    this.touched = new Int32Array(numColumns);
    this.isTouched = new Uint8Array(numColumns);
    this.keys = new Float64Array(numColumns);
  }

  add(column: number, value: number): void {
    if (this.isTouched[column] === 0) {
      this.isTouched[column] = 1;
      this.touched[this.size++] = column;
    }
    this.sums[column] += value;
  }

  /** The columns touched but for one, by falling absolute float32 sum, then ascending; the row is empty again. */
  take(without: number): { items: Int32Array; weights: Float32Array } {
    const { size, touched, sums, isTouched, keys, magnitude, bits } = this;
    let kept = 0;
    // Loops: `from` with a function goes through an iterator, which is many times slower.
    for (let place = 0; place < size; place++) {
      const column = touched[place];
      isTouched[column] = 0;
      if (column === without) continue;
      magnitude[0] = abs(sums[column]);
      keys[kept++] = (INFINITY_BITS - bits[0]) * MAX_COLUMNS + column;
    }
    keys.subarray(0, kept).sort();
    const items = new Int32Array(kept);
    const weights = new Float32Array(kept);
    for (let place = 0; place < kept; place++) {
      const column = keys[place] % MAX_COLUMNS;
      items[place] = column;
      weights[place] = sums[column];
    }
    for (let place = 0; place < size; place++) sums[touched[place]] = 0;
    this.size = 0;
    return { items, weights };
  }
}

/** A known item's share in a new one. */
interface Part {
  /** Of the new item. */
  readonly column: number;
  readonly weight: number;
}

function withMixedEmbeddings(model: NeuralCF, numItems: number, mixtures: readonly ItemMixture[]): NeuralCF {
  const { parameters, embeddingDim } = model;
  return {
    ...model,
    numItems,
    parameters: {
      ...parameters,
      itemEmbeddings: withMixedRows(parameters.itemEmbeddings, 2 * embeddingDim, mixtures),
      itemBiases: withMixedRows(parameters.itemBiases, 1, mixtures),
    },
  };
}

/** A new item's neighbours are what it is made of. */
function withMixedNeighbours(neighbours: ItemNeighbours, mixtures: readonly ItemMixture[]): ItemNeighbours {
  const { numNeighbours, items, lifts } = neighbours;
  const added = mixtures.length * numNeighbours;
  const all = {
    numNeighbours,
    items: new Int32Array(items.length + added).fill(-1),
    lifts: new Float32Array(items.length + added),
  };
  all.items.set(items);
  all.lifts.set(lifts);
  mixtures.forEach((mixture, index) => {
    const start = items.length + index * numNeighbours;
    all.items.set(mixture.items.subarray(0, numNeighbours), start);
    all.lifts.set(mixture.weights.subarray(0, numNeighbours), start);
  });
  return all;
}
