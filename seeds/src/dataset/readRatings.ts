import type { Progress } from '@pocketrocket/runtime';
import type { MovieIndex } from '../ratings/movieIndex.ts';
import {
  BLOCK_LENGTH,
  sourceBlock,
  UNKNOWN_TIME,
  type SourceBlock,
  parseHalfStars,
  parseInt32,
  type RawRating,
  type SourceRow,
  type SourceTable,
} from '@pocketrocket/formats';
import type { SkippedRows } from './skippedRows.ts';

/**
 * The ratings of a table that can be used, in the order of the file, repeated ones too; the others are counted. A block is valid until
 * the next is asked for.
 */
export async function* readRatings(
  table: SourceTable<RawRating>,
  movies: MovieIndex,
  skipped: SkippedRows,
  progress: Progress,
  stageName = 'reading ratings',
): AsyncGenerator<SourceBlock> {
  const stage = progress.stage(stageName, table.sizeBytes, 'B');
  const onBytes = (readBytes: number) => stage.update(readBytes);
  const checked = sourceBlock(BLOCK_LENGTH);
  for await (const part of table.blocks?.(onBytes) ?? table.rows(onBytes)) {
    if ('lines' in part) {
      dropUnknownMovies(part, movies, table.file, skipped);
      if (part.length > 0) yield part;
      continue;
    }
    for (const row of part) {
      check(row, movies, table.file, skipped, checked);
      if (checked.length < BLOCK_LENGTH) continue;
      yield checked;
      checked.length = 0;
    }
    if (checked.length > 0) yield checked;
    checked.length = 0;
  }
  stage.finish();
}

function dropUnknownMovies(block: SourceBlock, movies: MovieIndex, file: string, skipped: SkippedRows): void {
  const { userIds, movieIds, ratedAtSeconds, halfStars, lines } = block;
  let kept = 0;
  for (let index = 0; index < block.length; index++) {
    const movieId = movieIds[index] ?? 0;
    if (movies.indexOf(movieId) < 0) {
      skipped.add('unknownMovie', file, lines[index] ?? 0, String(movieId));
      continue;
    }
    if (kept < index) {
      userIds[kept] = userIds[index] ?? 0;
      movieIds[kept] = movieId;
      ratedAtSeconds[kept] = ratedAtSeconds[index] ?? 0;
      halfStars[kept] = halfStars[index] ?? 0;
      lines[kept] = lines[index] ?? 0;
    }
    kept++;
  }
  block.length = kept;
}

function check(
  { row, line }: SourceRow<RawRating>,
  movies: MovieIndex,
  file: string,
  skipped: SkippedRows,
  to: SourceBlock,
): void {
  if (!row) return skipped.add('columnCount', file, line);
  const userId = parseInt32(row.userId);
  if (userId === null) return skipped.add('badId', file, line, row.userId);
  const movieId = parseInt32(row.movieId);
  if (movieId === null) return skipped.add('badId', file, line, row.movieId);
  if (movies.indexOf(movieId) < 0) return skipped.add('unknownMovie', file, line, row.movieId);
  const halfStars = parseHalfStars(row.rating);
  if (halfStars === null) return skipped.add('ratingOffScale', file, line, row.rating);
  const ratedAtSeconds = row.timestamp === '' ? UNKNOWN_TIME : parseInt32(row.timestamp);
  if (ratedAtSeconds === null) return skipped.add('badTime', file, line, row.timestamp);
  const index = to.length++;
  to.userIds[index] = userId;
  to.movieIds[index] = movieId;
  to.ratedAtSeconds[index] = ratedAtSeconds;
  to.halfStars[index] = halfStars;
  to.lines[index] = line;
}
