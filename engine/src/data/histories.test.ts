import { describe, expect, it } from '@jest/globals';
import { HistoryCollector, historiesOf, interactionsOf, partsOf } from './histories.ts';
import { groupByUser } from './interactions.ts';

const all = groupByUser(
  {
    userIndices: Int32Array.of(0, 0, 2, 2, 2, 5),
    itemIndices: Int32Array.of(1, 2, 3, 0, 1, 2),
    ratings: Float32Array.of(1, 2, 3, 4, 5, 0.5),
    timestamps: Float64Array.of(NaN, 1, 1, 1, 2, 3),
  },
  7,
  4,
);

describe('histories of some users', () => {
  it('leave out users without one, and give all interactions back', () => {
    const histories = historiesOf(all);
    expect([...histories.userIndices]).toEqual([0, 2, 5]);
    expect([...histories.interactions.userOffsets]).toEqual([0, 2, 5, 6]);
    expect(interactionsOf(histories, 7)).toEqual(all);
  });

  it('come together from parts in any order', () => {
    for (const most of [1, 5, 100]) {
      const parts = [...partsOf(historiesOf(all), most)];
      expect(parts).toHaveLength({ 1: 3, 5: 2, 100: 1 }[most] ?? 0);
      for (const order of [parts, parts.toReversed()]) {
        const collector = new HistoryCollector({ numItems: 4, numRatings: most });
        for (const part of order) collector.add(part);
        expect(interactionsOf(collector.build(), 7)).toEqual(all);
      }
    }
  });

  it('grow past the number that was foretold', () => {
    const collector = new HistoryCollector({ numItems: 4, numRatings: 1 });
    for (let round = 0; round < 3; round++) {
      const { userIndices, interactions } = historiesOf(all);
      collector.add({ userIndices: userIndices.map((user) => 3 * user + round), interactions });
    }
    const { userIndices, interactions } = collector.build();
    expect([...userIndices]).toEqual([0, 1, 2, 6, 7, 8, 15, 16, 17]);
    expect([...interactions.userOffsets]).toEqual([0, 2, 4, 6, 9, 12, 15, 16, 17, 18]);
    expect([...interactions.itemIndices]).toEqual([1, 2, 1, 2, 1, 2, 3, 0, 1, 3, 0, 1, 3, 0, 1, 2, 2, 2]);
  });

  it.each([
    ['an item out of range', { itemIndices: Int32Array.of(1, 2, 3, 0, 1, 4) }, 'item 4 outside 0 … 3'],
    [
      'times out of order',
      { timestamps: Float64Array.of(1, NaN, 1, 1, 2, 3) },
      "user 0's times are out of order",
    ],
    [
      'offsets that do not end',
      { userOffsets: Int32Array.of(0, 2, 5, 5) },
      'offsets from 0 to 5, not 0 to 6',
    ],
    ['offsets that fall', { userOffsets: Int32Array.of(0, 5, 2, 6) }, 'offset 2 is below the one before'],
    ['a column too short', { ratings: new Float32Array(5) }, 'lengths that do not fit 3 users and 6 items'],
  ])('are refused with %s', (_what, change, message) => {
    const { userIndices, interactions } = historiesOf(all);
    const part = { userIndices, interactions: { ...interactions, ...change } };
    expect(() => new HistoryCollector({ numItems: 4 }).add(part)).toThrow(message);
  });

  it('are refused with a user out of range', () => {
    const part = historiesOf(all);
    expect(() => new HistoryCollector({ numItems: 4, numUsers: 5 }).add(part)).toThrow(
      'user 5 outside 0 … 4',
    );
    expect(() => interactionsOf(part, 5)).toThrow('user 5 outside 0 … 4');
  });

  it('are refused where a user comes twice', () => {
    const collector = new HistoryCollector({ numItems: 4 });
    for (let round = 0; round < 2; round++) collector.add(historiesOf(all));
    expect(() => collector.build()).toThrow('user 0 came twice');
  });
});
