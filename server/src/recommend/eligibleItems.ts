import type { LoadedModel } from '../model/modelProvider.ts';
import type { Catalogue, CatalogueMovie } from '../services/catalogue.ts';
import { movieMatcher, type ResolvedFilter } from '../services/movieFilter.ts';

/**
 * Which of a model's items may be proposed: those in the catalogue that pass the filter and are not among the seen.
 * @returns [numItems], 1 where eligible
 */
export function eligibleItems(
  model: LoadedModel,
  catalogue: Catalogue,
  filter: ResolvedFilter,
  seenMovieIds: Iterable<number>,
): Uint8Array {
  const matches = movieMatcher(filter);
  const eligible = Uint8Array.from(moviesOfItems(model, catalogue), (movie) =>
    movie && matches(movie) ? 1 : 0,
  );
  for (const movieId of seenMovieIds) {
    const itemIndex = model.items.indexOf(movieId);
    if (itemIndex >= 0) eligible[itemIndex] = 0;
  }
  return eligible;
}

type MoviesOfItems = readonly (CatalogueMovie | undefined)[];

const aligned = new WeakMap<LoadedModel, { catalogue: Catalogue; movies: MoviesOfItems }>();

/** The catalogue's movie of each item; looked up once per model and catalogue, since every request needs all of them. */
function moviesOfItems(model: LoadedModel, catalogue: Catalogue): MoviesOfItems {
  const known = aligned.get(model);
  if (known?.catalogue === catalogue) return known.movies;
  const movies = Array.from(model.items.ids, (movieId) => catalogue.movie(movieId));
  aligned.set(model, { catalogue, movies });
  return movies;
}
