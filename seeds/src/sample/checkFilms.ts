/**
 * Checks the sample's films against MovieLens' ml-latest-small: `npx tsx seeds/src/sample/checkFilms.ts <its folder>`.
 * Exits 1 below the share that the project asks for.
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
}

/** Looks for each film up to 2018 a row of the same title and year with a genre in common. */
export function checkFilms(films: readonly Film[], movielensFolder: string): FilmCheck {
  const rows = parse<{ title: string; genres: string }>(
    readFileSync(join(movielensFolder, 'movies.csv'), 'utf8'),
    {
      columns: true,
    },
  );
  const known = new Map<string, Set<string>>();
  for (const { title, genres } of rows) {
    const match = /^(.*) \((\d{4})\)\s*$/.exec(title);
    if (!match) continue;
    const [, names = '', year = ''] = match;
    const alternatives = [...names.matchAll(/\(([^)]*)\)/g)].map(([, name = '']) =>
      name.replace(/^a\.?k\.?a\.? /, ''),
    );
    for (const name of [names, names.replace(/\s*\(.*/, ''), ...alternatives]) {
      const key = keyOf(name, Number(year));
      known.set(key, new Set([...(known.get(key) ?? []), ...genres.split('|')]));
    }
  }
  const checked = films.filter((film) => film.releaseYear <= LAST_YEAR);
  const mismatches = checked.filter((film) => {
    const genres = known.get(keyOf(film.title, film.releaseYear));
    return !film.genres.some((genre) => genres?.has(genre));
  });
  return { checked: checked.length, mismatches, share: 1 - mismatches.length / checked.length };
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
  const { checked, mismatches, share } = checkFilms(readFilms(), folder);
  for (const film of mismatches)
    process.stdout.write(`no counterpart: ${film.title} (${film.releaseYear}) ${film.genres.join(', ')}\n`);
  process.stdout.write(
    `${checked - mismatches.length} of ${checked} films match (${(100 * share).toFixed(1)} %)\n`,
  );
  process.exitCode = share >= REQUIRED_SHARE ? 0 : 1;
}
