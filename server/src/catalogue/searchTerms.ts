/** Scripts that are written without spaces, or in which parts of a word are looked for. */
const DENSE = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}ー々〆]';
/** Pictures that people type; signs such as © are none. */
const PICTURE = '(?:\\p{RI}\\p{RI}|(?![©®])\\p{Extended_Pictographic})';

const DENSE_CHARACTER = new RegExp(DENSE, 'gu');
const IS_DENSE = new RegExp(`^(?:${DENSE}|${PICTURE})`, 'u');
const PARTS = new RegExp(`${DENSE}+|${PICTURE}|(?:(?!${DENSE}|${PICTURE})\\S)+`, 'gu');
const NEITHER = new RegExp(`(?!${PICTURE})[^\\p{L}\\p{N}]`, 'gu');

/** Parts of dense scripts in one query that are looked up. */
export const MAX_DENSE_TERMS = 40;

/**
 * A title as searches compare it: lower case, without accents, punctuation, skin colours and a leading English article; full and half
 * width are one. Marks that make another syllable of a Japanese one stay, and so do emoji.
 */
export function foldForSearch(title: string): string {
  const folded = title
    .replaceAll('½', ' 1 2 ')
    .normalize('NFKD')
    .replace(/(?![\u3099\u309a])\p{M}|\p{Emoji_Modifier}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(NEITHER, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return folded.replace(/^(the|an|a) (?=.)/, '') || title.normalize('NFKC').toLowerCase().trim();
}

/** Characters of a query; longer ones are refused. */
export const MAX_QUERY_LENGTH = 200;

/** The words of a query as they are searched for: a character may stand for several, and a dash parts them. */
export function wordsOfQuery(query: string): string[] {
  return foldForSearch(query.slice(0, MAX_QUERY_LENGTH)).split(' ');
}

/** The terms under which a folded title is found: words; of dense scripts each character and each pair; each emoji. */
export function indexTerms(folded: string): string[] {
  return partsOf(folded).flatMap((part) => {
    if (!isDense(part)) return [part];
    const characters = [...part];
    return characters.length === 1 ? characters : [...characters, ...pairsOf(characters)];
  });
}

/** The terms of a folded query: of dense scripts pairs, or the one character. */
export function queryTerms(folded: string): string[] {
  let room = MAX_DENSE_TERMS;
  return partsOf(folded).flatMap((part) => {
    if (!isDense(part)) return [part];
    const characters = [...part];
    const terms = (characters.length === 1 ? characters : pairsOf(characters)).slice(0, room);
    room -= terms.length;
    return terms;
  });
}

/** True of a term that is a part of something longer, or an emoji: it is looked up as it stands. */
export function isDense(term: string): boolean {
  return IS_DENSE.test(term);
}

/** Number of terms of dense scripts that a text leads to, for its price. */
export function countDenseTerms(text: string): number {
  return Math.min(text.match(DENSE_CHARACTER)?.length ?? 0, MAX_DENSE_TERMS);
}

function partsOf(folded: string): string[] {
  return folded.match(PARTS) ?? [];
}

function pairsOf(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, index) => (characters[index] ?? '') + character);
}

/** Words that titles lose at their begin when they are folded. */
export const ARTICLES: ReadonlySet<string> = new Set(['the', 'a', 'an']);

/** The folded words of a text with the article that it begins with, which folding takes away. */
export function wordsWithArticle(text: string): string[] {
  return foldForSearch(`x ${text}`).split(' ').slice(1);
}
