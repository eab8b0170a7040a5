/** A word, or a beginning of words, that is in more movies than this is common: to look them all up would take too long. */
const MANY = 5_000;
/** Letters of beginnings that are counted; longer ones are not common. */
const MAX_LETTERS = 3;
/** The most rated movies that are kept of a common beginning. */
const MOST_KEPT = 100;

/** Words that say little in a large catalogue, and which movies to show for a common beginning instead of all. */
export class CommonWords {
  private readonly counts = new Map<string, number>();
  private readonly beginnings = new Map<string, { count: number; movieIds: number[] }>();

  /** Counts the words of a movie. Movies come the most rated first. */
  add(movieId: number, words: ReadonlySet<string>): void {
    const begun = new Set<string>();
    for (const word of words) {
      this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
      for (let letters = 1; letters <= MAX_LETTERS; letters++) begun.add(word.slice(0, letters));
    }
    for (const beginning of begun) this.count(beginning, movieId);
  }

  /** Forgets what is not common, once all movies are counted. */
  finish(): void {
    for (const [word, count] of this.counts) if (count <= MANY) this.counts.delete(word);
    for (const [beginning, { count }] of this.beginnings)
      if (count <= MANY) this.beginnings.delete(beginning);
  }

  /** The words but for common ones; the first of them where all are. */
  telling(words: readonly string[]): string[] {
    const telling = words.filter((word) => !this.counts.has(word));
    return telling.length > 0 ? telling : words.slice(0, 1);
  }

  /** The most rated movies with a word that begins so, where there are many; else null. */
  mostRatedWith(beginning: string): readonly number[] | null {
    return this.beginnings.get(beginning)?.movieIds ?? null;
  }

  private count(beginning: string, movieId: number): void {
    let known = this.beginnings.get(beginning);
    if (!known) this.beginnings.set(beginning, (known = { count: 0, movieIds: [] }));
    if (known.count++ < MOST_KEPT) known.movieIds.push(movieId);
  }
}
