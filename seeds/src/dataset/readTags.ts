import { AppError } from '@pocketrocket/runtime';
import { FormatError, parseId, type RawTag, type SourceTable } from '@pocketrocket/formats';
import type { MoviesById } from './readMovies.ts';
import { MovieTags } from './movieTags.ts';
import type { ReadOptions } from './reading.ts';

/** The content of a file of tags; tags make no data set, so that nothing in it stops an import. */
export interface ReadTags {
  tags: MovieTags;
  /** Rows without a tag, or of a movie that there is not. */
  numUnused: number;
  /** Why the file was not read to its end, in words; null where it was. */
  problem: string | null;
}

/** Counts the tags of movies that have their numbers. */
export async function readTags(
  table: SourceTable<RawTag>,
  movies: MoviesById,
  { progress }: Pick<ReadOptions, 'progress'>,
): Promise<ReadTags> {
  const read: ReadTags = { tags: new MovieTags(), numUnused: 0, problem: null };
  const stage = progress.stage('reading tags', table.sizeBytes, 'B');
  try {
    for await (const batch of table.rows((readBytes) => stage.update(readBytes))) {
      for (const { row } of batch) {
        const id = row && parseId(row.movieId);
        const movie = id === null ? undefined : movies.get(id);
        if (!row || !movie || !read.tags.add(movie.movieId, row.tag)) read.numUnused++;
      }
    }
  } catch (error) {
    if (!(error instanceof FormatError) && !(error instanceof AppError && error.code === 'BAD_DATA'))
      throw error;
    read.problem = error.message;
  }
  stage.finish();
  return read;
}
