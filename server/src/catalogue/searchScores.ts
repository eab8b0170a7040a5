import { BestPlaces } from './bestPlaces.ts';

/** Movies of a worse fit than this share of the best one's are none that were meant. */
const WORST_FIT = 0.6;
/** If the best fit is worse, or fewer fit, movies with a part of the words are found as well. */
const SURE_FIT = 0.75;
const FEW = 3;
/** Movies with a part of the words, at most. */
const MOST_PARTLY = 60;

/** The scores of one query's movies; used again by the next query. */
export class SearchScores {
  readonly #boosts: Float64Array;
  /** Sums over the words. */
  readonly #scores: Float64Array;
  readonly #fits: Float64Array;
  readonly #counts: Uint8Array;
  /** Of the word at hand. */
  readonly #wordScores: Float64Array;
  readonly #wordFits: Float64Array;
  readonly #ofWord: number[] = [];
  readonly #matching: number[] = [];

  /** @param boosts factors of each movie's scores by its popularity */
  constructor(boosts: Float64Array) {
    const { length } = boosts;
    this.#boosts = boosts;
    this.#scores = new Float64Array(length);
    this.#fits = new Float64Array(length);
    this.#counts = new Uint8Array(length);
    this.#wordScores = new Float64Array(length);
    this.#wordFits = new Float64Array(length);
  }

  /** Notes that a movie has the word at hand; of several ways the best counts. @param fit how well, up to 1 */
  add(movie: number, fit: number, score: number): void {
    const before = this.#wordFits[movie] ?? 0;
    if (before === 0) this.#ofWord.push(movie);
    if (fit > before) this.#wordFits[movie] = fit;
    if (score > (this.#wordScores[movie] ?? 0)) this.#wordScores[movie] = score;
  }

  /** @param isNeeded false for a word that may as well be left out */
  endWord(isNeeded: boolean): void {
    for (const movie of this.#ofWord) {
      if ((this.#scores[movie] ?? 0) === 0) this.#matching.push(movie);
      this.#scores[movie] = (this.#scores[movie] ?? 0) + (this.#wordScores[movie] ?? 0);
      if (isNeeded) {
        this.#fits[movie] = (this.#fits[movie] ?? 0) + (this.#wordFits[movie] ?? 0);
        this.#counts[movie] = 1 + (this.#counts[movie] ?? 0);
      }
      this.#wordScores[movie] = this.#wordFits[movie] = 0;
    }
    this.#ofWord.length = 0;
  }

  /** The movies that were meant, best first. Forgets the query. @param numNeeded words that each should have */
  ranked(numNeeded: number): { place: number; score: number; fit: number }[] {
    const needed = Math.max(1, numNeeded);
    const whole: { place: number; score: number; fit: number }[] = [];
    const partly = new BestPlaces(MOST_PARTLY);
    let bestFit = 0;
    for (const place of this.#matching) {
      const fit = (this.#fits[place] ?? 0) / needed;
      const count = this.#counts[place] ?? 0;
      const score = (this.#scores[place] ?? 0) * (this.#boosts[place] ?? 1) * (0.3 + 0.7 * fit);
      if (count >= numNeeded) {
        whole.push({ place, score, fit });
        bestFit = Math.max(bestFit, fit);
      } else if (2 * count >= numNeeded) partly.offer(place, score * (count / needed));
      this.#scores[place] = this.#fits[place] = this.#counts[place] = 0;
    }
    this.#matching.length = 0;
    const fitting = whole.filter(({ fit }) => fit >= WORST_FIT * bestFit);
    fitting.sort((a, b) => b.score - a.score || a.place - b.place);
    if (fitting.length >= FEW && bestFit >= SURE_FIT) return fitting;
    return [...fitting, ...partly.sorted().map((one) => ({ ...one, fit: 0 }))];
  }
}
