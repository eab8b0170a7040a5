import { ARTICLES, isDense, wordsWithArticle } from './searchTerms.ts';
import { numbersIn } from './searchNumbers.ts';

const PARTS = /[:;–—(]| - /;
/** Longer ones nobody types. */
export const LONGEST_INITIALS = 12;
const FEWEST_WORDS = 3;

/**
 * The initials under which people know a title, each part of it for itself as well: with its articles ("tdk"), without the first one
 * ("lotr") and without any. Numbers stand whole ("t2").
 */
export function initialsOf(title: string): string[] {
  const parts = title.split(PARTS).map((part) => wordsOf(part));
  const initials = new Set<string>();
  parts.forEach((_, place) => {
    const words = parts.slice(place).flat();
    const isFirstArticle = ARTICLES.has(words[0] ?? '');
    for (const some of [
      words,
      isFirstArticle ? words.slice(1) : words,
      words.filter((word) => !ARTICLES.has(word)),
    ]) {
      const numbers = numbersIn(some);
      if (some.length < FEWEST_WORDS && numbers.length === 0) continue;
      const letters = some.map((word, at) => {
        const number = numbers.find(({ from, to }) => at >= from && at < to);
        if (!number) return word.charAt(0);
        return number.from === at ? String(number.value) : '';
      });
      const text = letters.join('').slice(0, LONGEST_INITIALS);
      if (text.length >= 2) initials.add(text);
    }
  });
  return [...initials];
}

function wordsOf(part: string): string[] {
  return wordsWithArticle(part).filter((word) => !isDense(word));
}
