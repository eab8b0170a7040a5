import { meanRatingOf, MovieTallies } from '@pocketrocket/schema/database';
import type { Progress } from '@pocketrocket/runtime';
import type { RatingIds } from '@pocketrocket/formats';
import type { MovieIndex } from '../ratings/movieIndex.ts';
import type { SortedRatings } from '../ratings/sortedRatings.ts';
import type { Dataset, DatasetMovie } from './dataset.ts';
import { IdentityDigest } from './identity.ts';
import { TimeSpan, type KnownFacts } from './knownFacts.ts';
import { LowUsers } from './lowUsers.ts';

/** Movies and what finds them by their ids. */
export interface Catalogue {
  movies: readonly DatasetMovie[];
  movieIndex: MovieIndex;
  ids: RatingIds;
}

/** One pass over the ratings for everything that is said of them as a whole. */
export function summarise(
  ratings: SortedRatings,
  { movies, movieIndex, ids }: Catalogue,
  progress: Progress,
): Pick<Dataset, 'identity' | 'movieTallies' | 'numUsers' | 'meanRating'> &
  Pick<KnownFacts, 'ratingsWithTime' | 'ratedAtRange'> & { lowUsersNote: string | null } {
  const digest = new IdentityDigest(movies);
  const movieTallies = new MovieTallies(movies.length);
  const stage = progress.stage('counting ratings', ratings.length, 'ratings');
  const indexOf = (movieId: number) => movieIndex.indexOf(movieId);
  let numUsers = 0;
  let lastUserId = -1;
  const lowUsers = new LowUsers();
  let halfStarSum = 0;
  const times = new TimeSpan();
  let done = 0;
  for (const block of ratings.blocks()) {
    digest.add(block);
    movieTallies.add(block, indexOf);
    for (let index = 0; index < block.length; index++) {
      const userId = block.userIds[index] ?? 0;
      if (userId !== lastUserId) {
        numUsers++;
        lowUsers.nextUser();
      }
      lastUserId = userId;
      const halfStars = block.halfStars[index] ?? 0;
      lowUsers.add(halfStars);
      halfStarSum += halfStars;
    }
    times.add(block);
    stage.update((done += block.length));
  }
  stage.finish();
  return {
    identity: digest.finish(ids),
    movieTallies,
    numUsers,
    meanRating: meanRatingOf(ratings.length, halfStarSum),
    lowUsersNote: lowUsers.note(),
    ratingsWithTime: times.count,
    ratedAtRange: times.range,
  };
}
