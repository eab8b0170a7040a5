import type { FilmItem } from './filmQuery.ts';

/** A row shows so many films at most, and is left out where it would show fewer than the least. */
const MOST_FILMS = 20;
const FEWEST_FILMS = 4;

/**
 * The films that are left of a row: none that is shown above it, and none that the audience has behind them; none at all where these
 * are too few for a row.
 */
export function distinctFilms(
  films: readonly FilmItem[],
  above: ReadonlySet<number>,
  isGone: (item: FilmItem) => boolean,
): readonly FilmItem[] {
  const left = films.filter((item) => !isGone(item) && !above.has(item.movie.movieId));
  return left.length < FEWEST_FILMS ? [] : left.slice(0, MOST_FILMS);
}
