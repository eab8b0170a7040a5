/**
 * Checks the sample's films against MovieLens' ml-latest-small: `npx tsx seeds/src/sample/checkFilms.ts <its folder>`.
 * Exits 1 below the share that the project asks for, and where an IMDb id is not the one that MovieLens links.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { readFilms, type Film } from './films.ts';

/** ml-latest-small ends here; later films cannot be in it. */
const LAST_YEAR = 2018;
export const REQUIRED_SHARE = 0.97;

export interface FilmCheck {
  checked: number;
  mismatches: Film[];
  /** Of the checked films, how many have a counterpart. */
  share: number;
  /** Films whose IMDb id is not that of their one counterpart. */
  wrongIds: Film[];
}

/** Looks for each film up to 2018 a row of the same title and year with a genre in common, and compares the IMDb ids. */
export function checkFilms(films: readonly Film[], movielensFolder: string): FilmCheck {
  const read = <Row>(file: string) =>
    parse<Row>(readFileSync(join(movielensFolder, file), 'utf8'), { columns: true });
  const rows = read<{ movieId: string; title: string; genres: string }>('movies.csv');
  const links = read<{ movieId: string; imdbId: string }>('links.csv');
  const imdbIds = new Map(links.map(({ movieId, imdbId }) => [movieId, `tt${imdbId}`]));
  const known = new Map<string, Counterpart[]>();
  for (const { movieId, title, genres } of rows) {
    const match = /^(.*) \((\d{4})\)\s*$/.exec(title);
    if (!match) continue;
    const [, names = '', year = ''] = match;
    const alternatives = [...names.matchAll(/\(([^)]*)\)/g)].map(([, name = '']) =>
      name.replace(/^a\.?k\.?a\.? /, ''),
    );
    for (const name of [names, names.replace(/\s*\(.*/, ''), ...alternatives]) {
      const key = keyOf(name, Number(year));
      const counterpart = { imdbId: imdbIds.get(movieId) ?? '', genres: genres.split('|') };
      known.set(key, [...(known.get(key) ?? []), counterpart]);
    }
  }
  const counterpartsOf = ({ title, releaseYear, genres }: Film) =>
    (known.get(keyOf(title, releaseYear)) ?? []).filter((one) =>
      genres.some((genre) => one.genres.includes(genre)),
    );
  const checked = films.filter((film) => film.releaseYear <= LAST_YEAR);
  const mismatches = checked.filter((film) => counterpartsOf(film).length === 0);
  const wrongIds = films.filter((film) => {
    const [imdbId, ...others] = new Set(counterpartsOf(film).map((one) => one.imdbId));
    return film.imdbId !== (imdbId !== undefined && others.length === 0 ? imdbId : '');
  });
  return {
    checked: checked.length,
    mismatches,
    share: 1 - mismatches.length / checked.length,
    wrongIds,
  };
}

interface Counterpart {
  imdbId: string;
  genres: string[];
}

const ARTICLES = 'the|a|an|le|la|les|l|il|el|das|der|die';

function keyOf(title: string, year: number): string {
  const folded = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return `${folded.replace(new RegExp(`^(${ARTICLES}) `), '').replace(new RegExp(` (${ARTICLES})$`), '')}|${year}`;
}

const [, script, folder] = process.argv;
if (script && folder && import.meta.url === pathToFileURL(script).href) {
  const { checked, mismatches, share, wrongIds } = checkFilms(readFilms(), folder);
  for (const film of mismatches)
    process.stdout.write(`no counterpart: ${film.title} (${film.releaseYear}) ${film.genres.join(', ')}\n`);
  for (const film of wrongIds)
    process.stdout.write(
      `not confirmed: ${film.title} (${film.releaseYear}) ${film.imdbId || 'without an id'}\n`,
    );
  process.stdout.write(
    `${checked - mismatches.length} of ${checked} films match (${(100 * share).toFixed(1)} %)\n`,
  );
  process.exitCode = share >= REQUIRED_SHARE && wrongIds.length === 0 ? 0 : 1;
}
