import type { Chart } from './charts.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** The charts of a page, by the id of the element in which each is drawn. */
export type Charts = Record<string, Chart>;

/** A section of the page under its heading. */
export function section(id: string, title: string, ...content: readonly Html[]): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section>`;
}

/** Why there is nothing to see. */
export function emptyNote(reason: string): Html {
  return html`<p class="empty">${reason}</p>`;
}

/** A table that scrolls sideways by itself where it is too wide. The first column names the row; numbers stand right. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Html {
  const isNumeric = head.map((_, column) =>
    rows.every((row) => /^[-−+\d.,%\s–[\]]*$/.test(`${row[column]}`)),
  );
  const kind = (column: number): string => (isNumeric[column] ? 'number' : 'text');
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map((title, column) => html`<th scope="col" class="${kind(column)}">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, column) =>
                column === 0
                  ? html`<th scope="row" class="${kind(column)}">${cell}</th>`
                  : html`<td class="${kind(column)}">${cell}</td>`,
              )}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A table that opens on demand, beside a chart that shows the same. */
export function foldedTable(...content: Parameters<typeof table>): Html {
  return html`<details>
    <summary>As a table</summary>
    ${table(...content)}
  </details>`;
}

/**
 * A chart under its title, with the table that says the same; adds the chart to `charts`.
 * @param rows how many rows lie in it, where its height goes by them
 */
export function figure(
  charts: Charts,
  id: string,
  { title, chart, details, rows }: { title: string; chart: Chart; details: Html; rows?: number },
): Html {
  charts[id] = chart;
  // Heights come in steps, as classes: the page allows no style attributes.
  const height = rows === undefined ? 'standing' : `rows-${Math.min(12, Math.max(2, rows))}`;
  return html`<figure>
    <figcaption>${title}</figcaption>
    <div class="chart ${height}" id="${id}" data-chart role="img" aria-label="Chart: ${title}"></div>
    ${details}
  </figure>`;
}
