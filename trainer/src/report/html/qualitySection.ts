import { intervalChart, lyingBarChart } from './charts.ts';
import { emptyNote, figure, section, table } from './elements.ts';
import type { Charts } from './elements.ts';
import { formatChange, formatCount, formatFigure, metricName, wordsOf } from './format.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { RunReport } from './reportData.ts';

type Evaluation = NonNullable<RunReport['evaluation']>;
type Models = Evaluation['models'];

/** Renders each model's accuracy on the holdout. */
export function qualitySection({ evaluation, gate }: RunReport, charts: Charts): Html {
  if (evaluation === null || evaluation.users === 0) {
    return section(
      'quality',
      'Quality',
      emptyNote('Nothing was measured: there are too few ratings for a holdout.'),
      gateNote(gate),
    );
  }
  const { protocol, users, models, timestampedUsers } = evaluation;
  const isTimedApart = timestampedUsers.users > 0 && timestampedUsers.users !== users;
  return section(
    'quality',
    'Quality',
    html`<p>
      Measured on ${formatCount(users)} users by the protocol <strong>${protocol}</strong>, before the models
      were fitted again on everything. <em>pipeline</em> is what is served. Lines and brackets are 95 %
      bootstrap intervals over users.
    </p>`,
    html`<div class="figures">
      ${metricsOf(models).map((metric, place) =>
        figure(charts, `metric-${place}`, {
          title: metricName(metric),
          chart: intervalChart(models, metric),
          rows: Object.keys(models).length,
          details: html``,
        }),
      )}
    </div>`,
    accuracyTable(`All ${formatCount(users)} users`, models),
    isTimedApart
      ? accuracyTable(
          `The ${formatCount(timestampedUsers.users)} users whose times are all known`,
          timestampedUsers.models,
        )
      : html``,
    gateNote(gate),
  );
}

function gateNote(gate: RunReport['gate']): Html {
  if (gate === null) return html``;
  const { decision, forced, reasons } = gate;
  const figures = gateFigures(gate);
  return html`<h3>Gate</h3>
    <p>Decision: <strong>${decision}</strong>${forced ? ', published by force' : ''}.</p>
    ${figures === null ? html`` : html`<p>${figures}</p>`}
    <ul>
      ${reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>`;
}

/** The figures that the gate decided by, as `show` prints them; null where nothing was measured. */
function gateFigures({
  candidate,
  popularity,
  serving,
  difference,
}: NonNullable<RunReport['gate']>): string | null {
  if (typeof candidate !== 'number' || typeof popularity !== 'number') return null;
  const own = `nDCG@10 ${candidate.toFixed(4)}, popularity ${popularity.toFixed(4)}`;
  if (!serving || !difference) return `${own}.`;
  const { mean, low, high } = difference;
  return `${own}, version ${serving.version} on the same split ${serving.mean.toFixed(4)}: difference ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}].`;
}

/** Renders the ablation: the loss without each part. */
export function ablationSection({ ablation }: RunReport, charts: Charts): Html {
  const metrics = Object.keys(ablation[0]?.change ?? {});
  if (ablation.length === 0 || metrics.length === 0) {
    return section(
      'ablation',
      'Ablation',
      emptyNote(
        'This run measured no ablation: a quick recipe leaves it out, and so does a run without anything held out.',
      ),
    );
  }
  return section(
    'ablation',
    'Ablation',
    html`<p>What each metric becomes when one part is left out, less what it is with all of them.</p>`,
    html`<div class="figures">
      ${metrics.map((metric, place) =>
        figure(charts, `ablation-${place}`, {
          title: `Change of ${metricName(metric)}`,
          chart: lyingBarChart(
            ablation.map(({ part, change }) => ({ name: part, value: change[metric] ?? NaN })),
            metricName(metric),
          ),
          rows: ablation.length,
          details: html``,
        }),
      )}
    </div>`,
    table(
      'Change when a part is left out',
      ['without', ...metrics.map(metricName)],
      ablation.map(({ part, change }) => [
        part,
        ...metrics.map((metric) => formatChange(change[metric] ?? NaN)),
      ]),
    ),
  );
}

const MEANINGS: Readonly<Record<string, string>> = {
  catalogueCoverage: 'share of the catalogue that is recommended to anybody',
  novelty: 'mean surprise of what is recommended, in bits: −log₂ of the share of users who know it',
  intraListDiversity: 'mean distance between the movies of a list, 1 − cosine',
  popularityBias:
    'how much more popular recommendations are than what users watch by themselves; 0 is no bias',
};

/** Renders the measures beyond accuracy. */
export function listsSection({ servedLists, evaluation }: RunReport, charts: Charts): Html {
  const { users, models } = servedLists;
  const heldOut = Object.entries(evaluation?.models ?? {}).flatMap(([name, { beyondAccuracy }]) =>
    beyondAccuracy ? [[name, beyondAccuracy] as const] : [],
  );
  const measures = Object.keys(Object.values(models)[0] ?? {});
  if (users === 0 || measures.length === 0) {
    return section(
      'lists',
      'Popularity, coverage, novelty, diversity',
      emptyNote('No lists were made: no user has a history.'),
    );
  }
  return section(
    'lists',
    'Popularity, coverage, novelty, diversity',
    html`<p>
      The first ten movies that the published model serves to ${formatCount(users)} users, beside the most
      popular ones.
    </p>`,
    html`<div class="figures">
      ${measures.map((measure, place) =>
        figure(charts, `lists-${place}`, {
          title: wordsOf(measure),
          chart: lyingBarChart(
            Object.entries(models).map(([name, values]) => ({ name, value: values[measure] ?? NaN })),
            wordsOf(measure),
          ),
          rows: Object.keys(models).length,
          details: html`<p class="note">${MEANINGS[measure] ?? ''}</p>`,
        }),
      )}
    </div>`,
    measuresTable('Served lists', Object.entries(models)),
    heldOut.length > 0
      ? measuresTable('The same in the evaluation, each model alone', heldOut)
      : emptyNote(
          'In the evaluation each model ranked a few sampled negatives, which say nothing about its lists.',
        ),
  );
}

function measuresTable(
  caption: string,
  models: readonly (readonly [string, Record<string, number>])[],
): Html {
  const measures = Object.keys(models[0]?.[1] ?? {});
  return table(
    caption,
    ['model', ...measures.map(wordsOf)],
    models.map(([name, values]) => [
      name,
      ...measures.map((measure) => formatFigure(values[measure] ?? NaN)),
    ]),
  );
}

function accuracyTable(caption: string, models: Models): Html {
  const metrics = metricsOf(models);
  return table(
    caption,
    ['model', ...metrics.map(metricName)],
    Object.entries(models).map(([name, { accuracy }]) => [
      name,
      ...metrics.map((metric) => {
        const estimate = accuracy[metric];
        if (!estimate) return '–';
        return `${formatFigure(estimate.mean)} [${estimate.low.toFixed(3)}, ${estimate.high.toFixed(3)}]`;
      }),
    ]),
  );
}

function metricsOf(models: Models): string[] {
  return [...new Set(Object.values(models).flatMap(({ accuracy }) => Object.keys(accuracy)))];
}
