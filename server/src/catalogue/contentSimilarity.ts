import type { MovieTable } from './movieTable.ts';

/** Years after which two films are of different eras: their similarity has fallen to 1/e. */
const ERA_YEARS = 15;

/**
 * Similarity of movies to one, all by place, by what is known without any rating, 0 to 1: the share of their genres that they have in
 * common (Jaccard) times how near their years are, exp(−|Δyear| / 15). Unknown years count as an era apart.
 */
export function contentSimilarity(movies: MovieTable, to: number): (place: number) => number {
  const genres = new Set(movies.genreIds(to));
  const year = movies.releaseYear(to);
  return (place) => {
    const common = movies.numGenresOf(place, genres);
    if (common === 0) return 0;
    const other = movies.releaseYear(place);
    const years = year === null || other === null ? ERA_YEARS : Math.abs(year - other);
    return (common / (genres.size + movies.numGenres(place) - common)) * Math.exp(-years / ERA_YEARS);
  };
}
