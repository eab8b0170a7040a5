import { describe, expect, it } from '@jest/globals';
import { searchOf } from '../test/searchOf.ts';

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

/** Films as they are known, with their years, for what people mean without typing it. */
const KNOWN: [title: string, releaseYear: number, ratingCount: number, ...alternatives: string[]][] = [
  ['The Matrix', 1999, 278],
  ['The Matrix Reloaded', 2003, 96],
  ['The Matrix Revolutions', 2003, 72],
  ['2 Fast 2 Furious', 2003, 30],
  ['Shrek 2', 2004, 92],
  ['8 1/2', 1963, 20, '8½'],
  ['Star Wars: Episode IV - A New Hope', 1977, 251],
  ['Star Wars: Episode V - The Empire Strikes Back', 1980, 211],
  ['Star Wars: Episode VI - Return of the Jedi', 1983, 196],
  ['Star Trek: Generations', 1994, 108],
  ['Stardust', 2007, 40],
  ['Spider-Man', 2002, 122],
  ['Spider-Man 2', 2004, 79],
  ['Italian Spiderman', 2007, 1],
  ['X-Men', 2000, 133],
  ['X2: X-Men United', 2003, 76],
  ['Omen, The', 1976, 30],
  ['Batman', 1989, 189],
  ['The Dark Knight', 2008, 149],
  ['The Lord of the Rings', 1978, 13],
  ['The Lord of the Rings: The Fellowship of the Ring', 2001, 198],
  ['The Lord of the Rings: The Two Towers', 2002, 188],
  ['The Lord of the Rings: The Return of the King', 2003, 185],
  ['A Lot Like Love', 2005, 10],
  ['Se7en', 1995, 203],
  ['Seven Samurai', 1954, 48],
  ['S1m0ne', 2002, 9],
  ["Ocean's Eleven", 2001, 119],
  ['12 Angry Men', 1957, 57],
  ['The Sixth Sense', 1999, 179],
  ['21 Grams', 2003, 32],
  ['Terminator 2: Judgment Day', 1991, 224],
  ['The Terminator', 1984, 131],
  ['Rocky', 1976, 64],
  ['Rocky II', 1979, 25],
  ['Rocky IV', 1985, 19],
  ['Alien', 1979, 146],
  ['Aliens', 1986, 126],
  ['Alien³', 1992, 45],
  ['Pirates of the Caribbean: The Curse of the Black Pearl', 2003, 149],
  ["Pirates of the Caribbean: Dead Man's Chest", 2006, 74],
  ['The Passion of the Christ', 2004, 30],
  ['WALL·E', 2008, 104],
  ['M*A*S*H', 1970, 43],
  ['E.T. the Extra-Terrestrial', 1982, 122],
  ['Ratatouille', 2007, 72],
  ['Finding Nemo', 2003, 141],
  ['Finding Neverland', 2004, 31],
  ['Memento', 2000, 159],
  ['The Shawshank Redemption', 1994, 317],
  ['Jurassic Park', 1993, 238],
  ['Trainspotting', 1996, 102],
  ['Fight Club', 1999, 218],
];
const known = searchOf(
  KNOWN.map(([title, releaseYear, ratingCount, ...alternativeTitles], movieId) => ({
    movieId,
    title,
    releaseYear,
    ratingCount,
    alternativeTitles,
  })),
);
const findKnown = (query: string, limit = 5) =>
  known.find(query, limit).map((movieId) => KNOWN[movieId]?.[0] ?? '');

describe('what people type', () => {
  it.each([
    // Swapped, missing and other letters, also in several words.
    ['star wras', 'Star Wars: Episode IV - A New Hope'],
    ['jurasic prak', 'Jurassic Park'],
    ['shawshenk redemshun', 'The Shawshank Redemption'],
    ['teh matrix', 'The Matrix'],
    ['finding memo', 'Finding Nemo'],
    ['ratatooly', 'Ratatouille'],
    // Joined and parted.
    ['spiderman', 'Spider-Man'],
    ['spider man', 'Spider-Man'],
    ['spidrman', 'Spider-Man'],
    ['xmen', 'X-Men'],
    ['bat man', 'Batman'],
    ['train spotting', 'Trainspotting'],
    ['jurassicpark', 'Jurassic Park'],
    ['thedarkknight', 'The Dark Knight'],
    ['starwars', 'Star Wars: Episode IV - A New Hope'],
    ['walle', 'WALL·E'],
    ['wall e', 'WALL·E'],
    ['mash', 'M*A*S*H'],
    ['et', 'E.T. the Extra-Terrestrial'],
    // Initials.
    ['lotr', 'The Lord of the Rings: The Fellowship of the Ring'],
    ['l.o.t.r.', 'The Lord of the Rings: The Fellowship of the Ring'],
    ['tdk', 'The Dark Knight'],
    ['rotk', 'The Lord of the Rings: The Return of the King'],
    ['esb', 'Star Wars: Episode V - The Empire Strikes Back'],
    ['potc', 'Pirates of the Caribbean: The Curse of the Black Pearl'],
    ['t2', 'Terminator 2: Judgment Day'],
    // Numbers in digits, words and Roman ones.
    ['oceans 11', "Ocean's Eleven"],
    ['twelve angry men', '12 Angry Men'],
    ['6th sense', 'The Sixth Sense'],
    ['twenty one grams', '21 Grams'],
    ['rocky two', 'Rocky II'],
    ['rocky 4', 'Rocky IV'],
    ['star wars 5', 'Star Wars: Episode V - The Empire Strikes Back'],
    ['eight and a half', '8 1/2'],
    ['x men 2', 'X2: X-Men United'],
    // Sequels that bear no number.
    ['matirx 2', 'The Matrix Reloaded'],
    ['matrix 3', 'The Matrix Revolutions'],
    ['alien 2', 'Aliens'],
    ['lotr 2', 'The Lord of the Rings: The Two Towers'],
    ['pirates of the caribbean 2', "Pirates of the Caribbean: Dead Man's Chest"],
    // Digits for letters.
    ['seven', 'Se7en'],
    ['se7en', 'Se7en'],
    ['simone', 'S1m0ne'],
    ['m4trix', 'The Matrix'],
    // Years.
    ['matrix 1999', 'The Matrix'],
    ['1999', 'The Matrix'],
  ])('%p finds %p first', (query, expected) => {
    expect(findKnown(query)[0]).toBe(expected);
  });

  it('is found whole, not with its neighbours: a word that is known was meant', () => {
    expect(findKnown('star', 20).filter((title) => !/star/i.test(title))).toEqual([]);
    expect(findKnown('star', 20)[0]).toBe('Star Wars: Episode IV - A New Hope');
    expect(findKnown('1999', 20).sort()).toEqual(['Fight Club', 'The Matrix', 'The Sixth Sense']);
  });

  it('ranks all that match, each once, and the first of them are what is found', () => {
    for (const query of [
      'star',
      'the',
      's',
      'lotr 2',
      'alien',
      'matirx',
      'nothing at all of this',
      '2',
      'xxxxxxxx',
    ]) {
      const ranked = known.rank(query);
      expect([query, new Set(ranked).size]).toEqual([query, ranked.length]);
      expect(known.find(query, 3)).toEqual(ranked.slice(0, 3));
      // Nothing of a query is left in the next one.
      expect(known.rank(query)).toEqual(ranked);
    }
  });

  it('finds nothing in an empty catalogue', () => {
    for (const query of ['matrix', 'matrix 2', 'spiderman', '1999', ''])
      expect(searchOf([]).rank(query)).toEqual([]);
  });
});
