import { Growing } from './growing.ts';
import type { Interactions } from './interactions.ts';

/** Histories of some of all users, each whole: what one part of a computation by users is given. */
export interface UserHistories {
  /** [users] dense rows among all users, ascending. */
  readonly userIndices: Int32Array;
  /** Of these users alone, by their places in `userIndices`; items are numbered as everywhere. */
  readonly interactions: Interactions;
}

/** The histories of all users who have one. */
export function historiesOf(interactions: Interactions): UserHistories {
  const { numUsers, userOffsets } = interactions;
  const userIndices = new Int32Array(numUsers);
  const offsets = new Int32Array(numUsers + 1);
  let users = 0;
  for (let user = 0; user < numUsers; user++) {
    if (userOffsets[user] === userOffsets[user + 1]) continue;
    userIndices[users] = user;
    offsets[++users] = userOffsets[user + 1];
  }
  return {
    userIndices: userIndices.slice(0, users),
    interactions: { ...interactions, numUsers: users, userOffsets: offsets.slice(0, users + 1) },
  };
}

/**
 * The interactions of all users again, of whom those without a history have none.
 * @throws RangeError for a user out of range
 */
export function interactionsOf({ userIndices, interactions }: UserHistories, numUsers: number): Interactions {
  const last = userIndices.at(-1) ?? -1;
  if (last >= numUsers) throw new RangeError(`histories: user ${last} outside 0 … ${numUsers - 1}`);
  const userOffsets = new Int32Array(numUsers + 1);
  const { userOffsets: offsets } = interactions;
  for (let place = 0; place < userIndices.length; place++) {
    userOffsets[userIndices[place] + 1] = offsets[place + 1] - offsets[place];
  }
  for (let user = 0; user < numUsers; user++) userOffsets[user + 1] += userOffsets[user];
  return { ...interactions, numUsers, userOffsets };
}

/** Users first … last − 1 of the histories; the ratings' memory is shared. */
export function historiesBetween(
  { userIndices, interactions }: UserHistories,
  first: number,
  last: number,
): UserHistories {
  const { numItems, userOffsets, itemIndices, ratings, timestamps } = interactions;
  const [start, end] = [userOffsets[first], userOffsets[last]];
  return {
    userIndices: userIndices.subarray(first, last),
    interactions: {
      numUsers: last - first,
      numItems,
      userOffsets: userOffsets.subarray(first, last + 1).map((offset) => offset - start),
      itemIndices: itemIndices.subarray(start, end),
      ratings: ratings.subarray(start, end),
      timestamps: timestamps.subarray(start, end),
    },
  };
}

/** The histories in parts of at most so many ratings, but for a longer history, which is a part of its own. */
export function* partsOf(histories: UserHistories, mostRatings: number): Generator<UserHistories> {
  const { userOffsets, numUsers } = histories.interactions;
  for (let first = 0; first < numUsers;) {
    let last = first + 1;
    while (last < numUsers && userOffsets[last + 1] - userOffsets[first] <= mostRatings) last++;
    yield historiesBetween(histories, first, last);
    first = last;
  }
}

const INITIAL_CAPACITY = 2 ** 16;

/** The sizes of what a {@link HistoryCollector} collects. */
export interface HistorySizes {
  readonly numItems: number;
  /** Of all users, also those of whom no history comes; any user where left out. */
  readonly numUsers?: number;
  /** Of the ratings that will come, as far as known: then nothing is copied. */
  readonly numRatings?: number;
}

/** Puts histories that come in parts, in any order, together again. */
export class HistoryCollector {
  readonly #sizes: HistorySizes;
  readonly #users: Growing<Int32Array>;
  /** The end of each user's history. */
  readonly #ends: Growing<Int32Array>;
  readonly #items: Growing<Int32Array>;
  readonly #ratings: Growing<Float32Array>;
  readonly #times: Growing<Float64Array>;

  constructor(sizes: HistorySizes) {
    const { numRatings = INITIAL_CAPACITY } = sizes;
    this.#sizes = sizes;
    this.#users = new Growing(Int32Array, INITIAL_CAPACITY);
    this.#ends = new Growing(Int32Array, INITIAL_CAPACITY);
    this.#items = new Growing(Int32Array, numRatings);
    this.#ratings = new Growing(Float32Array, numRatings);
    this.#times = new Growing(Float64Array, numRatings);
  }

  /** @throws RangeError for a part that is none: offsets or lengths that do not fit, an item or a user out of range, times out of order */
  add(part: UserHistories): void {
    checkPart(part, this.#sizes);
    const { userIndices, interactions } = part;
    const before = this.#items.length;
    this.#users.push(userIndices);
    this.#ends.push(interactions.userOffsets.subarray(1).map((end) => before + end));
    this.#items.push(interactions.itemIndices);
    this.#ratings.push(interactions.ratings);
    this.#times.push(interactions.timestamps);
  }

  /** All of them, ascending by user. @throws RangeError for a user who came twice */
  build(): UserHistories {
    const userIndices = this.#users.values();
    const numUsers = userIndices.length;
    const userOffsets = new Int32Array(numUsers + 1);
    userOffsets.set(this.#ends.values(), 1);
    const interactions = {
      numUsers,
      numItems: this.#sizes.numItems,
      userOffsets,
      itemIndices: this.#items.values(),
      ratings: this.#ratings.values(),
      timestamps: this.#times.values(),
    };
    return ascending({ userIndices, interactions });
  }
}

function ascending(histories: UserHistories): UserHistories {
  const { userIndices, interactions } = histories;
  if (userIndices.every((user, place) => place === 0 || user > userIndices[place - 1])) return histories;
  const order = Uint32Array.from(userIndices, (_, place) => place).sort(
    (a, b) => userIndices[a] - userIndices[b],
  );
  const { numUsers, userOffsets: from } = interactions;
  const userOffsets = new Int32Array(numUsers + 1);
  const itemIndices = new Int32Array(interactions.itemIndices.length);
  const ratings = new Float32Array(itemIndices.length);
  const timestamps = new Float64Array(itemIndices.length);
  const ordered = new Int32Array(numUsers);
  for (let place = 0; place < numUsers; place++) {
    const source = order[place];
    ordered[place] = userIndices[source];
    if (place > 0 && ordered[place] === ordered[place - 1]) {
      throw new RangeError(`user ${ordered[place]} came twice`);
    }
    const [start, end] = [from[source], from[source + 1]];
    const to = userOffsets[place];
    itemIndices.set(interactions.itemIndices.subarray(start, end), to);
    ratings.set(interactions.ratings.subarray(start, end), to);
    timestamps.set(interactions.timestamps.subarray(start, end), to);
    userOffsets[place + 1] = to + end - start;
  }
  return {
    userIndices: ordered,
    interactions: { ...interactions, userOffsets, itemIndices, ratings, timestamps },
  };
}

function checkPart(
  { userIndices, interactions }: UserHistories,
  { numItems, numUsers: allUsers = Infinity }: HistorySizes,
): void {
  const { userOffsets, itemIndices, ratings, timestamps } = interactions;
  const numUsers = userIndices.length;
  const n = itemIndices.length;
  if (userOffsets.length !== numUsers + 1 || ratings.length !== n || timestamps.length !== n) {
    throw new RangeError(`histories: lengths that do not fit ${numUsers} users and ${n} items`);
  }
  if (userOffsets[0] !== 0 || userOffsets[numUsers] !== n) {
    throw new RangeError(
      `histories: offsets from ${userOffsets[0]} to ${userOffsets[numUsers]}, not 0 to ${n}`,
    );
  }
  for (let place = 0; place < numUsers; place++) {
    const user = userIndices[place];
    if (user < 0 || user >= allUsers)
      throw new RangeError(`histories: user ${user} outside 0 … ${allUsers - 1}`);
    const [start, end] = [userOffsets[place], userOffsets[place + 1]];
    if (end < start) throw new RangeError(`histories: offset ${place + 1} is below the one before`);
    for (let row = start; row < end; row++) {
      const item = itemIndices[row];
      if (item < 0 || item >= numItems)
        throw new RangeError(`histories: item ${item} outside 0 … ${numItems - 1}`);
      if (row > start && !isInOrder(timestamps[row - 1], timestamps[row])) {
        throw new RangeError(`histories: user ${user}'s times are out of order`);
      }
    }
  }
}

/** Oldest first, unknown before known. */
function isInOrder(before: number, after: number): boolean {
  return Number.isNaN(before) || before <= after;
}
