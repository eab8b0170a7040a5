import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import { BLOCK_LENGTH, sourceBlock, type SourceBlock } from '@pocketrocket/formats';
import { copyRating } from './latestOfPair.ts';

/** The columns of a file. */
export interface BlockFileColumns {
  withLines: boolean;
  /** True where counts stand in place of half stars. */
  ofCounts: boolean;
}

/** Ratings in a file, block after block, each its columns one after the other; all blocks but the last are full. */
export class BlockFileWriter {
  length = 0;
  /** Ratings that are not written yet: its last rating is the one that was pushed last. */
  readonly block: SourceBlock;
  readonly #path: string;
  readonly #descriptor: number;
  readonly #withLines: boolean;

  constructor(path: string, { withLines, ofCounts }: BlockFileColumns) {
    this.#path = path;
    this.#withLines = withLines;
    this.block = sourceBlock(BLOCK_LENGTH, ofCounts);
    this.#descriptor = openSync(path, 'w');
  }

  push(from: SourceBlock, index: number): void {
    if (this.block.length === BLOCK_LENGTH) this.#flush();
    copyRating(from, index, this.block, this.block.length++);
  }

  /** Writes what is left and closes the file. */
  finish(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    const { length } = this.block;
    try {
      for (const column of columnsOf(this.block, this.#withLines))
        writeWhole(this.#descriptor, new Uint8Array(column.buffer, 0, length * column.BYTES_PER_ELEMENT));
    } catch (error) {
      const hint = systemErrorCode(error) === 'ENOSPC' ? 'free disk space, or set POCKETROCKET_HOME' : '';
      throw new AppError('ENVIRONMENT', `${this.#path} cannot be written: ${messageOf(error)}; ${hint}`, {
        cause: error,
      });
    }
    this.length += length;
    this.block.length = 0;
  }
}

/** The blocks of a file, into the same memory again and again. @param length how many ratings it holds */
export function* readBlockFile(
  path: string,
  length: number,
  { withLines, ofCounts }: BlockFileColumns,
): Generator<SourceBlock> {
  const descriptor = openSync(path, 'r');
  try {
    const block = sourceBlock(BLOCK_LENGTH, ofCounts);
    for (let left = length; left > 0; left -= block.length) {
      block.length = Math.min(left, BLOCK_LENGTH);
      for (const column of columnsOf(block, withLines))
        readWhole(
          path,
          descriptor,
          new Uint8Array(column.buffer, 0, block.length * column.BYTES_PER_ELEMENT),
        );
      yield block;
    }
  } finally {
    closeSync(descriptor);
  }
}

function columnsOf(block: SourceBlock, withLines: boolean) {
  const { userIds, movieIds, ratedAtSeconds, halfStars, lines } = block;
  return withLines
    ? [userIds, movieIds, ratedAtSeconds, halfStars, lines]
    : [userIds, movieIds, ratedAtSeconds, halfStars];
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}

function readWhole(path: string, descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const size = readSync(descriptor, bytes, at, bytes.length - at, null);
    if (size === 0) throw new AppError('ENVIRONMENT', `${path} ends too early: import again`);
    at += size;
  }
}
