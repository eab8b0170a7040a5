import type { EntityManager } from 'typeorm';
import { HISTOGRAM_COLUMNS } from '../entities/ratingHistogram.ts';
import { groupBy } from '../groupBy.ts';
import { placeholders } from '../statements.ts';
import { inParts } from './overlayFilm.ts';

/** A rating of one movie. */
export interface Rater {
  userId: number;
  /** 1 to 10. */
  halfStars: number;
}

type Sign = 1 | -1;

/** Counts a movie's ratings in or out of its raters' aggregates; takes the users' locks. */
export async function countInUsers(
  manager: EntityManager,
  raters: readonly Rater[],
  sign: Sign,
): Promise<void> {
  for (const [halfStars, alike] of groupBy(raters, (rater) => rater.halfStars)) {
    const userIds = alike.map(({ userId }) => userId);
    const column = HISTOGRAM_COLUMNS[halfStars - 1];
    if (!column) continue;
    await inParts(userIds, (part, marks) =>
      manager.query(
        `UPDATE user SET ratingCount = ratingCount + ?, halfStarSum = halfStarSum + ?, ${column} = ${column} + ?,
           ratingsVersion = ratingsVersion + 1 WHERE userId IN (${marks})`,
        [sign, sign * halfStars, sign, ...part],
      ),
    );
  }
}

/** Lets everybody forget what was computed of users; takes their locks. */
export async function touchUsers(manager: EntityManager, raters: readonly Rater[]): Promise<void> {
  await inParts(
    raters.map(({ userId }) => userId),
    (part, marks) =>
      manager.query(`UPDATE user SET ratingsVersion = ratingsVersion + 1 WHERE userId IN (${marks})`, part),
  );
}

/** Counts a movie's ratings in or out of its raters' shares of some genres; the users are locked. */
export async function countInGenres(
  manager: EntityManager,
  raters: readonly Rater[],
  genreIds: readonly number[],
  sign: Sign,
): Promise<void> {
  if (genreIds.length === 0) return;
  const genreMarks = placeholders(genreIds);
  for (const [halfStars, alike] of groupBy(raters, (rater) => rater.halfStars)) {
    const userIds = alike.map(({ userId }) => userId);
    await inParts(userIds, async (part, marks) => {
      if (sign > 0) await addMissingShares(manager, part, genreIds);
      const which = `userId IN (${marks}) AND genreId IN (${genreMarks})`;
      await manager.query(
        `UPDATE user_genre SET ratingCount = ratingCount + ?, halfStarSum = halfStarSum + ? WHERE ${which}`,
        [sign, sign * halfStars, ...part, ...genreIds],
      );
      if (sign < 0)
        await manager.query(`DELETE FROM user_genre WHERE ${which} AND ratingCount < 1`, [
          ...part,
          ...genreIds,
        ]);
    });
  }
}

/** Adds shares of nothing where there are none, as they are now: what this transaction has read may be older. */
async function addMissingShares(
  manager: EntityManager,
  userIds: readonly number[],
  genreIds: readonly number[],
): Promise<void> {
  const genres = genreIds.map(() => 'SELECT ? AS genreId').join(' UNION ALL ');
  await manager.query(
    `INSERT INTO user_genre (userId, genreId, ratingCount, halfStarSum)
     SELECT user.userId, named.genreId, 0, 0 FROM user JOIN (${genres}) AS named
     WHERE user.userId IN (${placeholders(userIds)}) AND NOT EXISTS (
       SELECT 1 FROM user_genre AS held WHERE held.userId = user.userId AND held.genreId = named.genreId)`,
    [...genreIds, ...userIds],
  );
}
