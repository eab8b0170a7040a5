import { withNewItems, type ItemContent } from '@pocketrocket/engine';
import type { LoadedModel } from './loadedModel.ts';
import { interactionCounts } from './mathematics.ts';
import { mixtureAt, placeMovies, type Placements } from './placements.ts';

/** A movie by what is known of it without any rating. Genres in one and the same order for every movie. */
export interface MovieContent extends ItemContent {
  readonly movieId: number;
}

const NO_CONTENT: ItemContent = { title: '', releaseYear: null, genres: [] };

/**
 * The model with the movies that it was not trained on behind its own, each a mixture of those like it; the model itself where
 * there are none. Movies that resemble nothing are left out.
 * @param movies the whole catalogue
 */
export function withNewMovies(model: LoadedModel, movies: readonly MovieContent[]): LoadedModel {
  return withPlacedMovies(model, placeNewMovies(model, movies).placements);
}

/**
 * Finds the places of the movies that a model was not trained on.
 * @param movies the whole catalogue
 * @param before places found earlier, of which those that still hold are kept
 */
export function placeNewMovies(
  model: LoadedModel,
  movies: readonly MovieContent[],
  before: Placements | null = null,
): ReturnType<typeof placeMovies> {
  const { items, recommender, manifest, numTrainedItems } = model;
  const byId = new Map(movies.map((movie) => [movie.movieId, movie]));
  const trained = items.ids.subarray(0, numTrainedItems);
  const known = {
    identity: `${manifest.dataset.identity} ${manifest.version} ${manifest.createdAt}`,
    contents: Array.from(trained, (movieId): ItemContent => byId.get(movieId) ?? NO_CONTENT),
    counts: interactionCounts(recommender.popularity, manifest.counts.interactions / manifest.counts.items),
  };
  const added = movies.filter(({ movieId }) => items.indexOf(movieId) < 0);
  return placeMovies(known, added, before);
}

/** The model with movies behind its own at the places that were found for them; itself where there are none. */
export function withPlacedMovies(model: LoadedModel, placements: Placements): LoadedModel {
  const { items, recommender } = model;
  const placed = Array.from(placements.movieIds).flatMap((movieId, place) => {
    const mixture = mixtureAt(placements, place);
    return mixture ? [{ mixture, movieId }] : [];
  });
  if (placed.length === 0) return model;
  return {
    ...model,
    items: items.withAppended(placed.map(({ movieId }) => movieId)),
    recommender: withNewItems(
      recommender,
      placed.map(({ mixture }) => mixture),
    ),
  };
}
