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

function sort(rows: readonly Row[], ratingsInMemory: number, renumber?: (block: SourceBlock) => boolean) {
  const folder = temporaryFolder();
  const sorter = new RatingSorter({ spillTo: () => folder, ratingsInMemory });
  sorter.add(blockOf(rows));
  const { ratings, duplicates, isSpilt } = sorter.finish({ onDone: () => {}, ...(renumber && { renumber }) });
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
  it.each([1 << 20, 500])(
    'orders by the numbers that users have in the end, %i ratings in memory',
    (ratingsInMemory) => {
      const rows = manyRows(3_000);
      const upsideDown = (userId: number) => 2_147_483_646 - userId;
      const renumber = ({ length, userIds }: SourceBlock) => {
        for (let index = 0; index < length; index++) userIds[index] = upsideDown(userIds[index] ?? 0);
        return true;
      };
      const renumbered = rows.map(([userId, movieId, at]) => [upsideDown(userId), movieId, at] as const);
      const expected = sort(renumbered, 1 << 20);
      const found = sort(rows, ratingsInMemory, renumber);
      expect(found.times.join()).toBe(expected.times.join());
      expect(found.duplicates.sortedLines()).toEqual(expected.duplicates.sortedLines());
    },
  );

  it.each([
    { where: 'in memory', ratingsInMemory: 1 << 20 },
    { where: 'on disk, in many runs', ratingsInMemory: 20_000 },
  ])('orders by user and then movie $where, and leaves repeated pairs out', ({ ratingsInMemory }) => {
    const rows = manyRows(200_000);
    const latest = new Map<string, Row>();
    const repeated: number[] = [];
    for (const row of rows) {
      const key = `${row[0]} ${row[1]}`;
      const earlier = latest.get(key);
      if (earlier) repeated.push(earlier[2] + 2);
      latest.set(key, row);
    }
    repeated.sort((left, right) => left - right);
    const expected = [...latest.values()]
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

  it.each([1 << 20, 2, 3])('keeps the latest of a pair, %d ratings in memory', (ratingsInMemory) => {
    const UNKNOWN = -1;
    // By pair: the later time; of equal times, and beside an unknown one, the later row.
    const rows: [Row, isKept: boolean][] = [
      [[2, 5, 300], true],
      [[1, 5, 100], false],
      [[2, 5, 200], false],
      [[3, 1, 700], false],
      [[2, 4, 9], true],
      [[1, 5, 100], true],
      [[3, 1, UNKNOWN], true],
      [[4, 1, UNKNOWN], false],
      [[2, 5, 299], false],
      [[4, 1, 50], true],
      [[5, 1, UNKNOWN], false],
      [[5, 1, UNKNOWN], true],
    ];
    const { ratings, duplicates } = sort(
      rows.map(([row]) => row),
      ratingsInMemory,
    );
    const kept: unknown[] = [];
    for (const { length, userIds, movieIds, ratedAtSeconds, halfStars } of ratings.blocks())
      for (let at = 0; at < length; at++)
        kept.push([userIds[at], movieIds[at], ratedAtSeconds[at], halfStars[at]]);
    const expected = rows
      .flatMap(([row, isKept], index) => (isKept ? [[...row, 1 + (index % 10)]] : []))
      .sort((left, right) => (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0));
    expect(kept).toEqual(expected);
    const leftOut = rows.flatMap(([, isKept], index) => (isKept ? [] : [index + 2]));
    expect([...duplicates.sortedLines()]).toEqual(leftOut);
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
