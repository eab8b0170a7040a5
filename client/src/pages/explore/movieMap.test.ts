import { describe, expect, it } from '@jest/globals';
import { mapOf, neighboursOf, withPage, type MapNode } from './movieMap.ts';
import { chooseLabels, isInView, onMap, onScreen, project } from './view.ts';

const node = (movieId: number, x: number, y: number, ratingCount = movieId, genres = ['Drama']): MapNode => ({
  x,
  y,
  movie: {
    movieId,
    title: `Film ${movieId}`,
    releaseYear: 2000,
    ratingCount,
    genres: genres.map((name) => ({ name })),
  },
});
const EMPTY = mapOf([], 0);
const grid = Array.from({ length: 400 }, (_, index) => node(index, index % 20, Math.floor(index / 20)));

describe('the map of films', () => {
  it('has the most rated first, over all pages', () => {
    const map = withPage(withPage(EMPTY, grid.slice(0, 200), 400), grid.slice(200), 400);
    expect(map.films).toHaveLength(400);
    expect(map.films[0]?.movieId).toBe(399);
    expect(map.byId.get(7)?.title).toBe('Film 7');
  });

  it('finds the nearest films, as looking at all of them does', () => {
    const map = withPage(EMPTY, grid, 400);
    for (const movieId of [0, 19, 210, 399]) {
      const film = map.byId.get(movieId);
      if (!film) throw new Error('the film is on the map');
      const byHand = map.films
        .filter((one) => one !== film)
        .toSorted(
          (one, other) =>
            Math.hypot(one.x - film.x, one.y - film.y) - Math.hypot(other.x - film.x, other.y - film.y) ||
            one.movieId - other.movieId,
        )
        .slice(0, 8);
      expect(neighboursOf(map, film, 8)).toEqual(byHand);
    }
  });

  it('ends where there are fewer films than neighbours wanted, and where all lie in one place', () => {
    const map = withPage(EMPTY, [node(1, 3, 3), node(2, 3, 3)], 2);
    const [film] = map.films;
    if (!film) throw new Error('the film is on the map');
    expect(neighboursOf(map, film, 8).map(({ movieId }) => movieId)).toEqual([1]);
  });

  it('colours a film by the rarest of its frequent genres; grey without one', () => {
    const nodes = [
      ...Array.from({ length: 5 }, (_, index) => node(index, 0, 0, 1, ['Drama'])),
      ...Array.from({ length: 3 }, (_, index) => node(10 + index, 0, 0, 1, ['Horror', 'Drama'])),
      node(20, 0, 0, 1, []),
    ];
    const map = withPage(EMPTY, nodes, nodes.length);
    expect(map.genres).toEqual(['Drama', 'Horror']);
    expect([0, 10, 20].map((id) => map.genreOf.get(id))).toEqual([0, 1, 2]);
  });

  it('shows nearly all films at first: a few far ones do not squeeze the others', () => {
    const far = [...grid, node(1000, 5_000, 5_000)];
    expect(withPage(EMPTY, far, far.length).extent.maxX).toBeLessThan(30);
  });
});

describe('the view of the map', () => {
  const size = { width: 800, height: 600 };
  const map = withPage(EMPTY, grid, 400);

  it('fits the map at first, with larger y upwards, and leads back from the screen', () => {
    const projection = project(map.extent, size, { k: 1, x: 0, y: 0 });
    expect(map.films.every((film) => isInView(film, projection, size))).toBe(true);
    expect(onScreen({ x: 0, y: 19 }, projection)[1]).toBeLessThan(onScreen({ x: 0, y: 0 }, projection)[1]);
    const [x, y] = onMap(onScreen({ x: 3.5, y: 7.25 }, projection), projection);
    expect([x, y]).toEqual([expect.closeTo(3.5, 9), expect.closeTo(7.25, 9)]);
  });

  it('names films whose labels stand clear of each other, more with each step closer', () => {
    const named = (k: number) =>
      chooseLabels(map.films, project(map.extent, size, { k, x: 0, y: 0 }), { size, zoom: k, most: 30 });
    const labels = named(1);
    expect(labels[0]?.film.movieId).toBe(
      map.films.find((film) => labels.some((one) => one.film === film))?.movieId,
    );
    for (const one of labels)
      for (const other of labels)
        if (one !== other)
          expect(Math.abs(one.top - other.top) >= 20 || Math.abs(one.left - other.left) > 40).toBe(true);
    expect(labels.length).toBeLessThanOrEqual(30);
  });
});
