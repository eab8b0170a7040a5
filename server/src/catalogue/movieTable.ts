import { IdMap, inSharedMemory, type IdTables } from '@pocketrocket/engine';
import { TextPacker, TextReader, type PackedTexts } from './packedTexts.ts';
import { sharedNumbers } from './sharedNumbers.ts';

/** A movie as filters and fallbacks need it. */
export interface CatalogueMovie {
  movieId: number;
  title: string;
  releaseYear: number | null;
  ratingCount: number;
  /** Sum of its ratings in half stars. */
  halfStarSum: number;
  genreIds: readonly number[];
}

/** The parts of a movie that ratings change. */
export type MovieTally = Pick<CatalogueMovie, 'ratingCount' | 'halfStarSum'>;

/** Movies in memory that threads share, by place: ascending by movieId. */
export interface MovieColumns {
  ids: IdTables;
  titles: PackedTexts;
  /** {@link NO_YEAR} where unknown. */
  releaseYears: Int32Array;
  ratingCounts: Int32Array;
  halfStarSums: Int32Array;
  /** The begin of each movie's genres, and behind them the end of the last one's: [movies + 1]. */
  genreOffsets: Int32Array;
  genreIds: Int32Array;
  /** One number: the ratings of all movies. */
  numRatings: BigInt64Array;
}

/** A year that is not known. */
export const NO_YEAR = -(2 ** 31);

/** Packs movies, which are added ascending by movieId. */
export class MoviePacker {
  readonly #movieIds: number[] = [];
  readonly #titles = new TextPacker();
  readonly #releaseYears: number[] = [];
  readonly #ratingCounts: number[] = [];
  readonly #halfStarSums: number[] = [];
  readonly #genreOffsets = [0];
  readonly #genreIds: number[] = [];

  add({ movieId, title, releaseYear, ratingCount, halfStarSum, genreIds }: CatalogueMovie): void {
    this.#movieIds.push(movieId);
    this.#titles.add(title);
    this.#releaseYears.push(releaseYear ?? NO_YEAR);
    this.#ratingCounts.push(ratingCount);
    this.#halfStarSums.push(halfStarSum);
    this.#genreIds.push(...genreIds);
    this.#genreOffsets.push(this.#genreIds.length);
  }

  packed(): MovieColumns {
    const numRatings = new BigInt64Array(new SharedArrayBuffer(8));
    numRatings[0] = BigInt(this.#ratingCounts.reduce((sum, count) => sum + count, 0));
    return {
      ids: inSharedMemory(IdMap.fromAscending(Int32Array.from(this.#movieIds)).tables),
      titles: this.#titles.packed(),
      releaseYears: sharedNumbers(Int32Array, this.#releaseYears),
      ratingCounts: sharedNumbers(Int32Array, this.#ratingCounts),
      halfStarSums: sharedNumbers(Int32Array, this.#halfStarSums),
      genreOffsets: sharedNumbers(Int32Array, this.#genreOffsets),
      genreIds: sharedNumbers(Int32Array, this.#genreIds),
      numRatings,
    };
  }
}

/** All movies of a data set, by place: ascending by movieId. Only the counts and sums of ratings change, for all threads at once. */
export class MovieTable {
  readonly columns: MovieColumns;
  readonly #ids: IdMap;
  readonly #titles: TextReader;

  constructor(columns: MovieColumns) {
    this.columns = columns;
    this.#ids = IdMap.open(columns.ids);
    this.#titles = new TextReader(columns.titles);
  }

  get length(): number {
    return this.#ids.size;
  }

  /** By place. */
  get movieIds(): Int32Array {
    return this.#ids.ids;
  }

  /** Ratings of all movies together. */
  get numRatings(): number {
    return Number(Atomics.load(this.columns.numRatings, 0));
  }

  /** −1 for a movie that is not here. */
  placeOf(movieId: number): number {
    return this.#ids.indexOf(movieId);
  }

  movieId(place: number): number {
    return this.#ids.ids[place] ?? -1;
  }

  title(place: number): string {
    return this.#titles.at(place);
  }

  /** Null where unknown. */
  releaseYear(place: number): number | null {
    const year = this.columns.releaseYears[place] ?? NO_YEAR;
    return year === NO_YEAR ? null : year;
  }

  ratingCount(place: number): number {
    return this.columns.ratingCounts[place] ?? 0;
  }

  /** Sum of its ratings in half stars. */
  halfStarSum(place: number): number {
    return this.columns.halfStarSums[place] ?? 0;
  }

  /** A view of shared memory. */
  genreIds(place: number): Int32Array {
    const { genreOffsets, genreIds } = this.columns;
    return genreIds.subarray(genreOffsets[place], genreOffsets[place + 1]);
  }

  numGenres(place: number): number {
    const { genreOffsets } = this.columns;
    return (genreOffsets[place + 1] ?? 0) - (genreOffsets[place] ?? 0);
  }

  /** The number of a movie's genres that are among some. */
  numGenresOf(place: number, among: ReadonlySet<number>): number {
    const { genreOffsets, genreIds } = this.columns;
    const end = genreOffsets[place + 1] ?? 0;
    let number = 0;
    for (let at = genreOffsets[place] ?? 0; at < end; at++) if (among.has(genreIds[at] ?? -1)) number++;
    return number;
  }

  /** A movie as it is now. */
  movie(place: number): CatalogueMovie {
    return {
      movieId: this.movieId(place),
      title: this.title(place),
      releaseYear: this.releaseYear(place),
      ratingCount: this.ratingCount(place),
      halfStarSum: this.halfStarSum(place),
      genreIds: [...this.genreIds(place)],
    };
  }

  /** Takes over the number and the sum of a movie's ratings. */
  recount(place: number, { ratingCount, halfStarSum }: MovieTally): void {
    const { ratingCounts, halfStarSums, numRatings } = this.columns;
    Atomics.store(halfStarSums, place, halfStarSum);
    const before = Atomics.exchange(ratingCounts, place, ratingCount);
    if (before !== ratingCount) Atomics.add(numRatings, 0, BigInt(ratingCount - before));
  }
}
