import { itemMapChart } from './charts.ts';
import { emptyNote, section, table } from './elements.ts';
import type { Charts } from './elements.ts';
import { formatCount } from './format.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { RunReport } from './reportData.ts';

/** Movies per genre in the table beside the map. */
const TITLES_PER_GENRE = 5;

/** The map of the item embedding: movies that the same people watch lie near one another. */
export function mapSection({ itemMap }: RunReport, charts: Charts): Html {
  if (itemMap === null || itemMap.points.length === 0) {
    return section('map', 'Item map', emptyNote('There are too few movies with an embedding to draw a map.'));
  }
  const { method, movies, points } = itemMap;
  charts['item-map'] = itemMapChart(itemMap);
  const genres = [...new Set(points.map(({ genre }) => genre))].sort((a, b) => a.localeCompare(b));
  const which =
    points.length < movies
      ? `The ${formatCount(points.length)} most rated of ${formatCount(movies)} movies`
      : `All ${formatCount(movies)} movies`;
  return section(
    'map',
    'Item map',
    html`<p>
      ${which} by the embedding learnt from who watched what: ${method}. What lies close together is watched
      by the same people; directions and far distances mean nothing. Larger points have more ratings, colours
      tell the genre that says most about a movie.
    </p>`,
    html`<form class="controls" id="map-controls">
      <label>
        <span>Find a movie</span>
        <input type="search" id="map-search" list="map-titles" autocomplete="off" placeholder="Title" />
      </label>
      <datalist id="map-titles"></datalist>
      <div class="buttons" role="group" aria-label="Zoom of the map">
        <button type="button" data-zoom="in">Zoom in</button>
        <button type="button" data-zoom="out">Zoom out</button>
        <button type="button" data-zoom="all">Whole map</button>
      </div>
    </form>`,
    html`<p id="map-answer" class="note" role="status">
      Wheel or two fingers zoom, dragging moves the map, and a point tells its title.
    </p>`,
    html`<fieldset class="genres" id="map-genres">
      <legend>Genres</legend>
    </fieldset>`,
    html`<div
      class="chart map"
      id="item-map"
      data-chart
      role="img"
      aria-label="Map of ${formatCount(points.length)} movies; the table below names the most rated ones of each genre"
    ></div>`,
    html`<details>
      <summary>As a table</summary>
      ${table(
        `The most rated movies of each genre on the map`,
        ['genre', 'movies', 'most rated'],
        genres.map((genre) => {
          const ofGenre = points
            .filter((point) => point.genre === genre)
            .sort((a, b) => b.ratings - a.ratings);
          const titles = ofGenre.slice(0, TITLES_PER_GENRE).map(({ title }) => title);
          return [genre, formatCount(ofGenre.length), titles.join(' · ')];
        }),
      )}
    </details>`,
  );
}
