import type { Progress } from '@pocketrocket/runtime';
import type { MovieIndex } from '../ratings/movieIndex.ts';
import {
  appendRating,
  BLOCK_LENGTH,
  sourceBlock,
  type SourceBlock,
  type RawRating,
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
  const hasMovie = (movieId: number) => movies.indexOf(movieId) >= 0;
  for await (const part of table.blocks?.(onBytes) ?? table.rows(onBytes)) {
    if ('lines' in part) {
      dropUnknownMovies(part, movies, table.file, skipped);
      if (part.length > 0) yield part;
      continue;
    }
    for (const row of part) {
      const problem = appendRating(row, checked, hasMovie);
      if (problem) skipped.add(problem.kind, table.file, row.line, problem.value);
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
