import { describe, expect, it } from '@jest/globals';
import { decadeOf, filterParams, filtersOf, NO_FILTERS, toMovieFilter, type Filters } from './filters.ts';

const read = (address: string) => filtersOf(new URLSearchParams(address));

describe('filters in an address', () => {
  it('are read as they were written', () => {
    const filters: Filters = {
      genres: ['Drama', 'Sci-Fi'],
      withoutGenres: false,
      yearFrom: 1990,
      yearTo: 1999,
      leastRating: 3.5,
      leastVotes: 50,
    };
    const params = Object.entries(filterParams(filters)).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    );
    expect(filtersOf(new URLSearchParams(params))).toEqual(filters);
    expect(toMovieFilter(filters)).toEqual({
      genres: ['Drama', 'Sci-Fi'],
      yearFrom: 1990,
      yearTo: 1999,
      minAverageRating: 3.5,
      minRatingCount: 50,
    });
  });

  it('are none where nothing stands, or nothing that makes sense', () => {
    expect(read('')).toEqual(NO_FILTERS);
    expect(read('genre=,&from=soon&rating=&votes=0&to=x')).toEqual(NO_FILTERS);
    expect(toMovieFilter(NO_FILTERS)).toBeNull();
    expect(Object.values(filterParams(NO_FILTERS)).every((value) => value === null)).toBe(true);
  });

  it('are held within limits, and years in their order', () => {
    expect(read('from=2010&to=1990')).toMatchObject({ yearFrom: 1990, yearTo: 2010 });
    expect(read('from=-5&rating=99')).toMatchObject({ yearFrom: 1880, leastRating: 5 });
  });

  it('tell films of no genre from those of some', () => {
    expect(toMovieFilter(read('genre=none'))).toEqual({ withoutGenres: true });
    expect(read('genre=none,Drama')).toMatchObject({ genres: ['Drama'], withoutGenres: false });
  });

  it('tell a decade from other years', () => {
    expect(decadeOf(read('from=1990&to=1999'))).toBe(1990);
    for (const other of ['from=1991&to=2000', 'from=1990', 'to=1999', ''])
      expect(decadeOf(read(other))).toBeNull();
  });
});
