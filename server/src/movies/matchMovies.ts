import type { MatchCandidate, MatchedBy as MatchedKey, MovieMatch as Match } from '@pocketrocket/formats';
import type { MovieMatch } from '@pocketrocket/schema';
import { MatchedBy, type Movie, type MovieRowInput } from '@pocketrocket/schema';
import { checkEntries, refuse } from '../arguments/checks.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import type { Turns } from '../timing/turns.ts';
import { checkImdbId } from './findMovie.ts';

/** Longer ones are no titles. */
const MAX_TITLE_LENGTH = 500;

const MATCHED_BY: Readonly<Record<MatchedKey, MatchedBy>> = {
  imdbId: MatchedBy.IMDB_ID,
  tmdbId: MatchedBy.TMDB_ID,
  title: MatchedBy.TITLE,
};

/**
 * The movies that rows of an export mean, one answer a row in their order: by IMDb id, by TMDB id, else by title and year.
 * @throws AppError BAD_USER_INPUT for more than 500 rows, and for rows without title and id
 */
export async function matchMovies(
  deps: { catalogue: CatalogueSource; turns: Turns },
  scope: RequestScope,
  rows: readonly MovieRowInput[],
): Promise<MovieMatch[]> {
  checkEntries(rows, 'rows');
  const matcher = await deps.catalogue.matcher();
  const matches: Match[] = [];
  for (const [place, row] of rows.entries()) {
    matches.push(matcher.match(wantedOf(row, place)));
    await deps.turns.yieldIfLong();
  }
  return Promise.all(matches.map((match) => toAnswer(scope, match)));
}

function wantedOf({ title, year, imdbId, tmdbId }: MovieRowInput, place: number) {
  if (!title && !imdbId && !tmdbId) refuse(`row ${place + 1} has neither a title nor an id`);
  if ((title?.length ?? 0) > MAX_TITLE_LENGTH)
    refuse(`the title of row ${place + 1} is longer than ${MAX_TITLE_LENGTH} characters`);
  return {
    title: title ?? null,
    year: year ?? null,
    imdbId: imdbId ? checkImdbId(imdbId, place) : null,
    tmdbId: tmdbId ?? null,
  };
}

async function toAnswer(scope: RequestScope, match: Match): Promise<MovieMatch> {
  const movie = match.movieId === null ? null : await scope.movieForAnswer(match.movieId);
  const candidates = await Promise.all(match.candidates.map((one) => toCandidate(scope, one)));
  return {
    movie,
    matchedBy: movie && match.by && MATCHED_BY[match.by],
    score: match.score,
    candidates: candidates.filter((one) => one !== null),
  };
}

async function toCandidate(
  scope: RequestScope,
  { movieId, score }: MatchCandidate,
): Promise<{ movie: Movie; score: number } | null> {
  const movie = await scope.movieForAnswer(movieId);
  return movie && { movie, score };
}
