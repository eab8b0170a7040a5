import type { ItemMixture } from '../data/itemMixture.ts';
import { RowAccumulator } from '../sparse/rowAccumulator.ts';
import { TfIdfIndex } from './tfIdfIndex.ts';

const { abs, exp } = Math;

/** The content of an item, known before its first rating. */
export interface ItemContent {
  readonly title: string;
  readonly releaseYear: number | null;
  readonly genres: readonly string[];
}

/** Known items that a new one is made of. */
const NUM_NEIGHBOURS = 20;
/** Shares of words, genres and year in a similarity; a rare word of a title, such as a series' name, has the most weight. */
const SHARES = { words: 2, genres: 1, year: 0.5 };
/** Years over which the similarity of release years falls to 1/e. */
const YEAR_SCALE = 10;
/** Interactions of a known item at which its weight is halved: the vectors of rare items are mostly noise. */
const TRUST = 20;
/** The power of a similarity that a weight is proportional to: a larger one favours the most similar. */
const SHARPNESS = 4;
const STOP_WORDS = new Set(
  'a an and at by der de des die el en for from in is it la le les of on part s the to und with'.split(' '),
);

/**
 * Makes each new item out of the known items most similar to it by title words, genres and year.
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
  const similarity = new RowAccumulator(known.length);
  return added.map((item) => {
    const add = (index: TfIdfIndex, terms: readonly string[], share: number): void =>
      index.forEachMatch(terms, (row, cosine) => similarity.add(row, share * cosine));
    add(words, wordsOf(item.title), SHARES.words);
    add(genres, item.genres, SHARES.genres);
    // The year counts only among items that share a word or a genre.
    const matched = similarity.takeStrongest(known.length, -1, () => 1);
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

/** The words of a title but for stop words, folded to lower case without accents. */
function wordsOf(title: string): string[] {
  const folded = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !STOP_WORDS.has(word));
}
