import { groupByUser, randomInt, seededRandom, type Interactions } from '@pocketrocket/engine';

/** Users with about `perUser` interactions each, low items more often (the product of two uniform draws), by seed. */
export function randomHistories(numUsers: number, numItems: number, perUser: number): Interactions {
  const random = seededRandom(1);
  const n = numUsers * perUser;
  const userIndices = Int32Array.from({ length: n }, () => randomInt(random, numUsers));
  const itemIndices = Int32Array.from(userIndices, () => Math.floor(random() * random() * numItems));
  return groupByUser(
    { userIndices, itemIndices, ratings: new Float32Array(n).fill(4), timestamps: new Float64Array(n) },
    numUsers,
    numItems,
  );
}
