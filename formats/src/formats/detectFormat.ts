import { csv } from './csv.ts';
import type { Format, TableFormat } from './format.ts';
import { movieLens100k } from './movieLens100k.ts';
import { movieLens10m } from './movieLens10m.ts';
import { movieLens1m } from './movieLens1m.ts';

export type { Format, TableFormat } from './format.ts';

/** More telling ones first: ml-1m and ml-10m name their files alike. */
const FORMATS: readonly Format[] = [csv, movieLens1m, movieLens10m, movieLens100k];

/** The format that a set of file names is in; null where none fits. */
export function detectFormat(names: Iterable<string>): Format | null {
  const files = [...names];
  const fits = ({ signs, movies, ratings }: Format) =>
    signs.every((sign) => files.some((name) => base(name) === sign)) &&
    nameOf(movies, files) !== null &&
    ratings.some((table) => nameOf(table, files) !== null);
  return FORMATS.find(fits) ?? null;
}

/**
 * The name among those given that a table has; null where it has none. Case does not matter, nor `.gz`; where no name is known, the only one that has the table's word in
 * it is taken: `ratings (1).csv`, `my_ratings.csv`, `ratings.csv.txt`.
 */
export function nameOf(
  table: Pick<TableFormat<unknown>, 'file' | 'otherNames' | 'words'>,
  names: Iterable<string>,
): string | null {
  const files = [...names];
  for (const known of [table.file, ...(table.otherNames ?? [])]) {
    const found = files.find((name) => base(name) === known);
    if (found !== undefined) return found;
  }
  const { words } = table;
  const alike = words ? files.filter((name) => hasWord(base(name), words)) : [];
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

function base(name: string): string {
  return name.toLowerCase().replace(/\.gz$/, '');
}

const TABLE_ENDING = /(?:\.csv|\.tsv|\.txt)+$/;

function hasWord(name: string, words: readonly string[]): boolean {
  const stem = name.replace(TABLE_ENDING, '');
  return stem !== name && !name.startsWith('.') && stem.split(/[^a-z]+/).some((word) => words.includes(word));
}

/** The files that each format needs, as text for people. */
export function describeFormats(): string[] {
  return FORMATS.map(({ name, movies, ratings }) => `${movies.file} and ${ratings[0]?.file} (${name})`);
}

/** Says of half a data set what is there, and what is missing with its content; null where there is none. */
export function describeMissing(names: Iterable<string>): string | null {
  const files = [...names];
  for (const { movies, ratings } of FORMATS) {
    const moviesName = nameOf(movies, files);
    const ratingsName = ratings.map((table) => nameOf(table, files)).find((name) => name !== null);
    const [table] = ratings;
    if (moviesName !== null && !ratingsName && table)
      return `there is ${moviesName}, and no ${table.file} with the ratings: ${table.content}`;
    if (moviesName === null && ratingsName)
      return `there is ${ratingsName}, and no ${movies.file} with the movies: ${movies.content}`;
  }
  return null;
}
