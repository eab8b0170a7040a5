import { IdMap, type InteractionRows, type ItemFacts } from '@pocketrocket/engine';

/** Ratings as they were read, in file order, with external ids; all four columns have the same length. */
export interface RatingTable {
  userIds: Int32Array;
  movieIds: Int32Array;
  /** Stars, 0.5 … 5. */
  ratings: Float32Array;
  /** Unix seconds; NaN where unknown. */
  timestamps: Float64Array;
}

/** The dense rows of users and items that one training run shares. */
export interface IdMaps {
  users: IdMap;
  items: IdMap;
}

/** Dense rows for every user and movie that any of the tables names, and for further movies. */
export function idMapsOf(tables: readonly RatingTable[], furtherMovieIds: readonly number[] = []): IdMaps {
  return {
    users: IdMap.from(tables.flatMap((table) => [...new Set(table.userIds)])),
    items: IdMap.from([
      ...tables.flatMap((table) => [...new Set(table.movieIds)]),
      ...new Set(furtherMovieIds),
    ]),
  };
}

/** The table's rows with dense indices in place of external ids, order kept. */
export function toInteractionRows(table: RatingTable, { users, items }: IdMaps): InteractionRows {
  return {
    userIndices: table.userIds.map((userId) => users.indexOf(userId)),
    itemIndices: table.movieIds.map((movieId) => items.indexOf(movieId)),
    ratings: table.ratings,
    timestamps: table.timestamps,
  };
}

/** The facts of the items, from years of release by movie; those of other movies are passed over. */
export function itemFactsOf(releaseYears: ReadonlyMap<number, number>, { items }: IdMaps): ItemFacts {
  if (releaseYears.size === 0) return { releaseYears: null };
  return { releaseYears: Int16Array.from(items.ids, (movieId) => releaseYears.get(movieId) ?? 0) };
}

const INITIAL_CAPACITY = 1 << 16;

/** Collects ratings whose number is not known beforehand, in typed columns that grow by doubling. */
export class RatingTableBuilder {
  private count = 0;
  private table: RatingTable;

  /** @param expected how many there will be, as far as known: then nothing is copied, and 20 bytes a rating are all it takes */
  constructor(expected = 0) {
    this.table = allocate(Math.max(expected, INITIAL_CAPACITY));
  }

  add(userId: number, movieId: number, rating: number, timestamp: number): void {
    if (this.count === this.table.userIds.length) this.grow();
    this.table.userIds[this.count] = userId;
    this.table.movieIds[this.count] = movieId;
    this.table.ratings[this.count] = rating;
    this.table.timestamps[this.count] = timestamp;
    this.count++;
  }

  build(): RatingTable {
    const { userIds, movieIds, ratings, timestamps } = this.table;
    if (this.count === userIds.length) return this.table;
    return {
      userIds: userIds.slice(0, this.count),
      movieIds: movieIds.slice(0, this.count),
      ratings: ratings.slice(0, this.count),
      timestamps: timestamps.slice(0, this.count),
    };
  }

  private grow(): void {
    const larger = allocate(2 * this.count);
    larger.userIds.set(this.table.userIds);
    larger.movieIds.set(this.table.movieIds);
    larger.ratings.set(this.table.ratings);
    larger.timestamps.set(this.table.timestamps);
    this.table = larger;
  }
}

function allocate(capacity: number): RatingTable {
  return {
    userIds: new Int32Array(capacity),
    movieIds: new Int32Array(capacity),
    ratings: new Float32Array(capacity),
    timestamps: new Float64Array(capacity),
  };
}
