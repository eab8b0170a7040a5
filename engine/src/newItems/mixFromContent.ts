import type { ItemMixture } from '../data/itemMixture.ts';
import { CandidateRows } from './candidateRows.ts';
import { KnownItems } from './knownItems.ts';
import { StrongestRows } from './strongestRows.ts';
import { wordsOf, type Terms } from './terms.ts';

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

/**
 * Makes each new item out of the known items most similar to it by title words, genres and year.
 *
 * The work for an item is bounded, however many are known: compared are the most rated ones under its rarest words and under
 * the genres most like its own, of its years above all.
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
  const mixer = new ContentMixer(new KnownItems(known, counts));
  return added.map((item) => mixer.mixtureOf(item));
}

class ContentMixer {
  private readonly known: KnownItems;
  private readonly candidates: CandidateRows;
  private readonly strongest = new StrongestRows(NUM_NEIGHBOURS);
  /** [rows] the number of the last item that each was compared with. */
  private readonly comparedWith: Int32Array;
  private numItems = 0;

  constructor(known: KnownItems) {
    this.known = known;
    this.candidates = new CandidateRows(known);
    this.comparedWith = new Int32Array(known.items.length);
  }

  mixtureOf(item: ItemContent): ItemMixture | null {
    const { known, strongest, comparedWith } = this;
    const titleWords = wordsOf(item.title);
    const words = known.words.known(titleWords);
    const genres = known.genres.known(item.genres);
    const wordPart = SHARES.words / known.words.norm(titleWords);
    const genrePart = SHARES.genres / known.genres.norm(item.genres);
    const number = ++this.numItems;
    const compare = (rows: readonly number[]): void => {
      for (const row of rows) {
        if (comparedWith[row] === number) continue;
        comparedWith[row] = number;
        const set = known.setOfRow[row];
        const likeWords = squaresOfCommon(known.wordsOfRow[row], words, known.words) / known.wordNorms[row];
        const likeGenres =
          squaresOfCommon(known.genreSets[set], genres, known.genres) / known.genreNorms[set];
        const years = yearsBetween(item.releaseYear, known.years[row]);
        const likeness =
          wordPart * likeWords + genrePart * likeGenres + SHARES.year * exp(-years / YEAR_SCALE);
        // The fourth power favours the most similar.
        strongest.offer(row, known.trust[row] * (likeness * likeness) ** 2);
      }
    };
    for (const rows of this.candidates.byWords(words)) compare(rows);
    compare(this.candidates.byKind(genres, item.releaseYear));
    const { rows, strengths } = strongest.take();
    const total = strengths.reduce((sum, strength) => sum + strength, 0);
    if (total === 0) return null;
    return {
      items: Int32Array.from(rows, (row) => known.items[row]),
      weights: Float32Array.from(strengths, (strength) => strength / total),
    };
  }
}

/** Sums the squared weights of the terms that both have. */
function squaresOfCommon(terms: Int32Array, others: readonly number[], index: Terms): number {
  let squares = 0;
  for (const term of terms) if (others.includes(term)) squares += index.idf(term) ** 2;
  return squares;
}

function yearsBetween(one: number | null, other: number | null): number {
  return one === null || other === null ? Infinity : abs(one - other);
}
