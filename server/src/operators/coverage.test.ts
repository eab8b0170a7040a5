import { describe, expect, it } from '@jest/globals';
import { MoviePacker, MovieTable } from '../catalogue/movieTable.ts';
import { Shown } from '../lists/shownCounts.ts';
import { coverageOf, giniOf } from './coverage.ts';
import { protocolInWords } from '../model/protocolInWords.ts';

/** Movies 10, 20, 30, … with so many ratings. */
function tableOf(ratingCounts: readonly number[], firstId = 10): MovieTable {
  const packer = new MoviePacker();
  ratingCounts.forEach((ratingCount, place) =>
    packer.add({
      movieId: firstId + 10 * place,
      title: `Film ${place}`,
      releaseYear: null,
      ratingCount,
      halfStarSum: 0,
      genreIds: [],
    }),
  );
  return new MovieTable(packer.packed());
}

describe('coverage', () => {
  it('has a Gini index of 0 where all are alike, and (n − 1) / n where one has all', () => {
    expect(giniOf(Float64Array.of(2, 2, 2, 2))).toBeCloseTo(0);
    expect(giniOf(Float64Array.of(0, 0, 0, 9))).toBeCloseTo(0.75);
    // Mean absolute difference over twice the mean: (0+1+2 + 1+0+1 + 2+1+0) / 9 / (2 · 2).
    expect(giniOf(Float64Array.of(3, 1, 2))).toBeCloseTo(8 / 9 / 4);
  });

  it('tells what was shown of the catalogue, and how popular it is', () => {
    const movies = tableOf([5, 80, 0, 15]);
    const shown = [
      { sinceMs: 2_000, counts: Uint32Array.of(1, 4, 0, 0) },
      { sinceMs: 1_000, counts: Uint32Array.of(0, 4, 1, 0) },
      // Of a thread that has another catalogue.
      { sinceMs: 0, counts: Uint32Array.of(9, 9) },
    ];
    expect(coverageOf({ movies }, shown, 9_000)).toEqual({
      since: new Date(1_000),
      shownCount: 10,
      shownMovieCount: 3,
      movieCount: 4,
      share: 0.75,
      // 0, 1, 1, 8
      gini: expect.closeTo((-1 + 1 + 24) / 40),
      // Ranks 0 (eight times), 2 and 3 of 3.
      meanPopularityRank: expect.closeTo(5 / 10 / 3),
      headShare: 0.8,
      headShareOfRatings: 0.8,
    });
  });

  it('tells nothing where nothing was shown, or there is no movie', () => {
    expect(coverageOf({ movies: tableOf([1]) }, [], 9_000)).toMatchObject({
      since: new Date(9_000),
      shownCount: 0,
      share: 0,
      gini: null,
      meanPopularityRank: null,
      headShare: null,
    });
    expect(coverageOf({ movies: tableOf([]) }, [], 9_000)).toMatchObject({
      share: null,
      headShareOfRatings: null,
    });
  });
});

describe('what lists show', () => {
  it('is counted for one to two days, and follows the catalogue', () => {
    const DAY = 86_400_000;
    let now = 1_000;
    const shown = new Shown(() => now);
    const movies = tableOf([1, 1, 1]);
    shown.count({ movies }, [10, 20, 20, 999]);
    expect(shown.report({ movies })).toEqual({ sinceMs: 1_000, counts: Uint32Array.of(1, 2, 0) });
    // Movie 10 is gone, 40 is new.
    const other = tableOf([1, 1, 1], 20);
    shown.count({ movies: other }, [40]);
    expect(shown.report({ movies: other }).counts).toEqual(Uint32Array.of(2, 0, 1));
    now += DAY;
    shown.count({ movies: other }, [30]);
    expect(shown.report({ movies: other })).toEqual({ sinceMs: 1_000, counts: Uint32Array.of(2, 1, 1) });
    now += DAY;
    expect(shown.report({ movies: other })).toEqual({
      sinceMs: 1_000 + DAY,
      counts: Uint32Array.of(0, 1, 0),
    });
    now += 5 * DAY;
    expect(shown.report({ movies: other })).toEqual({ sinceMs: now, counts: new Uint32Array(3) });
    shown.count({ movies: other }, [30]);
    shown.forget();
    expect(shown.report({ movies: other }).counts).toEqual(new Uint32Array(3));
  });
});

it.each([
  ['last-out-sampled', /the film that each user saw next, among 99 others/],
  ['last-out', /the film that each user saw next, among all films/],
  ['time', /in the last fifth of the time, among all films/],
  ['user-75-25', /the 25 % of each user's films .* given the other 75 %/],
  ['made-up', /protocol made-up/],
])('the protocol %s is told in words', (protocol, words) => expect(protocolInWords(protocol)).toMatch(words));
