import { NO_YEAR } from '../catalogue/movieTable.ts';
import { indexTitles } from '../catalogue/indexTitles.ts';
import { TextPacker } from '../catalogue/packedTexts.ts';
import { TitleSearch } from '../catalogue/titleSearch.ts';

/** A movie as searches know it. */
export interface SearchableMovie {
  movieId: number;
  title: string;
  alternativeTitles: readonly string[];
  ratingCount: number;
  releaseYear?: number | null;
}

/** The search over movies, which are given ascending by movieId. */
export function searchOf(movies: readonly SearchableMovie[]): TitleSearch {
  const titles = new TextPacker();
  const alternativeTitles = new TextPacker();
  for (const movie of movies) {
    titles.add(movie.title);
    alternativeTitles.add(JSON.stringify(movie.alternativeTitles));
  }
  const index = indexTitles({
    titles: titles.packed(),
    alternativeTitles: alternativeTitles.packed(),
    ratingCounts: Int32Array.from(movies, ({ ratingCount }) => ratingCount),
  });
  // As another thread gets it.
  return new TitleSearch(structuredClone(index), {
    movieIds: Int32Array.from(movies, ({ movieId }) => movieId),
    releaseYears: Int32Array.from(movies, ({ releaseYear }) => releaseYear ?? NO_YEAR),
    ratingCount: (place) => movies[place]?.ratingCount ?? 0,
    title: (place) => movies[place]?.title ?? '',
  });
}
