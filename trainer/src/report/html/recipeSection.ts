import { lossChart, lyingBarChart } from './charts.ts';
import { emptyNote, figure, foldedTable, section, table } from './elements.ts';
import type { Charts } from './elements.ts';
import { formatFigure, formatShare, wordsOf } from './format.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { LossCurve, RunReport } from './reportData.ts';

/** Renders the recipe: settings, and the parts' shares of the served score. */
export function recipeSection({ recipe, weights }: RunReport, charts: Charts): Html {
  const shares = Object.entries(weights);
  const { name, seed, choices, algorithms, serving } = recipe;
  return section(
    'recipe',
    'Recipe and settings',
    html`<p>The recipe is <strong>${name}</strong>, everything random comes from seed ${seed}.</p>`,
    html`<ul>
      ${choices.map((choice) => html`<li>${choice}</li>`)}
    </ul>`,
    shares.length === 0
      ? emptyNote('Shares of the served score: the model does not state any.')
      : figure(charts, 'weights', {
          title: 'Shares of the served score',
          chart: lyingBarChart(
            shares.map(([model, value]) => ({ name: model, value })),
            'share',
          ),
          rows: shares.length,
          details: table(
            'Shares of the served score',
            ['model', 'share'],
            shares.map(([model, share]) => [model, formatShare(share)]),
          ),
        }),
    html`<div class="tables">
      ${Object.entries({ ...algorithms, serving }).map(([model, settings]) => settingsTable(model, settings))}
    </div>`,
  );
}

function settingsTable(model: string, settings: Record<string, unknown>): Html {
  const rows = Object.entries(settings).map(([name, value]) => [wordsOf(name), textOf(value)]);
  if (rows.length === 0) return emptyNote(`${model} has no settings.`);
  return table(model, ['setting', 'value'], rows);
}

/** A setting as people read it; what is nested becomes `name value` in a row. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => `${wordsOf(name)} ${textOf(inner)}`)
      .join(', ');
  }
  return JSON.stringify(value) ?? '';
}

/** Renders the falling loss, one chart per model: losses of different models cannot be compared. */
export function lossSection({ lossCurves }: RunReport, charts: Charts): Html {
  // A closed form reports one loss at its end, which is no curve.
  const curves = lossCurves.filter(({ points }) => points.length > 1);
  if (curves.length === 0) {
    return section(
      'loss',
      'Loss',
      emptyNote(
        'No loss was recorded: every fit of this run was taken over from an earlier one, or has a closed form and no epochs.',
      ),
    );
  }
  const silent = lossCurves.filter(({ points }) => points.length <= 1);
  const models = [...new Set(curves.map(({ model }) => model))];
  return section(
    'loss',
    'Loss',
    html`<p>
      The mean loss of each epoch, in nats. Each model has its own loss: compare along a line, not between
      models.
    </p>`,
    html`<div class="figures">
      ${models.map((model, place) =>
        lossFigure(
          charts,
          `loss-${place}`,
          model,
          curves.filter((curve) => curve.model === model),
        ),
      )}
      ${learningFigures(curves, charts)}
    </div>`,
    silent.length === 0
      ? html``
      : html`<p class="note">
          Without a loss, since they were taken over from an earlier run or are solved in closed form:
          ${silent.map(({ model, data }) => `${model} (${data})`).join(', ')}.
        </p>`,
  );
}

/** Shows how well held-out items were found after each epoch, of models that stop early by them. */
function learningFigures(curves: readonly LossCurve[], charts: Charts): Html[] {
  return curves.flatMap((curve, place) => {
    const measured = curve.points.flatMap(({ epoch, ndcgAt10 }) =>
      ndcgAt10 === undefined ? [] : [{ epoch, ndcgAt10 }],
    );
    if (measured.length === 0) return [];
    const best = measured.reduce((one, other) => (other.ndcgAt10 > one.ndcgAt10 ? other : one));
    return [
      figure(charts, `learning-${place}`, {
        title: `${curve.model}: NDCG@10 of what was held out`,
        chart: lossChart([curve], 'ndcgAt10'),
        details: foldedTable(
          `NDCG@10 of ${curve.model}`,
          ['fitted on', 'epochs measured', 'best', 'after epoch'],
          [[curve.data, measured.length, formatFigure(best.ndcgAt10), best.epoch]],
        ),
      }),
    ];
  });
}

function lossFigure(charts: Charts, id: string, model: string, curves: readonly LossCurve[]): Html {
  const at = ({ points }: LossCurve, place: number): string => formatFigure(points.at(place)?.loss ?? NaN);
  return figure(charts, id, {
    title: model,
    chart: lossChart(curves),
    details: foldedTable(
      `Loss of ${model}`,
      ['fitted on', 'epochs', 'first', 'last', 'lowest'],
      curves.map((curve) => [
        curve.data,
        curve.points.length,
        at(curve, 0),
        at(curve, -1),
        formatFigure(Math.min(...curve.points.map(({ loss }) => loss))),
      ]),
    ),
  });
}
