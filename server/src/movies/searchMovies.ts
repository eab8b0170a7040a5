import type { Movie } from '@pocketrocket/schema';
import { checkFirst, refuse } from '../arguments/checks.ts';
import { MAX_QUERY_LENGTH, wordsOfQuery } from '../catalogue/searchTerms.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { withMovies } from '../loaders/withMovies.ts';
import type { RequestScope } from '../loaders/requestScope.ts';

/** The longest title of a film has about as many. */
const MAX_WORDS = 25;

/** The movies whose titles a query means, best first. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function searchMovies(
  deps: { catalogue: CatalogueSource },
  scope: RequestScope,
  { query, first }: { query: string; first: number },
): Promise<Movie[]> {
  checkFirst(first);
  if (query.length > MAX_QUERY_LENGTH)
    refuse(`query may have ${MAX_QUERY_LENGTH} characters; it has ${query.length}`);
  const words = wordsOfQuery(query).length;
  if (words > MAX_WORDS) refuse(`query may have ${MAX_WORDS} words; it has ${words}`);
  const movieIds = deps.catalogue.current().search.find(query, first);
  const found = await withMovies(scope, movieIds, (movieId) => movieId);
  return found.map(({ movie }) => movie);
}
