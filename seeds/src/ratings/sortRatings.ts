import { join } from 'node:path';
import { readBlockFile, BlockFileWriter } from './blockFile.ts';
import { DuplicateLines } from './duplicateLines.ts';
import { copyRating, latestOfPair } from './latestOfPair.ts';
import { BLOCK_LENGTH, orderByPair, sourceBlock, type SourceBlock } from '@pocketrocket/formats';
import { blockFrom, blocksAfter, type SortedScores } from './sortedRatings.ts';

/** Number of ratings that are sorted in memory, 25 bytes each meanwhile: 4 million take 100 MB. */
export const RATINGS_IN_MEMORY = 1 << 22;

const FIRST_CAPACITY = 1 << 16;

/** The file of an external sort's result. */
export const SORTED_FILE = 'sorted.ratings';

export interface SorterOptions {
  /** Makes the folder for what does not fit in memory; called when the first rating does not. */
  spillTo: () => string;
  ratingsInMemory?: number;
  /** True where ratings are counts, in place of half stars. */
  ofCounts?: boolean;
}

export interface FinishOptions {
  /** Puts other numbers in the place of users' of some ratings; false where those that they have stay, as all others' then do. */
  renumber?: (block: SourceBlock) => boolean;
  /** Called with the number of ratings merged. */
  onDone: (done: number) => void;
}

export interface SortResult {
  ratings: SortedScores;
  /** The lines of ratings of whose user and movie another one counts; those are left out. */
  duplicates: DuplicateLines;
  /** True where they are in the folder's `SORTED_FILE`. */
  isSpilt: boolean;
}

/**
 * Sorts ratings by (userId, movieId) in bounded memory: what fits is sorted there; else sorted runs go to disk and are merged
 * (Knuth, TAOCP 3, 5.4). Runs that are in order already, as MovieLens files are, are neither sorted nor interleaved. Of ratings
 * of the same pair the latest counts; see `latestOfPair`.
 */
export class RatingSorter {
  readonly #options: Required<SorterOptions>;
  readonly #runs: { path: string; length: number }[] = [];
  #buffer: SourceBlock;
  #isInOrder = true;
  #folder: string | null = null;

  constructor(options: SorterOptions) {
    this.#options = { ratingsInMemory: RATINGS_IN_MEMORY, ofCounts: false, ...options };
    this.#buffer = this.#emptyBlock(Math.min(FIRST_CAPACITY, this.#options.ratingsInMemory));
  }

  add(block: SourceBlock): void {
    for (let index = 0; index < block.length; index++) this.#push(block, index);
  }

  /** Sorts what was added. */
  finish({ renumber, onDone }: FinishOptions): SortResult {
    if (this.#folder === null) {
      if (renumber?.(this.#buffer)) this.#isInOrder = false;
      return this.#finishInMemory();
    }
    this.#writeRun(this.#folder);
    if (renumber) this.#renumberRuns(renumber);
    const path = join(this.#folder, SORTED_FILE);
    const { ofCounts } = this.#options;
    const { length, duplicates } = mergeRuns(this.#runs, path, ofCounts, onDone);
    return { ratings: sortedFile(path, length, ofCounts), duplicates, isSpilt: true };
  }

  #emptyBlock(capacity: number): SourceBlock {
    return sourceBlock(capacity, this.#options.ofCounts);
  }

  #push(from: SourceBlock, index: number): void {
    let block = this.#buffer;
    if (block.length === block.userIds.length) {
      this.#makeRoom();
      block = this.#buffer;
    }
    const at = block.length++;
    if (at > 0 && this.#isInOrder) {
      const userId = from.userIds[index] ?? 0;
      const movieId = from.movieIds[index] ?? 0;
      const lastUser = block.userIds[at - 1] ?? 0;
      this.#isInOrder =
        lastUser < userId || (lastUser === userId && (block.movieIds[at - 1] ?? 0) <= movieId);
    }
    copyRating(from, index, block, at);
  }

  #makeRoom(): void {
    const { length } = this.#buffer;
    if (length < this.#options.ratingsInMemory) {
      const larger = this.#emptyBlock(Math.min(length * 2, this.#options.ratingsInMemory));
      larger.userIds.set(this.#buffer.userIds);
      larger.movieIds.set(this.#buffer.movieIds);
      larger.ratedAtSeconds.set(this.#buffer.ratedAtSeconds);
      larger.halfStars.set(this.#buffer.halfStars);
      larger.lines.set(this.#buffer.lines);
      this.#buffer = { ...larger, length };
      return;
    }
    this.#writeRun((this.#folder ??= this.#options.spillTo()));
  }

  #writeRun(folder: string): void {
    const path = join(folder, `run-${this.#runs.length}.ratings`);
    this.#runs.push({ path, length: this.#writeBuffer(path) });
  }

  /** Writes the buffer in order, and empties it; returns how many there were. */
  #writeBuffer(path: string): number {
    const file = new BlockFileWriter(path, { withLines: true, ofCounts: this.#options.ofCounts });
    for (const index of this.#order()) file.push(this.#buffer, index);
    file.finish();
    this.#buffer.length = 0;
    this.#isInOrder = true;
    return file.length;
  }

  /** Sorts each run again by other numbers, in the memory that it was first sorted in. */
  #renumberRuns(renumber: (block: SourceBlock) => boolean): void {
    const { ofCounts } = this.#options;
    for (const { path, length } of this.#runs) {
      for (const block of readBlockFile(path, length, { withLines: true, ofCounts })) {
        if (!renumber(block)) return;
        this.add(block);
      }
      this.#writeBuffer(path);
    }
  }

  #order(): Iterable<number> {
    return this.#isInOrder ? Array(this.#buffer.length).keys() : orderByPair(this.#buffer);
  }

  #finishInMemory(): SortResult {
    const from = this.#buffer;
    const sorted = this.#emptyBlock(from.length);
    const duplicates = new DuplicateLines();
    const push = latestOfPair(
      { block: sorted, push: (block, index) => copyRating(block, index, sorted, sorted.length++) },
      duplicates,
    );
    for (const index of this.#order()) push(from, index);
    this.#buffer = sourceBlock(0);
    const { length } = sorted;
    const ratings: SortedScores = {
      length,
      *blocks(after = null) {
        yield* blocksAfter(slices(sorted), after);
      },
    };
    return { ratings, duplicates, isSpilt: false };
  }
}

/** The ratings of a file that an external sort wrote. */
export function sortedFile(path: string, length: number, ofCounts: boolean): SortedScores {
  return {
    length,
    *blocks(after = null) {
      yield* blocksAfter(readBlockFile(path, length, { withLines: false, ofCounts }), after);
    },
  };
}

function* slices(block: SourceBlock) {
  for (let start = 0; start < block.length; start += BLOCK_LENGTH)
    yield blockFrom(block, start, Math.min(block.length, start + BLOCK_LENGTH));
}

/** One run while it is merged: its current block, and the place in it. */
class RunCursor {
  block: SourceBlock;
  at = 0;
  isDone = false;
  readonly #blocks: Iterator<SourceBlock>;

  constructor(path: string, length: number, ofCounts: boolean) {
    this.#blocks = readBlockFile(path, length, { withLines: true, ofCounts });
    this.block = sourceBlock(0);
    this.#nextBlock();
  }

  get userId(): number {
    return this.block.userIds[this.at] ?? 0;
  }

  get movieId(): number {
    return this.block.movieIds[this.at] ?? 0;
  }

  advance(): void {
    if (++this.at >= this.block.length) this.#nextBlock();
  }

  #nextBlock(): void {
    const next = this.#blocks.next();
    this.at = 0;
    if (next.done) this.isDone = true;
    else this.block = next.value;
  }
}

function mergeRuns(
  runs: readonly { path: string; length: number }[],
  path: string,
  ofCounts: boolean,
  onDone: (done: number) => void,
): { length: number; duplicates: DuplicateLines } {
  const file = new BlockFileWriter(path, { withLines: false, ofCounts });
  const duplicates = new DuplicateLines();
  const push = latestOfPair(file, duplicates);
  let cursors = runs
    .map((run) => new RunCursor(run.path, run.length, ofCounts))
    .filter(({ isDone }) => !isDone);
  let done = 0;
  while (cursors.length > 0) {
    const { first, second } = lowestTwo(cursors);
    // As long as it stays before all others, no comparison with more than one of them is needed.
    do {
      push(first.block, first.at);
      first.advance();
      if (++done % BLOCK_LENGTH === 0) onDone(done);
    } while (!first.isDone && (second === null || isBefore(first, second)));
    if (first.isDone) cursors = cursors.filter((cursor) => cursor !== first);
  }
  file.finish();
  return { length: file.length, duplicates };
}

/** Runs are in the order of the file: of equal ones the earlier run's comes first. */
function lowestTwo(cursors: readonly RunCursor[]): { first: RunCursor; second: RunCursor | null } {
  const [start, ...rest] = cursors;
  if (!start) throw new Error('there is no run to merge');
  let first = start;
  let second: RunCursor | null = null;
  for (const cursor of rest) {
    if (isBefore(cursor, first)) {
      second = first;
      first = cursor;
    } else if (!second || isBefore(cursor, second)) second = cursor;
  }
  return { first, second };
}

/** Strictly: of equal ones neither is before the other. */
function isBefore(left: RunCursor, right: RunCursor): boolean {
  return left.userId < right.userId || (left.userId === right.userId && left.movieId < right.movieId);
}
