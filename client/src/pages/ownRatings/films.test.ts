import { describe, expect, it } from '@jest/globals';
import type { PersonalRow } from '@pocketrocket/formats';
import { ratingsToImport, rowsToMatch, type OwnFilm } from './films.ts';

const row = (title: string, more: Partial<PersonalRow> = {}): PersonalRow => ({
  ...{ kind: 'rating', title, year: 2010, imdbId: null, tmdbId: null, halfStars: 7, watchedAtSeconds: null },
  ...more,
});
const heart = (title: string) => row(title, { kind: 'like', halfStars: null });
const film = (own: PersonalRow, movieId: number | null): OwnFilm => ({
  row: own,
  movie: movieId === null ? null : { movieId, title: String(own.title), releaseYear: 2010 },
  candidates: [],
});

describe('ratings from elsewhere', () => {
  it('are looked for, and hearts of films that are not rated; nothing else', () => {
    const rows = [
      row('A'),
      heart('A'),
      heart('B'),
      row('C', { kind: 'watched' }),
      row('D', { kind: 'watchlist' }),
    ];
    expect(rowsToMatch(rows).map(({ kind, title }) => [kind, title])).toEqual([
      ['rating', 'A'],
      ['like', 'B'],
    ]);
  });

  it('are imported oldest first, each movie once: the later rating, a rating before a heart', () => {
    const films = [
      film(row('A', { watchedAtSeconds: 300, halfStars: 9 }), 1),
      film(row('A again', { watchedAtSeconds: 100, halfStars: 2 }), 1),
      film(row('B', { watchedAtSeconds: 200 }), 2),
      film(heart('B too'), 2),
      film(heart('C'), 3),
      film(row('unknown'), null),
    ];
    expect(ratingsToImport(films, false)).toEqual([
      { movieId: 2, rating: 3.5, ratedAtSeconds: 200 },
      { movieId: 1, rating: 4.5, ratedAtSeconds: 300 },
    ]);
    expect(ratingsToImport(films, true)[0]).toEqual({ movieId: 3, rating: 5, ratedAtSeconds: null });
  });
});
