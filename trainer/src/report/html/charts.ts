import type { EChartsOption } from 'echarts';
import { formatCount, metricName } from './format.ts';
import type { Distribution, ItemMap, LossCurve, RunReport } from './reportData.ts';

/** A chart of the page: ECharts' own plain options. Colours and fonts come from the page's style. */
export type Chart = EChartsOption;

const GRID = { left: 16, right: 24, top: 24, bottom: 8, containLabel: true };
const ANIMATION = { animation: false };

/** One bar a category, standing. */
export function barChart(bars: readonly { name: string; value: number }[], unit: string): Chart {
  return {
    ...ANIMATION,
    grid: { ...GRID, top: 40 },
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' }, confine: true },
    xAxis: { type: 'category', data: bars.map(({ name }) => name), axisTick: { show: false } },
    yAxis: { type: 'value', name: unit, nameTextStyle: { align: 'left' }, minInterval: 1 },
    series: [{ type: 'bar', name: unit, data: bars.map(({ value }) => value), barCategoryGap: '20%' }],
  };
}

/** One bar a category, lying, the first on top; negative values go to the left. */
export function lyingBarChart(bars: readonly { name: string; value: number }[], unit: string): Chart {
  return {
    ...ANIMATION,
    grid: GRID,
    tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' }, confine: true },
    xAxis: { type: 'value', splitNumber: 4 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { onZero: false },
    },
    series: [{ type: 'bar', name: unit, data: bars.map(({ value }) => value), barMaxWidth: 22 }],
  };
}

export function distributionChart({ bins }: Distribution, unit: string): Chart {
  const name = (from: number, to: number): string =>
    from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`;
  return barChart(
    bins.map(({ from, to, count }) => ({ name: name(from, to), value: count })),
    unit,
  );
}

/** The loss of one model's fits over their epochs. */
export function lossChart(curves: readonly LossCurve[], measure: 'loss' | 'ndcgAt10' = 'loss'): Chart {
  return {
    ...ANIMATION,
    grid: { ...GRID, top: 56, bottom: 28 },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
    xAxis: {
      type: 'value',
      name: 'epoch',
      nameLocation: 'middle',
      nameGap: 26,
      min: 'dataMin',
      minInterval: 1,
    },
    yAxis: {
      type: 'value',
      name: measure === 'loss' ? 'loss' : 'NDCG@10',
      nameTextStyle: { align: 'left' },
      scale: true,
    },
    series: curves.map(({ data, points }) => ({
      type: 'line',
      name: data,
      symbol: 'circle',
      symbolSize: 5,
      showSymbol: points.length < 40,
      data: points.flatMap((point) => {
        const value = point[measure];
        return value === undefined ? [] : [[point.epoch, value]];
      }),
    })),
  };
}

type Measured = NonNullable<RunReport['evaluation']>['models'];

/** One metric of every model: a point for the mean and a line for its interval. */
export function intervalChart(models: Measured, metric: string): Chart {
  const rows = Object.entries(models).flatMap(([name, { accuracy }]) => {
    const estimate = accuracy[metric];
    return estimate ? [{ name, ...estimate }] : [];
  });
  return {
    ...ANIMATION,
    grid: GRID,
    tooltip: { trigger: 'item', renderMode: 'richText', confine: true },
    xAxis: { type: 'value', min: 0, splitNumber: 4 },
    yAxis: { type: 'category', inverse: true, data: rows.map(({ name }) => name), axisTick: { show: false } },
    series: [
      {
        type: 'scatter',
        name: metricName(metric),
        symbolSize: 10,
        data: rows.map(({ name, mean }) => [mean, name]),
        markLine: {
          silent: true,
          symbol: ['none', 'none'],
          label: { show: false },
          lineStyle: { type: 'solid', width: 2 },
          data: rows.map(({ name, low, high }) => [{ coord: [low, name] }, { coord: [high, name] }]),
        },
      },
      // A line that leaves the axis is not drawn at all: unseen points at its ends keep the axis long enough.
      {
        type: 'scatter',
        silent: true,
        symbolSize: 0,
        tooltip: { show: false },
        data: rows.map(({ name, high }) => [high, name]),
      },
    ],
  };
}

/** The most rated movies bear their title on the map wherever there is room: the more it is zoomed, the more do. */
const NUM_NAMED = 400;

const SYMBOLS = ['circle', 'triangle', 'rect', 'diamond'];

/** Every movie of the map as a point, one series a genre; wheel and fingers zoom, and dragging moves. */
export function itemMapChart({ points }: ItemMap): Chart {
  const genres = [...new Set(points.map(({ genre }) => genre))].sort((a, b) => a.localeCompare(b));
  const axis = { type: 'value', scale: true, show: false } as const;
  const fewestOfNamed = [...points].sort((a, b) => b.ratings - a.ratings)[NUM_NAMED - 1]?.ratings ?? 0;
  return {
    ...ANIMATION,
    grid: { left: 4, right: 4, top: 4, bottom: 4 },
    legend: { show: false },
    tooltip: { trigger: 'item', renderMode: 'richText', confine: true },
    xAxis: axis,
    yAxis: axis,
    dataZoom: [
      { type: 'inside', xAxisIndex: 0, filterMode: 'none' },
      { type: 'inside', yAxisIndex: 0, filterMode: 'none' },
    ],
    series: genres.map((genre, place) => ({
      type: 'scatter',
      name: genre,
      symbol: SYMBOLS[place % SYMBOLS.length],
      itemStyle: { opacity: 0.75 },
      label: { formatter: '{b}', position: 'right', fontSize: 11 },
      labelLayout: { hideOverlap: true },
      emphasis: { scale: 2, itemStyle: { opacity: 1 } },
      // Largest first: small points stay on top of large ones.
      data: points
        .filter((point) => point.genre === genre)
        .sort((a, b) => b.ratings - a.ratings)
        .map(({ x, y, title, genres: all, ratings }) => ({
          value: [x, y],
          name: title,
          note: `${all.join(', ') || 'no genre'} · ${formatCount(ratings)} ratings`,
          label: { show: ratings >= fewestOfNamed },
          symbolSize: Math.min(22, 4 + Math.log2(1 + ratings)),
        })),
    })),
  };
}
