import type { CatalogueMovie } from './catalogue.ts';

/** Years after which two films are of different eras: their similarity has fallen to 1/e. */
const ERA_YEARS = 15;

/**
 * Similarity of two movies by what is known without any rating, 0 to 1: the share of their genres that they have in common
 * (Jaccard) times how near their years are, exp(−|Δyear| / 15). Unknown years count as an era apart.
 */
export function contentSimilarity(a: CatalogueMovie, b: CatalogueMovie): number {
  let common = 0;
  for (const genreId of a.genreIds) if (b.genreIds.includes(genreId)) common++;
  if (common === 0) return 0;
  const years =
    a.releaseYear === null || b.releaseYear === null ? ERA_YEARS : Math.abs(a.releaseYear - b.releaseYear);
  return (common / (a.genreIds.length + b.genreIds.length - common)) * Math.exp(-years / ERA_YEARS);
}
