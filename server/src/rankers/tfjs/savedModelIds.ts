import { MAX_INT32 } from '@pocketrocket/formats';
import { AppError, messageOf } from '@pocketrocket/runtime';
import type { SavedModelScorer } from './savedModelScorer.ts';

/** The ids that a SavedModel knows. */
export interface KnownIds {
  /** [numUsers] by dense row, 1 where the model knows the user. */
  users: Uint8Array;
  /** [numItems] by dense row, 1 where the model knows the movie. */
  movies: Uint8Array;
  /** The reason why it knows no user; null where it knows some. */
  problem: string | null;
}

/** No table reaches so far, and a model that looks ids up answers it as any other unknown id. */
const NOBODY = MAX_INT32;
/** A batch of another size is summed in another order. */
const ROUNDING = 1e-6;
const CHUNK = 65_536;

/**
 * Finds out by asking, since a SavedModel does not say: a table by id refuses what lies beyond its end, a look-up
 * answers every unknown id with the same number.
 * @param userIds ascending
 * @param movieIds ascending
 * @throws AppError ARTIFACT_INVALID when it answers something else than probabilities
 */
export function probeKnownIds(
  scorer: Pick<SavedModelScorer, 'probabilities'>,
  userIds: Int32Array,
  movieIds: Int32Array,
): KnownIds {
  const nobody = { users: new Uint8Array(userIds.length), movies: new Uint8Array(movieIds.length) };
  const [firstUser, firstMovie] = [userIds[0], movieIds[0]];
  if (firstUser === undefined || firstMovie === undefined)
    return { ...nobody, problem: 'the model that serves has no users or no movies' };
  try {
    scorer.probabilities(Int32Array.of(firstUser), Int32Array.of(firstMovie));
  } catch (error) {
    return { ...nobody, problem: messageOf(error) };
  }
  const ofMovies = (movies: Int32Array, userId: number): Float32Array =>
    scorer.probabilities(new Int32Array(movies.length).fill(userId), movies);
  const ofUsers = (users: Int32Array, movieId: number): Float32Array =>
    scorer.probabilities(users, new Int32Array(users.length).fill(movieId));
  const movies = flagKnownIds(movieIds, (ids) => ofMovies(ids, firstUser));
  const movieId = movieIds[movies.indexOf(1)];
  const users = movieId === undefined ? nobody.users : flagKnownIds(userIds, (ids) => ofUsers(ids, movieId));
  const isAnyone = movies.includes(1) && users.includes(1);
  return {
    users,
    movies,
    problem: isAnyone ? null : 'it gives the same answer for every user, as for unknown ids',
  };
}

/** 1 for each id below the first that is refused whose answer is not the one of an unknown id. */
function flagKnownIds(ids: Int32Array, answer: (ids: Int32Array) => Float32Array): Uint8Array {
  const isKnown = new Uint8Array(ids.length);
  const ofNobody = scoresOrNull(answer, Int32Array.of(NOBODY))?.[0];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.subarray(start, start + CHUNK);
    const answers = longestAnswered(chunk, answer);
    answers.forEach((value, index) => {
      const isAsOfNobody = ofNobody !== undefined && Math.abs(value - ofNobody) <= ROUNDING;
      isKnown[start + index] = isAsOfNobody ? 0 : 1;
    });
    if (answers.length < chunk.length) break;
  }
  return isKnown;
}

/** The answers of the longest beginning of the ids that is not refused, found by halving. */
function longestAnswered(ids: Int32Array, answer: (ids: Int32Array) => Float32Array): Float32Array {
  let answered = new Float32Array(0);
  let refusedFrom = ids.length + 1;
  // The whole is tried first: most often nothing is refused.
  for (let count = ids.length; answered.length + 1 < refusedFrom;) {
    const answers = scoresOrNull(answer, ids.subarray(0, count));
    if (answers) answered = Float32Array.from(answers);
    else refusedFrom = count;
    count = (answered.length + refusedFrom) >> 1;
  }
  return answered;
}

/** Null where the model refuses one of the ids; that is the answer looked for. */
function scoresOrNull(answer: (ids: Int32Array) => Float32Array, ids: Int32Array): Float32Array | null {
  try {
    return answer(ids);
  } catch (error) {
    if (error instanceof AppError) throw error;
    return null;
  }
}
