import { describe, expect, it } from '@jest/globals';
import { becauseOf, chooseRows, favouriteDecade, type LikedFilm } from './chooseRows.ts';
import { distinctFilms } from './distinctFilms.ts';
import { drawByWeight } from './drawByWeight.ts';
import type { FilmItem } from './filmQuery.ts';
import { moodFilter, moodsFor } from './moods.ts';

const film = (movieId: number, genre: string, releaseYear: number | null = 1990): LikedFilm => ({
  movieId,
  title: `Film ${movieId}`,
  releaseYear,
  genres: [{ name: genre }],
});

const facts = {
  audience: { kind: 'viewer' as const },
  genres: ['Action', 'Comedy', 'Drama'].map((name, index) => ({ name, movieCount: 10 * (index + 1) })),
  dataset: { movieCount: 100, ratingCount: 2000 },
};

describe('the rows of home', () => {
  it('are seven at most with the personal one, and begin with what is known of the audience', () => {
    const liked = [film(1, 'Comedy'), film(2, 'Comedy'), film(3, 'Drama')];
    const rows = chooseRows({ ...facts, liked, hasWatchlist: true });
    expect(rows.map(({ key }) => key)).toEqual([
      'because-1',
      'watchlist',
      'popular',
      'gems',
      'decade',
      'genre-Comedy',
    ]);
    const others = chooseRows({ ...facts, liked, hasWatchlist: false });
    expect(others.map(({ key }) => key).slice(0, 2)).toEqual(['because-1', 'because-3']);
  });

  it('are for everybody where nothing is known', () => {
    const rows = chooseRows({ ...facts, dataset: null, liked: [], hasWatchlist: false });
    expect(rows.map(({ key }) => key)).toEqual([
      'best',
      'popular',
      'decade',
      'genre-Drama',
      'genre-Comedy',
      'genre-Action',
    ]);
  });

  it('follow from two liked films that are as unlike as can be', () => {
    expect(becauseOf([])).toEqual([]);
    expect(becauseOf([film(1, 'War')]).map(({ movieId }) => movieId)).toEqual([1]);
    const alike = [film(1, 'War'), film(2, 'War')];
    expect(becauseOf(alike).map(({ movieId }) => movieId)).toEqual([1, 2]);
    expect(becauseOf([...alike, film(3, 'Crime')]).map(({ movieId }) => movieId)).toEqual([1, 3]);
  });

  it('have the decade of most liked films', () => {
    expect(favouriteDecade([])).toBe(1980);
    expect(favouriteDecade([film(1, 'War', null)])).toBe(1980);
    expect(favouriteDecade([film(1, 'War', 1999), film(2, 'War', 1971), film(3, 'War', 1990)])).toBe(1990);
    expect(favouriteDecade([film(1, 'War', 2001), film(2, 'War', 1971)])).toBe(1970);
  });

  it('repeat nothing of those above, and nothing that is behind the audience', () => {
    const items = Array.from({ length: 30 }, (_, movieId) => ({ movie: { movieId } }) as unknown as FilmItem);
    const isGone = ({ movie }: FilmItem) => movie.movieId < 3;
    const left = distinctFilms(items, new Set([3, 5]), isGone).map(({ movie }) => movie.movieId);
    expect(left.slice(0, 3)).toEqual([4, 6, 7]);
    expect(left).toHaveLength(20);
    expect(distinctFilms(items.slice(0, 6), new Set(), isGone)).toEqual([]);
    expect(distinctFilms(items.slice(0, 7), new Set(), isGone)).toHaveLength(4);
  });
});

describe('moods', () => {
  it('ask for genres that the data set has, and for no others', () => {
    expect(moodFilter('any', ['Comedy'])).toBeNull();
    expect(moodFilter('light', ['Comedy', 'War'])).toEqual({ genres: ['Comedy'], excludeGenres: ['War'] });
    expect(moodFilter('family', ['Drama'])).toBeNull();
    expect(moodFilter('classic', [])).toEqual({ yearTo: 1979 });
    expect(moodsFor([])).toEqual(['any', 'classic']);
  });
});

describe('chance', () => {
  const draw = (chance: number) =>
    drawByWeight(['a', 'b', 'c'], (one) => ({ a: 1, b: 0, c: 3 })[one] ?? 0, chance);

  it('draws in proportion to the weights', () => {
    expect([0, 0.24, 0.26, 0.999].map(draw)).toEqual(['a', 'a', 'c', 'c']);
  });

  it('draws evenly where nothing weighs, and nothing out of nothing', () => {
    expect(drawByWeight(['a', 'b'], () => 0, 0.6)).toBe('b');
    expect(drawByWeight([], () => 1, 0.5)).toBeUndefined();
  });
});
