import { mixFromContent, withNewItems, type ItemContent } from '@pocketrocket/engine';
import type { LoadedModel } from '@pocketrocket/model';
import type { ModelState } from '../model/modelProvider.ts';
import type { Catalogue, CatalogueMovie } from './catalogue.ts';

/**
 * The model of the moment if it is one of this catalogue's data set, with the catalogue's movies that it was not trained on
 * behind its own; while another data set is read in, there is none.
 */
export function modelFor(catalogue: Catalogue, state: ModelState): ModelState {
  const { model, problem } = state;
  if (!model) return state;
  if (model.manifest.dataset.identity !== catalogue.dataset?.identity) {
    return { model: null, problem: 'the model was trained on another data set' };
  }
  return { model: withNewMovies(model, catalogue), problem };
}

const extended = new WeakMap<LoadedModel, { catalogue: Catalogue; model: LoadedModel }>();

/** Made once per model and catalogue. */
function withNewMovies(model: LoadedModel, catalogue: Catalogue): LoadedModel {
  const known = extended.get(model);
  if (known?.catalogue === catalogue) return known.model;
  const { items, recommender } = model;
  const added = catalogue.movies.filter(({ movieId }) => items.indexOf(movieId) < 0);
  const contents = Array.from(items.ids, (movieId) => contentOf(catalogue.movie(movieId)));
  const mixtures = mixFromContent(contents, countsOf(model), added.map(contentOf));
  const placed = mixtures.flatMap((mixture, index) => {
    const movie = added[index];
    return mixture && movie ? [{ mixture, movieId: movie.movieId }] : [];
  });
  const withThem =
    placed.length === 0
      ? model
      : {
          ...model,
          items: items.withAppended(placed.map(({ movieId }) => movieId)),
          recommender: withNewItems(
            recommender,
            placed.map(({ mixture }) => mixture),
          ),
        };
  extended.set(model, { catalogue, model: withThem });
  return withThem;
}

function contentOf(movie: CatalogueMovie | undefined): ItemContent {
  return {
    title: movie?.title ?? '',
    releaseYear: movie?.releaseYear ?? null,
    genres: movie?.genreIds.map(String) ?? [],
  };
}

/** Interactions by item: damped popularity is n / (n + k) with k their mean. */
function countsOf({ manifest, recommender }: LoadedModel): Float32Array {
  const mean = manifest.counts.interactions / manifest.counts.items;
  return recommender.popularity.map((share) => (mean * share) / (1 - share));
}
