import { placeholders } from '../database/batches.ts';
import type { SqlPart } from '../database/keyset.ts';
import type { ResolvedFilter } from './movieFilter.ts';

/** The condition on table `movie` that a movie passes a filter; `movieMatcher` says the same of a movie in memory. */
export function filterSql(filter: ResolvedFilter): SqlPart {
  const parts: SqlPart[] = [{ sql: '1 = 1', values: [] }];
  const hasGenre = (genreIds: readonly number[]) =>
    `EXISTS (SELECT 1 FROM movie_genre link
             WHERE link.movieId = movie.movieId AND link.genreId IN (${placeholders(genreIds)}))`;
  if (filter.genreIds.length > 0) parts.push({ sql: hasGenre(filter.genreIds), values: filter.genreIds });
  if (filter.excludeGenreIds.length > 0)
    parts.push({ sql: `NOT ${hasGenre(filter.excludeGenreIds)}`, values: filter.excludeGenreIds });
  if (filter.yearFrom !== null) parts.push({ sql: 'movie.releaseYear >= ?', values: [filter.yearFrom] });
  if (filter.yearTo !== null) parts.push({ sql: 'movie.releaseYear <= ?', values: [filter.yearTo] });
  if (filter.minRatingCount > 0)
    parts.push({ sql: 'movie.ratingCount >= ?', values: [filter.minRatingCount] });
  if (filter.excludeMovieIds.length > 0)
    parts.push({
      sql: `movie.movieId NOT IN (${placeholders(filter.excludeMovieIds)})`,
      values: filter.excludeMovieIds,
    });
  return {
    sql: parts.map(({ sql }) => sql).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  };
}
