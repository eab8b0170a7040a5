import type { LoadedModel } from '@pocketrocket/model';
import type { Movie, MovieFilter } from '@pocketrocket/schema';
import { checkFirst } from '../arguments/checks.ts';
import { BestPlaces } from '../catalogue/bestPlaces.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { movieMatcher } from '../catalogue/filterConditions.ts';
import { resolveFilter } from '../catalogue/movieFilter.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { withMovies } from '../loaders/withMovies.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';

/**
 * The movies that most people watch at the end of what the model has seen; where none serves, or it knows no times, those with the most
 * ratings of all time.
 * @throws AppError BAD_USER_INPUT for arguments out of range
 */
export async function popularNow(
  deps: { models: ModelProvider; catalogue: CatalogueSource },
  scope: RequestScope,
  { first, filter }: { first: number; filter: MovieFilter | null | undefined },
): Promise<Movie[]> {
  checkFirst(first);
  const catalogue = deps.catalogue.current();
  const { movies } = catalogue;
  const matches = movieMatcher(resolveFilter(filter, catalogue), movies);
  const countOf = countsNow(modelOfCatalogue(catalogue, deps.models.state()).model, catalogue);
  const best = new BestPlaces(first);
  for (let place = 0; place < movies.length; place++) if (matches(place)) best.offer(place, countOf(place));
  const places = best.sorted();
  const hydrated = await withMovies(scope, places, ({ place }) => movies.movieId(place));
  return hydrated.map(({ movie }) => movie);
}

/** The smoothed number of ratings in the last bin of the trend, by place. */
function countsNow(model: LoadedModel | null, { movies }: Catalogue): (place: number) => number {
  const trend = model?.recommender.trend;
  // One bin holds all times: that is no trend.
  if (!model || !trend || trend.numBins < 2) return (place) => movies.ratingCount(place);
  const { counts, numBins, strides = { item: numBins, bin: 1 } } = trend;
  const last = (numBins - 1) * strides.bin;
  return (place) => {
    const itemIndex = model.items.indexOf(movies.movieId(place));
    return itemIndex < 0 ? 0 : (counts[itemIndex * strides.item + last] ?? 0);
  };
}
