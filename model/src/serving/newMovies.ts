import { mixFromContent, withNewItems, type ItemContent } from '@pocketrocket/engine';
import type { LoadedModel } from './loadedModel.ts';
import { interactionCounts } from './mathematics.ts';

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
  const { items, recommender, manifest } = model;
  const added = movies.filter(({ movieId }) => items.indexOf(movieId) < 0);
  if (added.length === 0) return model;
  const byId = new Map(movies.map((movie) => [movie.movieId, movie]));
  const contents = Array.from(items.ids, (movieId): ItemContent => byId.get(movieId) ?? NO_CONTENT);
  const counts = interactionCounts(
    recommender.popularity,
    manifest.counts.interactions / manifest.counts.items,
  );
  const placed = mixFromContent(contents, counts, added).flatMap((mixture, index) => {
    const movie = added[index];
    return mixture && movie ? [{ mixture, movieId: movie.movieId }] : [];
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
