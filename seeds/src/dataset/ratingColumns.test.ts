import { describe, expect, it } from '@jest/globals';
import { orderRatings, RatingColumns } from './ratingColumns.ts';

function columnsOf(rows: readonly (readonly [userId: number, movieId: number])[], lines?: readonly number[]) {
  const columns = new RatingColumns();
  rows.forEach(([userId, movieId], index) =>
    columns.push(userId, movieId, 8, 0, lines?.[index] ?? index + 2),
  );
  return columns;
}

describe('orderRatings', () => {
  it('orders by user and then movie, as a plain sort does, over many pushes', () => {
    // A linear congruential generator: 200,000 pairs, some of them twice, beyond the first capacity.
    let state = 1;
    const next = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
    const rows = Array.from({ length: 200_000 }, () => [next(3_000) * 700_001, next(5_000)] as const);
    const { order, duplicates, numUsers } = orderRatings(columnsOf(rows));

    const firsts = new Map<string, number>();
    rows.forEach((row, index) => firsts.has(row.join()) || firsts.set(row.join(), index));
    const pair = (index: number) => rows[index] ?? [0, 0];
    const expected = [...firsts.values()].sort(
      (left, right) => pair(left)[0] - pair(right)[0] || pair(left)[1] - pair(right)[1],
    );
    expect(Array.from(order)).toEqual(expected);
    expect(duplicates).toHaveLength(rows.length - firsts.size);
    expect(duplicates.length).toBeGreaterThan(0);
    expect(numUsers).toBe(3_000);
  });

  it('keeps the first of a pair and lists later ones in file order', () => {
    const { order, duplicates } = orderRatings(
      columnsOf([
        [2, 5],
        [1, 5],
        [2, 5],
        [2, 4],
        [1, 5],
        [2, 5],
      ]),
    );
    expect(Array.from(order)).toEqual([1, 3, 0]);
    expect(duplicates).toEqual([2, 4, 5]);
  });

  it('takes no ratings at all', () => {
    expect(orderRatings(new RatingColumns())).toMatchObject({ duplicates: [], numUsers: 0 });
  });
});

describe('lineOf', () => {
  it('knows the line of each rating where lines were left out between them', () => {
    const lines = [2, 3, 7, 8, 9, 20];
    const columns = columnsOf(
      lines.map((line) => [line, 1]),
      lines,
    );
    expect(lines.map((_, index) => columns.lineOf(index))).toEqual(lines);
  });
});
