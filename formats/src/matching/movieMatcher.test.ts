import { describe, expect, it } from '@jest/globals';
import { MovieMatcher, type WantedMovie } from './movieMatcher.ts';

const matcher = new MovieMatcher();
const MOVIES: [movieId: number, title: string, year: number | null, imdbId?: number, ...others: string[]][] =
  [
    [1, 'The Paper Lighthouse', 1994, 100_001],
    [2, 'Crème, Brûlée & Co.', 2001, 100_002],
    [3, 'Zero Tide', 2010],
    [4, 'Zero Tide', 1994],
    [5, 'Twins', 2000],
    [6, 'Twins', 2000],
    [7, 'Ocean Wars: Part II - Low Water', 1980],
    [8, 'Amelia', 2001, 100_008, "Le Fabuleux Destin d'Amélia"],
    [9, '千の灯台', 2001],
    [10, '???', 2005],
    [11, 'Undated', null],
    [12, 'Ünlü Balıkçı', 1979],
    [13, 'ガの灯台', 2003],
    [14, 'कालिका', 2001],
    [15, 'कोलोको', 2001],
    [16, 'Captain V', 1990],
    [17, "L'Isola", 1960],
    [18, 'OAK', 1970],
    [19, 'E.T. the Extra-Sky', 1982],
    [20, 'Die Nacht', 1999],
    [21, 'Nacht', 1999],
    [22, 'Rain + Snow', 1996],
    [23, 'Nine', 2009],
    [24, '9', 2009],
    [25, 'Tales: Vol. I', 2003],
    [26, '2012', 2009],
  ];
for (const [movieId, title, releaseYear, imdbId = null, ...alternativeTitles] of MOVIES)
  matcher.add({ movieId, title, alternativeTitles, releaseYear, imdbId, tmdbId: movieId === 3 ? 803 : null });

const match = (title: string | null, year: number | null = null, ids: Partial<WantedMovie> = {}) =>
  matcher.match({ title, year, imdbId: null, tmdbId: null, ...ids });

describe('matching a movie', () => {
  it.each([
    ['the paper lighthouse', 1994, 1],
    ['Paper Lighthouse, The', 1994, 1],
    ['A Paper Lighthouse', 1994, 1],
    ['paper lighthouse, the', 1994, 1],
    ['Creme, Brulee and Co', 2001, 2],
    ['Zero Tide', 2010, 3],
    ['ZERO  TIDE!', 1994, 4],
    ['Zero-Tide', 2011, 3],
    ['ZeroTide', 2010, 3],
    ['Zero Tide (2010)', null, 3],
    ['Zero Tide (1994)', 1994, 4],
    ['Ocean Wars: Part Two: Low Water', 1980, 7],
    ['Ocean Wars, Part 2: Low Water', 1980, 7],
    ['Le fabuleux destin d’Amelia', 2001, 8],
    ['千の灯台', 2001, 9],
    ['???', 2005, 10],
    ['Undated', 1999, 11],
    ['Unlu Balikci', 1979, 12],
    ['ガの灯台', 2003, 13],
    // Another syllable, another film.
    ['カの灯台', 2003, null],
    ['The Paper Lighthouse', null, 1],
    // Another vowel, another film.
    ['कालिका', 2001, 14],
    ['Captain 5', 1990, 16],
    ['Isola, L’', 1960, 17],
    ['L´isola', 1960, 17],
    ['O.A.K.', 1970, 18],
    ['ET the Extra Sky', 1982, 19],
    ['Die Nacht', 1999, 20],
    ['Nacht', 1999, 21],
    ['Rain and Snow', 1996, 22],
    ['Nine', 2009, 23],
    ['9', 2009, 24],
    ['Tales, Volume 1', 2003, 25],
    ['2012 (2009)', 2009, 26],
  ])('%p (%p) is %p by its title', (title, year, movieId) => {
    expect(match(title, year)).toMatchObject({ movieId, by: movieId === null ? null : 'title' });
  });

  it('goes by ids before titles', () => {
    expect(match('Something else', 1900, { imdbId: 100_002 })).toEqual({
      movieId: 2,
      by: 'imdbId',
      score: 1,
      candidates: [],
    });
    expect(match(null, null, { tmdbId: 803 })).toMatchObject({ movieId: 3, by: 'tmdbId' });
    expect(match('Zero Tide', 2010, { imdbId: 999, tmdbId: 803 })).toMatchObject({
      movieId: 3,
      by: 'tmdbId',
    });
  });

  it('does not take a namesake for the film where the ids differ', () => {
    expect(match('The Paper Lighthouse', 1994, { imdbId: 999 })).toMatchObject({
      movieId: null,
      candidates: [{ movieId: 1, score: 0.4 }],
    });
  });

  it('leaves to the person what is not sure, the likely ones first', () => {
    expect(match('Twins', 2000)).toMatchObject({
      movieId: null,
      score: 1,
      candidates: [{ movieId: 5 }, { movieId: 6 }],
    });
    expect(match('Zero Tide')).toMatchObject({ movieId: null, candidates: [{ movieId: 3 }, { movieId: 4 }] });
    expect(match('Ocean Wars', 1980)).toMatchObject({
      movieId: null,
      candidates: [{ movieId: 7, score: 0.75 }],
    });
    expect(match('The Paper Lighthouse', 1960)).toMatchObject({
      movieId: null,
      candidates: [{ movieId: 1, score: 0.4 }],
    });
    expect(match('Nothing like it', 1980)).toEqual({ movieId: null, by: null, score: 0, candidates: [] });
    expect(match(null)).toEqual({ movieId: null, by: null, score: 0, candidates: [] });
    expect(match('  ')).toMatchObject({ movieId: null, candidates: [] });
  });
});
