import { describe, expect, it } from '@jest/globals';
import { placeMovies } from './placements.ts';

const movie = (movieId: number, title: string) => ({ movieId, title, releaseYear: 1999, genres: ['1'] });
const known = {
  identity: 'one',
  contents: ['Alien', 'Aliens', 'Notting Hill'].map((title, place) => movie(place, title)),
  counts: [50, 40, 30],
};
const added = [movie(10, 'Alien Three'), movie(11, 'Hill Street'), { ...movie(12, 'Xyz'), genres: [] }];

describe('places of new movies', () => {
  const first = placeMovies(known, added, null);

  it('are found for all at first, and kept where nothing has changed', () => {
    expect(first.numPlaced).toBe(3);
    expect(placeMovies(known, added, first.placements)).toEqual({ ...first, numPlaced: 0 });
    // The last one resembles nothing.
    expect(first.placements.offsets[3]).toBe(first.placements.offsets[2]);
  });

  it('are found anew for changed movies alone', () => {
    const changed = [added[0], movie(11, 'Notting Street'), added[2], movie(13, 'Alien Four')];
    const again = placeMovies(
      known,
      changed.filter((one) => one !== undefined),
      first.placements,
    );
    expect(again.numPlaced).toBe(2);
    expect(again).toEqual({
      ...placeMovies(
        known,
        changed.filter((one) => one !== undefined),
        null,
      ),
      numPlaced: 2,
    });
  });

  it('are all found anew among other known movies', () => {
    for (const other of [
      { ...known, identity: 'two' },
      { ...known, counts: [50, 40, 31] },
      { ...known, contents: [...known.contents].reverse() },
    ])
      expect(placeMovies(other, added, first.placements).numPlaced).toBe(3);
  });
});
