import { MoviePacker, MovieTable, type CatalogueMovie } from '../catalogue/movieTable.ts';

/** Movies in memory, given ascending by movieId; without a title, year, genres and ratings unless given. */
export function tableOf(movies: readonly (Partial<CatalogueMovie> & { movieId: number })[]): MovieTable {
  const packer = new MoviePacker();
  for (const movie of movies)
    packer.add({ title: '', releaseYear: null, ratingCount: 0, halfStarSum: 0, genreIds: [], ...movie });
  // As another thread gets it.
  return new MovieTable(structuredClone(packer.packed()));
}
