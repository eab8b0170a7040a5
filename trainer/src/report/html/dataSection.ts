import { barChart, distributionChart } from './charts.ts';
import { emptyNote, figure, foldedTable, section, table } from './elements.ts';
import type { Charts } from './elements.ts';
import { formatCount, formatDay, formatShare } from './format.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Distribution, RunReport } from './reportData.ts';

/** Renders the data that the model was trained on. */
export function dataSection({ dataset }: RunReport, charts: Charts): Html {
  const { ratings, users, movies, meanRating, firstRatedAt, lastRatedAt, ratingsWithoutTime } = dataset;
  if (ratings === 0) return section('data', 'Data', emptyNote('There are no ratings.'));
  const facts: [string, string][] = [
    ['data set', `${dataset.name}${dataset.synthetic ? ' (made-up ratings)' : ''}`],
    ['identity', dataset.identity],
    ['users with ratings', formatCount(users)],
    ['movies with ratings', formatCount(movies)],
    ['ratings', formatCount(ratings)],
    ['share of all user–movie pairs', formatShare(ratings / (users * movies))],
    ['mean rating', meanRating === null ? 'unknown' : `${meanRating.toFixed(2)} stars`],
    ['rated from', firstRatedAt ? formatDay(firstRatedAt) : 'no times are known'],
    ['to', lastRatedAt ? formatDay(lastRatedAt) : 'no times are known'],
    ['ratings without a time', formatCount(ratingsWithoutTime)],
  ];
  return section(
    'data',
    'Data',
    html`<dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`,
    html`<div class="figures">
      ${countFigure(
        charts,
        'rating-histogram',
        'Ratings by stars',
        'stars',
        dataset.ratingHistogram.map(({ stars, count }) => ({ name: stars.toFixed(1), count })),
      )}
      ${
        dataset.ratingsPerYear.length === 0
          ? emptyNote('Ratings by year: no rating has a time.')
          : countFigure(
              charts,
              'ratings-per-year',
              'Ratings by year',
              'year',
              dataset.ratingsPerYear.map(({ year, count }) => ({ name: String(year), count })),
            )
      }
      ${distributionFigure(charts, 'ratings-per-user', 'Ratings a user', 'users', dataset.ratingsPerUser)}
      ${distributionFigure(charts, 'ratings-per-movie', 'Ratings a movie', 'movies', dataset.ratingsPerMovie)}
    </div>`,
  );
}

function countFigure(
  charts: Charts,
  id: string,
  title: string,
  unit: string,
  counts: readonly { name: string; count: number }[],
): Html {
  return figure(charts, id, {
    title,
    chart: barChart(
      counts.map(({ name, count }) => ({ name, value: count })),
      'ratings',
    ),
    details: foldedTable(
      title,
      [unit, 'ratings'],
      counts.map(({ name, count }) => [name, formatCount(count)]),
    ),
  });
}

function distributionFigure(
  charts: Charts,
  id: string,
  title: string,
  unit: string,
  distribution: Distribution | null,
): Html {
  if (distribution === null) return emptyNote(`${title}: there are none.`);
  const { min, median, mean, max, bins } = distribution;
  const summary = `from ${formatCount(min)} to ${formatCount(max)}, median ${formatCount(median)}, mean ${mean.toFixed(1)}`;
  return figure(charts, id, {
    title: `${title}: ${summary}`,
    chart: distributionChart(distribution, unit),
    details: html`<details>
      <summary>As a table</summary>
      ${table(
        title,
        ['ratings', unit],
        bins.map(({ from, to, count }) => [
          from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`,
          formatCount(count),
        ]),
      )}
    </details>`,
  });
}
