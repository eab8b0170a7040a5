import { describe, expect, it } from '@jest/globals';
import { groupByUser } from '../../data/interactions.ts';
import { fitRising } from './index.ts';
import { risingPart } from './part.ts';

const NUM_ITEMS = 5;
const secondsOf = (date: string): number => Date.parse(date) / 1000;

/** Interactions of one user: an item, a date (null where unknown), and how often. */
const dataOf = (rows: [item: number, date: string | null, count: number][]) => {
  const all = rows.flatMap(([item, date, count]) => Array.from({ length: count }, () => ({ item, date })));
  return groupByUser(
    {
      userIndices: new Int32Array(all.length),
      itemIndices: Int32Array.from(all, ({ item }) => item),
      ratings: new Float32Array(all.length).fill(4),
      timestamps: Float64Array.from(all, ({ date }) => (date === null ? NaN : secondsOf(date))),
    },
    1,
    NUM_ITEMS,
  );
};
const released = (...years: number[]) => ({ releaseYears: Int16Array.from(years) });

/** Item 0 grows from 2 to 9, item 1 from none to 1, item 2 falls, item 3 grows too; 12 early ones and 13 late ones. */
const GROWING = [
  [0, '2019-06-01', 40],
  [0, '2020-02-01', 2],
  [2, '2020-03-01', 9],
  [3, '2020-04-01', 2],
  [0, '2021-02-01', 9],
  [1, '2021-03-01', 1],
  [3, '2021-05-01', 3],
  [4, null, 50],
] satisfies [number, string | null, number][];

describe('fitRising', () => {
  const data = dataOf(GROWING);

  it('is the damped log ratio of the later to the earlier half of two years, 0 for what falls', () => {
    const rising = fitRising(data, released(2020, 2021, 2020, 2021, 2021));
    expect([...(rising ?? [])]).toEqual(
      [Math.log(14 / 7), Math.log(6 / 5), 0, Math.log(8 / 7), 0].map(Math.fround),
    );
  });

  it('leaves out what was not released in the last year of the data or the one before', () => {
    const rising = fitRising(data, released(2019, 2021, 2020, 0, 2021));
    expect([...(rising ?? [])]).toEqual([0, Math.log(6 / 5), 0, 0, 0].map(Math.fround));
  });

  it('makes no hit of a single interaction', () => {
    const rising = fitRising(data, released(2020, 2021, 2020, 2021, 2021)) ?? [];
    expect(rising[1]).toBeLessThan(0.3 * rising[0]);
  });

  it.each([
    ['release years', data, { releaseYears: null }],
    ['times', dataOf([[0, null, 3]]), released(2020, 2020, 2020, 2020, 2020)],
    ['interactions', dataOf([]), released(2020, 2020, 2020, 2020, 2020)],
    ['recent items', data, released(2019, 2019, 0, 1995, 0)],
    ['a later half', dataOf([[0, '2021-01-01', 7]]), released(2021, 2021, 2021, 2021, 2021)],
  ])('is null without %s', (_, interactions, facts) => {
    expect(fitRising(interactions, facts)).toBeNull();
  });
});

describe('risingPart', () => {
  it('holds nothing of an artifact of an earlier release, and has no scores then', () => {
    const held = risingPart.fromTensors({}, NUM_ITEMS);
    expect(held).toEqual({ rising: null });
    expect(risingPart.toTensors(held)).toEqual({});
    expect(risingPart.features[0].scores(held)).toBeNull();
    expect(risingPart.withNewItems(held, [])).toEqual(held);
  });

  it('lets a new item rise as those like it do', () => {
    const like = { items: Int32Array.of(0, 1), weights: Float32Array.of(0.75, 0.25) };
    const { rising } = risingPart.withNewItems({ rising: Float32Array.of(1, 0.5) }, [like]);
    expect([...(rising ?? [])]).toEqual([1, 0.5, 0.875]);
  });
});
