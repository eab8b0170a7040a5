import { similarItems } from '@pocketrocket/engine';
import type { LoadedModel } from '@pocketrocket/model';
import { SimilarMovie, type MovieFilter } from '@pocketrocket/schema';
import { checkFirst } from '../arguments/checks.ts';
import { BestPlaces } from '../catalogue/bestPlaces.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { contentSimilarity } from '../catalogue/contentSimilarity.ts';
import { eligibleItems } from '../catalogue/eligibleItems.ts';
import { movieMatcher } from '../catalogue/filterConditions.ts';
import { resolveFilter, type ResolvedFilter } from '../catalogue/movieFilter.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { withMovies } from '../loaders/withMovies.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';

/** Number of the model's similar movies that are reranked by genres and era. */
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
  deps: { models: ModelProvider; catalogue: CatalogueSource },
  scope: RequestScope,
  { movieId, first, filter }: { movieId: number; first: number; filter: MovieFilter | null | undefined },
): Promise<SimilarMovie[]> {
  checkFirst(first);
  const catalogue = deps.catalogue.current();
  const resolved = resolveFilter(filter, catalogue);
  const { model } = modelOfCatalogue(catalogue, deps.models.state());
  const itemIndex = model?.items.indexOf(movieId) ?? -1;
  const similar =
    model && itemIndex >= 0
      ? similarByModel(model, catalogue, itemIndex, first, resolved)
      : similarByKind(catalogue, movieId, first, resolved);
  const hydrated = await withMovies(scope, similar, (each) => each.movieId);
  return hydrated.map(({ of: { similarity }, movie }) =>
    Object.assign(new SimilarMovie(), { movie, similarity }),
  );
}

function similarByModel(
  model: LoadedModel,
  catalogue: Catalogue,
  itemIndex: number,
  first: number,
  filter: ResolvedFilter,
): Similar[] {
  const eligible = eligibleItems(model, catalogue, filter, [itemIndex]);
  const { items, scores } = similarItems(model.recommender, itemIndex, Math.max(first, RERANKED), eligible);
  const { movies } = catalogue;
  const place = movies.placeOf(model.items.externalId(itemIndex));
  const kindOf = place < 0 ? () => 0 : contentSimilarity(movies, place);
  return Array.from(items, (otherIndex, rank) => {
    const movieId = model.items.externalId(otherIndex);
    const other = movies.placeOf(movieId);
    const kind = other < 0 ? 0 : kindOf(other);
    // People watch across genres; what they watch together and is of one kind comes first.
    return { movieId, similarity: (scores[rank] ?? 0) * (0.5 + 0.5 * kind) };
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
  const { movies } = catalogue;
  const place = movies.placeOf(movieId);
  if (place < 0) return [];
  const matches = movieMatcher(filter, movies);
  const kindOf = contentSimilarity(movies, place);
  const popularity = catalogue.popularity();
  const best = new BestPlaces(first);
  for (let other = 0; other < movies.length; other++) {
    const kind = other === place ? 0 : kindOf(other);
    const similarity = kind > 0 ? kind * popularity(other) : 0;
    if (similarity > 0 && matches(other)) best.offer(other, similarity);
  }
  return best.sorted().map((one): Similar => ({ movieId: movies.movieId(one.place), similarity: one.score }));
}
