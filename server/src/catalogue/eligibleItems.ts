import type { LoadedModel } from '@pocketrocket/model';
import type { Catalogue } from './catalogue.ts';
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
  const { places, inCatalogue } = alignedTo(model, catalogue);
  const eligible = isUnfiltered(filter) ? inCatalogue.slice() : matching(catalogue, places, filter);
  for (let place = 0; place < seenItems.length; place++) eligible[seenItems[place] ?? -1] = 0;
  return eligible;
}

function matching({ movies }: Catalogue, places: Int32Array, filter: ResolvedFilter): Uint8Array {
  const matches = movieMatcher(filter, movies);
  const eligible = new Uint8Array(places.length);
  places.forEach((place, itemIndex) => {
    if (place >= 0 && matches(place)) eligible[itemIndex] = 1;
  });
  return eligible;
}

interface AlignedCatalogue {
  catalogue: Catalogue;
  /** The place of each item's movie; −1 where the catalogue has none. */
  places: Int32Array;
  /** 1 where there is one. */
  inCatalogue: Uint8Array;
}

const aligned = new WeakMap<LoadedModel, AlignedCatalogue>();

/** Looked up once per model and catalogue, since every request needs all of it. */
function alignedTo(model: LoadedModel, catalogue: Catalogue): AlignedCatalogue {
  const known = aligned.get(model);
  if (known?.catalogue === catalogue) return known;
  const places = new Int32Array(model.items.size);
  const inCatalogue = new Uint8Array(model.items.size);
  model.items.ids.forEach((movieId, itemIndex) => {
    const place = catalogue.movies.placeOf(movieId);
    places[itemIndex] = place;
    inCatalogue[itemIndex] = place < 0 ? 0 : 1;
  });
  const made = { catalogue, places, inCatalogue };
  aligned.set(model, made);
  return made;
}
