import type { LoadedModel } from '@pocketrocket/model';
import type { Catalogue, CatalogueMovie } from './catalogue.ts';
import { isUnfiltered, movieMatcher } from './filterConditions.ts';
import type { ResolvedFilter } from './movieFilter.ts';

/**
 * The items of a model that may be proposed: those in the catalogue that pass the filter and are not among the seen.
 * @param seenItems rows
 * @returns [numItems], 1 where eligible
 */
export function eligibleItems(
  model: LoadedModel,
  catalogue: Catalogue,
  filter: ResolvedFilter,
  seenItems: ArrayLike<number>,
): Uint8Array {
  const eligible = isUnfiltered(filter)
    ? alignedTo(model, catalogue).inCatalogue.slice()
    : matching(alignedTo(model, catalogue).movies, filter);
  for (let place = 0; place < seenItems.length; place++) eligible[seenItems[place] ?? -1] = 0;
  return eligible;
}

type MoviesOfItems = readonly (CatalogueMovie | undefined)[];

function matching(movies: MoviesOfItems, filter: ResolvedFilter): Uint8Array {
  const matches = movieMatcher(filter);
  const eligible = new Uint8Array(movies.length);
  movies.forEach((movie, itemIndex) => {
    if (movie && matches(movie)) eligible[itemIndex] = 1;
  });
  return eligible;
}

interface AlignedCatalogue {
  catalogue: Catalogue;
  /** The catalogue's movie of each item. */
  movies: MoviesOfItems;
  /** 1 where there is one. */
  inCatalogue: Uint8Array;
}

const aligned = new WeakMap<LoadedModel, AlignedCatalogue>();

/** Looked up once per model and catalogue, since every request needs all of it. */
function alignedTo(model: LoadedModel, catalogue: Catalogue): AlignedCatalogue {
  const known = aligned.get(model);
  if (known?.catalogue === catalogue) return known;
  const movies = Array.from(model.items.ids, (movieId) => catalogue.movie(movieId));
  const inCatalogue = Uint8Array.from(movies, (movie) => (movie ? 1 : 0));
  const made = { catalogue, movies, inCatalogue };
  aligned.set(model, made);
  return made;
}
