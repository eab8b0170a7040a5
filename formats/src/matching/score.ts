import { compact, withoutArticle } from './foldTitle.ts';

/** Titles that differ by an article or by blanks; so far below that a movie of the very title comes first. */
const ALIKE = 0.95;
/** A title that is the beginning of another, as before a colon. */
const BEGINNING = 0.75;

/** Scores how well a folded title agrees with a movie's, 0 to 1: 1 where one is equal, else by the words in common. */
export function scoreTitles(wanted: string, titles: readonly string[]): number {
  return Math.max(0, ...titles.map((title) => scoreTitle(wanted, title)));
}

function scoreTitle(wanted: string, title: string): number {
  if (wanted === title) return 1;
  const stripped = withoutArticle(wanted);
  const other = withoutArticle(title);
  if (compact(stripped) === compact(other) || compact(wanted) === compact(title)) return ALIKE;
  return scoreWords(stripped, other);
}

function scoreWords(wanted: string, title: string): number {
  if (title.startsWith(`${wanted} `) || wanted.startsWith(`${title} `)) return BEGINNING;
  const words = new Set(wanted.split(' '));
  const others = new Set(title.split(' '));
  const common = [...words].filter((word) => others.has(word)).length;
  // Dice's coefficient; never sure, as the word that differs may be the one that tells.
  return Math.min(BEGINNING, (2 * common) / (words.size + others.size));
}

/** Scores how well years agree, 0 to 1: services differ by a year where a film ran at a festival first. */
export function scoreYears(one: number | null, other: number | null): number {
  if (one === null || other === null) return 0.85;
  const apart = Math.abs(one - other);
  if (apart === 0) return 1;
  if (apart === 1) return 0.9;
  return apart === 2 ? 0.7 : 0.4;
}
