import { createHash } from 'node:crypto';
import { dataSection } from './dataSection.ts';
import type { Charts } from './elements.ts';
import { formatCount, formatDay, formatFigure, metricName } from './format.ts';
import { html, Html, scriptJson } from './html.ts';
import { mapSection } from './mapSection.ts';
import { ablationSection, listsSection, qualitySection } from './qualitySection.ts';
import { lossSection, recipeSection } from './recipeSection.ts';
import type { RunReport } from './reportData.ts';
import { usersSection } from './usersSection.ts';

/** The files that a report carries within itself. */
export interface PageAssets {
  style: string;
  /** ECharts as one script that sets the global `echarts`. */
  chartLibrary: string;
  /** Draws the charts and answers the map's controls. */
  script: string;
}

/**
 * The report of a training run as one page that needs no network and no other file.
 *
 * Texts of the report are escaped, and the page's policy lets nothing but its own scripts and style run, by their digests.
 */
export function renderReport(report: RunReport, { style, chartLibrary, script }: PageAssets): string {
  const charts: Charts = {};
  const sections = [
    dataSection(report, charts),
    recipeSection(report, charts),
    lossSection(report, charts),
    qualitySection(report, charts),
    ablationSection(report, charts),
    listsSection(report, charts),
    mapSection(report, charts),
    usersSection(report),
  ];
  const policy = [
    "default-src 'none'",
    `script-src ${digestOf(chartLibrary)} ${digestOf(script)}`,
    `style-src ${digestOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = `Training report: ${report.dataset.name}, version ${report.version}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${inline('style', style)}
      </head>
      <body>
        <header>
          <p class="kicker">PocketRocket training report</p>
          <h1>${report.dataset.name}, version ${report.version}</h1>
          <p>Recipe ${report.recipe.name}, seed ${report.recipe.seed}, ${formatDay(report.createdAt)}</p>
          ${summary(report)}
          <nav aria-label="Sections">
            <ul>
              ${SECTIONS.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>${sections}</main>
        <noscript><p class="empty">The charts need JavaScript; the tables say the same.</p></noscript>
        <script type="application/json" id="charts">
          ${scriptJson(charts)}
        </script>
        ${[chartLibrary, script].map((text) => inline('script', text))}
      </body>
    </html> `.markup;
}

const SECTIONS = [
  ['data', 'Data'],
  ['recipe', 'Recipe'],
  ['loss', 'Loss'],
  ['quality', 'Quality'],
  ['ablation', 'Ablation'],
  ['lists', 'Lists'],
  ['map', 'Item map'],
  ['users', 'Users'],
] as const;

/** The metrics a reader looks for first, where they were measured. */
const HEADLINE_METRICS = ['ndcgAt10', 'hitRateAt10'];

function summary({ dataset, evaluation }: RunReport): Html {
  const { pipeline, popularity } = evaluation?.models ?? {};
  const quality = HEADLINE_METRICS.flatMap((metric) => {
    const served = pipeline?.accuracy[metric];
    const baseline = popularity?.accuracy[metric];
    if (!served) return [];
    const beside = baseline ? `popularity ${formatFigure(baseline.mean)}` : '';
    return [{ name: metricName(metric), value: formatFigure(served.mean), beside }];
  });
  const tiles = [
    { name: 'users', value: formatCount(dataset.users), beside: '' },
    { name: 'movies', value: formatCount(dataset.movies), beside: '' },
    { name: 'ratings', value: formatCount(dataset.ratings), beside: '' },
    ...quality,
  ];
  return html`<dl class="tiles">
    ${tiles.map(
      ({ name, value, beside }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value} <small>${beside}</small></dd>
        </div>`,
    )}
  </dl>`;
}

/** An element that holds exactly this text, as {@link digestOf} counts it. */
function inline(element: 'script' | 'style', text: string): Html {
  return new Html(`<${element}>${text}</${element}>`);
}

/** A source for the Content-Security-Policy that allows exactly this text. */
function digestOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
