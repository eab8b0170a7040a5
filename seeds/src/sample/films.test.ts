import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { checkFilms, REQUIRED_SHARE } from './checkFilms.ts';
import { readFilms } from './films.ts';

const films = readFilms();
const movielens = process.env['MOVIELENS_DIR'];

const GENRES =
  'Action Adventure Animation Children Comedy Crime Documentary Drama Fantasy Film-Noir Horror Musical Mystery Romance Sci-Fi Thriller War Western';

describe("the sample's films", () => {
  it('are more than a thousand, from 1920 to today, each once', () => {
    expect(films.length).toBeGreaterThan(1_000);
    expect(new Set(films.map(({ movieId }) => movieId)).size).toBe(films.length);
    expect(new Set(films.map(({ title, releaseYear }) => `${title}|${releaseYear}`)).size).toBe(films.length);
    const years = films.map(({ releaseYear }) => releaseYear);
    expect(Math.min(...years)).toBe(1920);
    expect(Math.max(...years)).toBe(2025);
  });

  it('cover every decade and every genre', () => {
    for (let decade = 1920; decade <= 2020; decade += 10)
      expect(
        films.filter(({ releaseYear }) => Math.floor(releaseYear / 10) * 10 === decade).length,
      ).toBeGreaterThan(15);
    for (const genre of GENRES.split(' '))
      expect(films.filter(({ genres }) => genres.includes(genre)).length).toBeGreaterThan(30);
  });

  it('have known genres, each once', () => {
    const known = new Set(GENRES.split(' '));
    for (const { title, genres } of films) {
      expect({ title, unknown: genres.filter((genre) => !known.has(genre)) }).toEqual({ title, unknown: [] });
      expect(new Set(genres).size).toBe(genres.length);
    }
  });

  it('have IMDb ids, each another one, as far as they were confirmed', () => {
    const ids = films.map(({ imdbId }) => imdbId).filter(Boolean);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(2_000);
    expect(films.find(({ title }) => title === 'Toy Story')?.imdbId).toBe('tt0114709');
  });

  (movielens ? it : it.skip)('match ml-latest-small by title, year and a genre', () => {
    const { share, wrongIds } = checkFilms(films, join(movielens ?? '', 'ml-latest-small'));
    expect(share).toBeGreaterThanOrEqual(REQUIRED_SHARE);
    expect(wrongIds).toEqual([]);
  });
});
