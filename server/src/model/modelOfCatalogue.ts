import { withNewMovies, type LoadedModel, type MovieContent } from '@pocketrocket/model';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { MovieTable } from '../catalogue/movieTable.ts';
import type { ModelState } from './modelWatcher.ts';

/**
 * The model of the moment if it is one of this catalogue's data set, with the catalogue's movies that it was not trained on
 * behind its own; while another data set is read in, there is none.
 */
export function modelOfCatalogue(catalogue: Catalogue, state: ModelState): ModelState {
  const { model, problem } = state;
  if (!model) return state;
  if (model.manifest.dataset.identity !== catalogue.dataset?.identity) {
    return { model: null, problem: 'the model was trained on another data set' };
  }
  return { model: extendedBy(catalogue, model), problem };
}

const extended = new WeakMap<LoadedModel, { catalogue: Catalogue; model: LoadedModel }>();

/** Models that have all movies of their data set. */
const whole = new WeakSet<LoadedModel>();

/** Notes that a model has the new movies of its data set, so that they need not be looked for. */
export function noteWhole(model: LoadedModel): void {
  whole.add(model);
}

/** Made once per model and catalogue. */
function extendedBy(catalogue: Catalogue, model: LoadedModel): LoadedModel {
  if (whole.has(model)) return model;
  const known = extended.get(model);
  if (known?.catalogue === catalogue) return known.model;
  const made = withNewMovies(model, contentsOf(catalogue.movies));
  extended.set(model, { catalogue, model: made });
  return made;
}

/** The facts of all movies by which those that a model does not know are placed in it. */
export function contentsOf(movies: MovieTable): MovieContent[] {
  return Array.from(movies.movieIds, (movieId, place) => ({
    movieId,
    title: movies.title(place),
    releaseYear: movies.releaseYear(place),
    genres: Array.from(movies.genreIds(place), String),
  }));
}
