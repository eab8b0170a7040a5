import { similarItems } from '@pocketrocket/engine';
import { SimilarMovie, type MovieFilter } from '@pocketrocket/schema';
import type { ApiDeps } from '../deps.ts';
import type { LoadedModel } from '@pocketrocket/model';
import { eligibleItems } from '../recommend/eligibleItems.ts';
import { checkFirst } from './arguments.ts';
import type { Catalogue } from './catalogue.ts';
import { hydrate } from './hydrate.ts';
import { modelFor } from './modelFor.ts';
import { movieMatcher, resolveFilter, type ResolvedFilter } from './movieFilter.ts';
import type { RequestScope } from './requestScope.ts';
import { alikeness } from './alikeness.ts';

/** How many of the model's similar movies are put into order by kind. */
const RERANKED = 200;

interface Similar {
  movieId: number;
  similarity: number;
}

/**
 * The movies that resemble one, closest first: by what the same people watch, those of one kind before others; or by
 * genres and era alone where no model knows the movie.
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
  const itemIndex = model.items.indexOf(movieId);
  const { items, scores } = similarItems(model.recommender, itemIndex, Math.max(first, RERANKED), eligible);
  const movie = catalogue.movie(movieId);
  return Array.from(items, (otherIndex, place) => {
    const other = catalogue.movie(model.items.externalId(otherIndex));
    const kind = movie && other ? alikeness(movie, other) : 0;
    // People watch across genres; what they watch together and is of one kind comes first.
    return {
      movieId: model.items.externalId(otherIndex),
      similarity: (scores[place] ?? 0) * (0.5 + 0.5 * kind),
    };
  })
    .sort((a, b) => b.similarity - a.similarity || a.movieId - b.movieId)
    .slice(0, first);
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
