import { readFile } from 'node:fs/promises';
import { toLoadedModel, type RatedMovie } from '@pocketrocket/model';
import { readArtifact } from '@pocketrocket/model/artifact';
import { z } from 'zod';
import { UserLists } from '../../lists/userLists.ts';
import { task } from '../task.ts';

const settings = z.object({
  /** As `MODEL_DIR` has it: a folder with the version. */
  modelDir: z.string(),
  version: z.number().int().positive(),
  /** JSON file with all movies. */
  catalogue: z.string(),
  /** Entries of a list, at most. */
  top: z.number().int().positive(),
});

const catalogueSchema = z.array(
  z.object({
    movieId: z.number(),
    title: z.string(),
    releaseYear: z.number().nullable(),
    genres: z.array(z.string()),
    ratingCount: z.number(),
    dismissedBy: z.array(z.number()).optional(),
  }),
);

/**
 * Makes the lists of the users whose histories come, with external ids of users and movies in place of rows: `offsets` [users + 1]
 * into `movieIds` and `scores`, best first.
 */
export const listsTask = task(settings, async ({ modelDir, version, catalogue, top }, { histories }) => {
  const model = toLoadedModel(await readArtifact(modelDir, version));
  const movies = catalogueSchema.parse(JSON.parse(await readFile(catalogue, 'utf8')));
  const lists = new UserLists(model, movies);
  const { userIndices: userIds, interactions } = histories;
  const { userOffsets, itemIndices, ratings, timestamps } = interactions;
  const offsets = new Int32Array(userIds.length + 1);
  const movieIds: number[] = [];
  const scores: number[] = [];
  for (const [place, userId] of userIds.entries()) {
    const [start = 0, end = 0] = userOffsets.subarray(place, place + 2);
    const rated = Array.from(itemIndices.subarray(start, end), (movieId, row): RatedMovie => ({
      movieId,
      rating: ratings[start + row] ?? 0,
      ratedAtSeconds: timestamps[start + row],
    }));
    for (const { movieId, score } of (await lists.listFor(userId, rated)).scores(0, top)) {
      movieIds.push(movieId);
      scores.push(score);
    }
    offsets[place + 1] = movieIds.length;
  }
  return {
    offsets: { shape: [offsets.length], data: offsets },
    movieIds: { shape: [movieIds.length], data: Int32Array.from(movieIds) },
    scores: { shape: [scores.length], data: Float32Array.from(scores) },
  };
});
