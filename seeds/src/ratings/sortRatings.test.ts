import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { temporaryFolder } from '../test/files.ts';
import { sourceBlock, type SourceBlock } from '@pocketrocket/formats';
import { RatingSorter } from './sortRatings.ts';

type Row = readonly [userId: number, movieId: number, ratedAtSeconds: number];

function blockOf(rows: readonly Row[]): SourceBlock {
  const block = sourceBlock(rows.length);
  for (const [userId, movieId, ratedAtSeconds] of rows) {
    const index = block.length++;
    block.userIds[index] = userId;
    block.movieIds[index] = movieId;
    block.ratedAtSeconds[index] = ratedAtSeconds;
    block.halfStars[index] = 1 + (index % 10);
    block.lines[index] = index + 2;
  }
  return block;
}

function sort(rows: readonly Row[], ratingsInMemory: number) {
  const folder = temporaryFolder();
  const sorter = new RatingSorter({ spillTo: () => folder, ratingsInMemory });
  sorter.add(blockOf(rows));
  const { ratings, duplicates, isSpilt } = sorter.finish(() => {});
  const times: number[] = [];
  for (const block of ratings.blocks()) times.push(...block.ratedAtSeconds.subarray(0, block.length));
  return { ratings, times, duplicates, isSpilt, files: readdirSync(folder) };
}

/** A linear congruential generator: pairs, some of them twice; the time is the place in the file. */
function manyRows(count: number): Row[] {
  let state = 1;
  const next = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
  return Array.from({ length: count }, (_, index) => [next(3_000) * 700_001, next(5_000), index]);
}

describe('RatingSorter', () => {
  it.each([
    { where: 'in memory', ratingsInMemory: 1 << 20 },
    { where: 'on disk, in many runs', ratingsInMemory: 20_000 },
  ])('orders by user and then movie $where, and leaves repeated pairs out', ({ ratingsInMemory }) => {
    const rows = manyRows(200_000);
    const firsts = new Map<string, Row>();
    const repeated: number[] = [];
    for (const [index, row] of rows.entries()) {
      const key = `${row[0]} ${row[1]}`;
      if (firsts.has(key)) repeated.push(index + 2);
      else firsts.set(key, row);
    }
    const expected = [...firsts.values()]
      .sort((left, right) => left[0] - right[0] || left[1] - right[1])
      .map((row) => row[2]);
    const { ratings, times, duplicates, isSpilt } = sort(rows, ratingsInMemory);
    expect(isSpilt).toBe(ratingsInMemory < rows.length);
    // As text: a difference between long lists takes minutes to show.
    expect(times.join() === expected.join()).toBe(true);
    expect(ratings.length).toBe(expected.length);
    expect(repeated.length).toBeGreaterThan(0);
    expect([...duplicates.sortedLines()]).toEqual(repeated);
    expect(duplicates.first.map(({ line }) => line)).toEqual(repeated.slice(0, 10));
  });

  it.each([1 << 20, 2])('keeps the first of a pair in the file, %d ratings in memory', (ratingsInMemory) => {
    const pairs = [
      [2, 5],
      [1, 5],
      [2, 5],
      [2, 4],
      [1, 5],
      [2, 5],
    ] as const;
    const { times, duplicates } = sort(
      pairs.map(([userId, movieId], index) => [userId, movieId, index]),
      ratingsInMemory,
    );
    expect(times).toEqual([1, 3, 0]);
    expect([...duplicates.sortedLines()]).toEqual([4, 6, 7]);
  });

  it('goes on after any rating', () => {
    const { ratings } = sort(manyRows(50_000), 20_000);
    const all: [number, number][] = [];
    for (const block of ratings.blocks())
      for (let index = 0; index < block.length; index++)
        all.push([block.userIds[index] ?? 0, block.movieIds[index] ?? 0]);
    for (const at of [0, 16_383, 16_384, 30_000, all.length - 1]) {
      const [userId = 0, movieId = 0] = all[at] ?? [];
      let rest = 0;
      for (const { length } of ratings.blocks({ userId, movieId })) rest += length;
      expect(rest).toBe(all.length - at - 1);
    }
  });

  it('takes no ratings at all', () => {
    expect(sort([], 10)).toMatchObject({ times: [], isSpilt: false, files: [] });
  });
});
