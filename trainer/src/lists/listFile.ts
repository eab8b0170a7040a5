import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';

const COLUMNS = {
  userId: 'INT32',
  /** 1 for the best. */
  rank: 'INT32',
  movieId: 'INT32',
  score: 'FLOAT',
  modelVersion: 'INT32',
} as const;

/** Entries of lists, one row each. */
export class ListRows {
  readonly userId: number[] = [];
  readonly rank: number[] = [];
  readonly movieId: number[] = [];
  readonly score: number[] = [];

  /** Adds the list of a user, best first. */
  add(userId: number, list: readonly { movieId: number; score: number }[]): void {
    list.forEach(({ movieId, score }, place) => {
      this.userId.push(userId);
      this.rank.push(place + 1);
      this.movieId.push(movieId);
      this.score.push(score);
    });
  }
}

/** Writes lists as a Parquet file, whole or not at all, by one rename. @throws what the file system says, such as ENOSPC */
export async function writeListFile(path: string, rows: ListRows, modelVersion: number): Promise<void> {
  const { userId, rank, movieId, score } = rows;
  const columns = {
    userId: Int32Array.from(userId),
    rank: Int32Array.from(rank),
    movieId: Int32Array.from(movieId),
    score: Float32Array.from(score),
    modelVersion: new Int32Array(userId.length).fill(modelVersion),
  };
  const staging = join(dirname(path), `.staging-${process.pid}-${randomUUID()}`);
  try {
    const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
    const writer = new ParquetWriter({
      writer: fileWriter(staging),
      schema: [
        { name: 'schema', num_children: names.length },
        ...names.map((name) => ({ name, type: COLUMNS[name], repetition_type: 'REQUIRED' as const })),
      ],
      kvMetadata: [{ key: 'pocketrocket.modelVersion', value: String(modelVersion) }],
      createdBy: 'PocketRocket',
    });
    await writer.write({
      columnData: names.map((name) => ({ name, data: columns[name] })),
      rowGroupSize: Math.max(1, userId.length),
    });
    await writer.finish();
    const file = await open(staging, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(staging, path);
  } finally {
    await rm(staging, { force: true });
  }
}
