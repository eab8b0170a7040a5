import { similarItems } from '@pocketrocket/engine';
import { SimilarMovie, type MovieFilter } from '@pocketrocket/schema';
import type { ApiDeps } from '../deps.ts';
import type { LoadedModel } from '../model/modelProvider.ts';
import { eligibleItems } from '../recommend/eligibleItems.ts';
import { checkFirst } from './arguments.ts';
import type { Catalogue } from './catalogue.ts';
import { hydrate } from './hydrate.ts';
import { modelFor } from './modelFor.ts';
import { movieMatcher, resolveFilter, type ResolvedFilter } from './movieFilter.ts';
import type { RequestScope } from './requestScope.ts';
import { alikeness } from './alikeness.ts';

interface Similar {
  movieId: number;
  similarity: number;
}

/**
 * The movies that resemble one, closest first: by the model's vectors, or by genres and era where no model knows the movie.
 * @throws AppError BAD_USER_INPUT for arguments out of range
 */
export async function findSimilarMovies(
  deps: Pick<ApiDeps, 'models' | 'catalogue'>,
  scope: RequestScope,
  { movieId, first, filter }: { movieId: number; first: number; filter: MovieFilter | null | undefined },
): Promise<SimilarMovie[]> {
  checkFirst(first);
  const catalogue = deps.catalogue.current();
  const resolved = resolveFilter(filter, catalogue);
  const { model } = modelFor(catalogue, deps.models.state());
  const similar =
    model && model.items.indexOf(movieId) >= 0
      ? similarByModel(model, catalogue, movieId, first, resolved)
      : similarByKind(catalogue, movieId, first, resolved);
  const hydrated = await hydrate(scope, similar, (each) => each.movieId);
  return hydrated.map(({ of: { similarity }, movie }) =>
    Object.assign(new SimilarMovie(), { movie, similarity }),
  );
}

function similarByModel(
  model: LoadedModel,
  catalogue: Catalogue,
  movieId: number,
  first: number,
  filter: ResolvedFilter,
): Similar[] {
  const eligible = eligibleItems(model, catalogue, filter, [movieId]);
  const { items, scores } = similarItems(model.recommender, model.items.indexOf(movieId), first, eligible);
  return Array.from(items, (itemIndex, place) => ({
    movieId: model.items.externalId(itemIndex),
    similarity: scores[place] ?? 0,
  }));
}

function similarByKind(
  catalogue: Catalogue,
  movieId: number,
  first: number,
  filter: ResolvedFilter,
): Similar[] {
  const movie = catalogue.movie(movieId);
  if (!movie) return [];
  const matches = movieMatcher(filter);
  return catalogue.movies
    .filter((other) => other !== movie && matches(other))
    .map((other) => ({
      movieId: other.movieId,
      similarity: alikeness(movie, other) * catalogue.popularity(other),
    }))
    .filter(({ similarity }) => similarity > 0)
    .sort((a, b) => b.similarity - a.similarity || a.movieId - b.movieId)
    .slice(0, first);
}
