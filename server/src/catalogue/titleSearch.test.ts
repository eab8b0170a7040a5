import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@pocketrocket/engine';
import { SearchReference, searchOf, type Ranked, type SearchableMovie } from '../test/searchReference.ts';

const CATALOGUE: [title: string, ratingCount: number, ...alternatives: string[]][] = [
  ['The Matrix', 278],
  ['The Matrix Reloaded', 96],
  ['The Animatrix', 12],
  ['The Usual Suspects', 204],
  ['The Unusual Suspect', 1],
  ['Amelie', 120, "Le Fabuleux Destin d'Amélie Poulain"],
  ['Amèlia', 3],
  ['The Godfather', 192],
  ['The Godfather: Part II', 129],
  ['The Godfather: Part III', 60],
  ['Godsend', 4],
  ['It', 30],
  ['It Happened One Night', 14],
  ["It's a Wonderful Life", 58],
  ['The Italian Job', 51],
  ['Up', 105],
  ['Up in the Air', 43],
  ['Step Up', 10],
  ['U', 1],
  ['The Lord of the Rings: The Fellowship of the Ring', 198],
  ['Lord of the Flies', 22],
  ['Toy Story', 215],
  ['Toy Story 2', 97],
  ['Harry Potter and the Chamber of Secrets', 102],
  ['Se7en', 203, 'Seven'],
  ['The Seven Samurai', 48, 'Shichinin no samurai'],
  ['The A', 2],
  ['千と千尋の神隠し', 87, 'Spirited Away'],
  ['となりのトトロ', 60, 'My Neighbor Totoro'],
  ['パプリカ', 9],
  ['バベル', 3],
  ['기생충', 70, 'Parasite'],
  ['霸王别姬', 20],
  ['𠮷野家', 1],
  ['I ❤️ Cooking', 4],
  ['👨‍👩‍👧 Family', 2],
  ['🏃🏽‍♀️', 2],
  ['Vive la 🇫🇷', 2],
  ['Ｆｕｌｌ Ｗｉｄｔｈ', 2],
  ['Sign© of Life', 2],
  ['Crash', 5],
  ['Crash', 90],
];

const movies = CATALOGUE.map(([title, ratingCount, ...alternativeTitles], movieId) => ({
  movieId,
  title,
  alternativeTitles,
  ratingCount,
}));
const search = searchOf(movies);
const find = (query: string, limit = 5) =>
  search.find(query, limit).map((movieId) => CATALOGUE[movieId]?.[0]);

describe('search', () => {
  it.each([
    ['matrix', 'The Matrix'],
    ['MATRIX', 'The Matrix'],
    ['the matrix', 'The Matrix'],
    ['matrx', 'The Matrix'],
    ['usual suspects', 'The Usual Suspects'],
    ['a usual suspects', 'The Usual Suspects'],
    ['amelie', 'Amelie'],
    ['Amélie', 'Amelie'],
    ['fabuleux destin', 'Amelie'],
    ['godfther', 'The Godfather'],
    ['godfather part ii', 'The Godfather: Part II'],
    ['it', 'It'],
    ['IT', 'It'],
    ['up', 'Up'],
    ['its a wonderful life', "It's a Wonderful Life"],
    ['lord of rings', 'The Lord of the Rings: The Fellowship of the Ring'],
    ['the lord of the ri', 'The Lord of the Rings: The Fellowship of the Ring'],
    ['toy stroy', 'Toy Story'],
    ['toy st', 'Toy Story'],
    ['harry potter chamber of screts', 'Harry Potter and the Chamber of Secrets'],
    ['harry potter philosopher', 'Harry Potter and the Chamber of Secrets'],
    ['seven', 'Se7en'],
    ['seven samurai', 'The Seven Samurai'],
    ['the a', 'The A'],
    ['spirited away', '千と千尋の神隠し'],
    ['千と千尋の神隠し', '千と千尋の神隠し'],
    ['千', '千と千尋の神隠し'],
    ['尋', '千と千尋の神隠し'],
    ['神隠', '千と千尋の神隠し'],
    ['千尋の神', '千と千尋の神隠し'],
    ['トトロ', 'となりのトトロ'],
    ['ﾄﾄﾛ', 'となりのトトロ'],
    ['ト', 'となりのトトロ'],
    ['となり トトロ', 'となりのトトロ'],
    ['プリカ', 'パプリカ'],
    ['バ', 'バベル'],
    ['기생', '기생충'],
    ['충', '기생충'],
    ['기생충'.normalize('NFD'), '기생충'],
    ['王别', '霸王别姬'],
    ['𠮷', '𠮷野家'],
    ['𠮷野', '𠮷野家'],
    ['❤', 'I ❤️ Cooking'],
    ['❤️', 'I ❤️ Cooking'],
    ['i ❤️ cook', 'I ❤️ Cooking'],
    ['cooking', 'I ❤️ Cooking'],
    ['👧', '👨‍👩‍👧 Family'],
    ['👨‍👩‍👧', '👨‍👩‍👧 Family'],
    ['🏃', '🏃🏽‍♀️'],
    ['🏃🏻‍♀️', '🏃🏽‍♀️'],
    ['🇫🇷', 'Vive la 🇫🇷'],
    ['full width', 'Ｆｕｌｌ Ｗｉｄｔｈ'],
    ['ｍａｔｒｉｘ', 'The Matrix'],
    ['sign of life', 'Sign© of Life'],
  ])('%p finds %p first', (query, expected) => {
    expect(find(query)[0]).toBe(expected);
  });

  it('puts the most rated of namesakes first', () => {
    expect(search.find('crash', 2).map((movieId) => CATALOGUE[movieId]?.[1])).toEqual([90, 5]);
  });

  it('puts sequels after the film they are named after, by popularity', () => {
    expect(find('godfather', 3)).toEqual([
      'The Godfather',
      'The Godfather: Part II',
      'The Godfather: Part III',
    ]);
  });

  it('finds nothing where nothing matches, and keeps to the limit', () => {
    expect(find('zzzzzz')).toEqual([]);
    expect(find('')).toEqual([]);
    expect(find('?!')).toEqual([]);
    expect(find('猫')).toEqual([]);
    expect(find('🦖')).toEqual([]);
    expect(find('パ')).toEqual(['パプリカ']);
    expect(find('千と'.repeat(100)).length).toBeGreaterThan(0);
    expect(find('the', 3).length).toBeLessThanOrEqual(3);
  });
});

/** Made-up titles in which words, their beginnings and their neighbours come again and again, in several scripts. */
function madeUpMovies(number: number): SearchableMovie[] {
  const random = seededRandom(11);
  const upTo = (end: number) => Math.floor(end * random() ** 2);
  const syllables = 'ka lo mi ra té su no ví da pe ru shä tor len bri ß ø'.split(' ');
  const dense = [...'千と尋の神隠しとなりのトトロパプリカバベル기생충霸王别姬𠮷野家'];
  const pictures = ['❤️', '👨‍👩‍👧', '🏃🏽‍♀️', '🇫🇷', '🦖'];
  const words: (() => string)[] = [
    () => Array.from({ length: 1 + upTo(4) }, () => syllables[upTo(syllables.length)]).join(''),
    () => Array.from({ length: 1 + upTo(5) }, () => dense[upTo(dense.length)]).join(''),
    () => pictures[upTo(pictures.length)] ?? '',
    () => String(upTo(2_000)),
    () => ['the', 'a', 'of', 'The', "it's"][upTo(5)] ?? '',
  ];
  const title = () => Array.from({ length: 1 + upTo(5) }, () => words[upTo(words.length)]?.()).join(' ');
  return Array.from({ length: number }, (_, place) => ({
    movieId: 3 * place + 1,
    title: title(),
    alternativeTitles: Array.from({ length: upTo(3) }, title),
    ratingCount: upTo(300),
  }));
}

/** Titles as they stand, unfinished, with a letter more, less or exchanged, in part, and doubled. */
function queriesOf(titles: readonly string[]): string[] {
  return titles.flatMap((title, place) => {
    const at = place % Math.max(1, title.length);
    const words = title.split(' ');
    return [
      title,
      title.slice(0, at + 1),
      title.slice(0, at) + title.slice(at + 1),
      `${title.slice(0, at)}k${title.slice(at)}`,
      `${title.slice(0, at)}q${title.slice(at + 1)}`,
      words.slice(-2).reverse().join(' '),
      `${words.at(-1)} ${words.at(-1)}`,
      `${title} nothingness`,
    ];
  });
}

/** True where the reference ranks two movies alike, but for rounding. */
function isTie(one: Ranked | undefined, other: Ranked | undefined): boolean {
  if (!one || !other || one.group !== other.group) return false;
  return Math.abs(one.score - other.score) <= 1e-9 * other.score;
}

describe('the packed index', () => {
  const made = madeUpMovies(600);
  const cases: [what: string, SearchableMovie[], queries: string[]][] = [
    ['the films above', movies, queriesOf(movies.map(({ title }) => title))],
    ['made-up films', made, queriesOf(made.filter((_, place) => place % 5 === 0).map(({ title }) => title))],
  ];

  it.each(cases)('finds what MiniSearch finds, in its order but for ties: %s', (_, among, queries) => {
    const packed = searchOf(among);
    const reference = new SearchReference(among);
    let numFound = 0;
    for (const query of queries) {
      const expected = reference.ranked(query);
      const ranked = new Map(expected.map((one) => [one.movieId, one]));
      const found = packed.find(query, among.length);
      numFound += found.length;
      expect([query, found.length, new Set(found).size]).toEqual([query, expected.length, expected.length]);
      const isOutOfOrder = (movieId: number, place: number) => !isTie(ranked.get(movieId), expected[place]);
      expect([query, found.filter(isOutOfOrder)]).toEqual([query, []]);
      expect(packed.find(query, 3)).toEqual(found.slice(0, 3));
    }
    expect(numFound).toBeGreaterThan(2 * queries.length);
  });

  it('is empty without movies', () => {
    expect(searchOf([]).find('matrix', 5)).toEqual([]);
  });
});
