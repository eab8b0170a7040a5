import { describe, expect, it } from '@jest/globals';
import { groupByUser } from '../../data/interactions.ts';
import { fitTrend, trendBins, trendRatios, trendScores } from './index.ts';

const DAY = 86_400;
const dataOf = (rows: [item: number, time: number][]) =>
  groupByUser(
    {
      userIndices: new Int32Array(rows.length),
      itemIndices: Int32Array.from(rows, ([item]) => item),
      ratings: new Float32Array(rows.length).fill(4),
      timestamps: Float64Array.from(rows, ([, time]) => time),
    },
    1,
    2,
  );
const one = Float32Array.of(1);

describe('fitTrend', () => {
  // Item 0 was watched at the beginning of 128 days, item 1 at the end; one bin a day.
  const early = Array.from({ length: 9 }, (): [number, number] => [0, 0]);
  const late = Array.from({ length: 9 }, (): [number, number] => [1, 128 * DAY - 1]);
  const trend = fitTrend(dataOf([...early, ...late]));

  it('knows when what was popular', () => {
    expect(trend.numBins).toBe(128);
    const [atStart, atEnd] = [0, 127 * DAY].map((time) => trendScores(trend, trendBins(trend, [time], one)));
    expect(atStart[0]).toBeCloseTo(Math.log(10), 5);
    expect(atStart[0]).toBeGreaterThan(atStart[1]);
    expect(atEnd[1]).toBeGreaterThan(atEnd[0]);
    const ratios = trendRatios(trend, trendBins(trend, [0], one), Float32Array.of(9, 9));
    expect(ratios[0]).toBeGreaterThan(0);
    expect(ratios[1]).toBeLessThan(0);
  });

  it('takes times outside the log for its ends and unknown ones for now', () => {
    expect(trendBins(trend, [-5 * DAY], one)[0]).toBe(1);
    expect(trendBins(trend, [999 * DAY], one)[127]).toBe(1);
    expect(trendBins(trend, [Number.NaN], one)[127]).toBe(1);
    expect(trendBins(trend, [Number.NaN, 0], Float32Array.of(1, 1))[0]).toBe(1);
  });

  it('is plain popularity where no time is known', () => {
    const untimed = fitTrend(
      dataOf([
        [0, Number.NaN],
        [1, Number.NaN],
        [1, Number.NaN],
      ]),
    );
    const scores = trendScores(untimed, trendBins(untimed, [Number.NaN], one));
    expect([...scores]).toEqual([Math.log(2), Math.log(3)].map(Math.fround));
  });
});
