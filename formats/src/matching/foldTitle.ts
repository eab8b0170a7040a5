import { ARTICLES } from '../values/articles.ts';

/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Numbers of parts. A title may begin with `I`, `V` or `X` as a word. */
const ROMAN = numbered('i ii iii iv v vi vii viii ix x xi xii xiii');

/** Numbers behind the word for a part, `Part Two`; elsewhere they are words: `Nine` is another film than `9`. */
const WORDS = numbered('one two three four five six seven eight nine ten');
const PART = new Set(['part', 'chapter', 'episode', 'volume', 'book']);

/** Accents, and what follows an emoji; but not the marks that are letters of their own, as in Japanese and Hindi. */
const ACCENTS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u1dc0-\u1dff\ufe00-\ufe0f]/g;

const ARTICLE_WORDS = new Set(ARTICLES);

/** A title as titles are compared: without case, accents and punctuation, `&` as `and`, numbers of parts as digits. */
export function foldTitle(title: string): string {
  const plain = title
    .replace(/(?<=\p{L})['’‘ʼ´`](?=\p{L})/gu, '')
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/&|(?<=\s)\+(?=\s)/g, ' and ')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
  if (plain === '') return title.normalize('NFKC').trim().toLowerCase();
  return plain.split(' ').map(foldWord).join(' ');
}

function foldWord(word: string, place: number, words: readonly string[]): string {
  if (word === 'vol') return 'volume';
  const before = words[place - 1];
  if (before === undefined) return ROMAN.get(word.length > 1 ? word : '') ?? word;
  return ROMAN.get(word) ?? (PART.has(before) ? WORDS.get(word) : undefined) ?? word;
}

function numbered(words: string): ReadonlyMap<string, string> {
  return new Map(words.split(' ').map((word, place) => [word, String(place + 1)]));
}

/** A title with the article in front that a comma sets behind it, in any case: `Usual Suspects, The`, `Avventura, L'`. */
export function withOpeningArticle(title: string): string {
  const [, name, article = '', mark = ''] = /^(.+),\s+(\p{L}+)(['’]?)$/u.exec(title.trim()) ?? [];
  if (name === undefined || !ARTICLE_WORDS.has(article.toLowerCase())) return title;
  return mark === '' ? `${article} ${name}` : `${article}'${name}`;
}

/** A title without the year that closes it in parentheses, and that year; null without one. */
export function splitYear(title: string): { title: string; year: number } | null {
  const [, name = '', year] = /^(.+?)\s*\(((?:18|19|20|21)\d\d)\)\s*$/.exec(title) ?? [];
  return year === undefined ? null : { title: name, year: Number(year) };
}

/** A folded title without its first article; itself where nothing else is left. */
export function withoutArticle(folded: string): string {
  const [first = '', ...rest] = folded.split(' ');
  return rest.length > 0 && ARTICLE_WORDS.has(first) ? rest.join(' ') : folded;
}

/** A folded title without blanks, in which `Spider Man` is `Spiderman`. */
export function compact(folded: string): string {
  return folded.replaceAll(' ', '');
}
