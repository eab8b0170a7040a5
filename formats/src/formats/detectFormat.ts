import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { movieLens100k } from './movieLens100k.ts';
import { movieLens10m } from './movieLens10m.ts';
import { movieLens1m } from './movieLens1m.ts';

export type { Format, TableFormat } from './format.ts';

/** More telling ones first: ml-1m and ml-10m name their files alike. */
const FORMATS: readonly Format[] = [csv, movieLens1m, movieLens10m, movieLens100k];

/** The format that a set of file names is in; null where none fits. */
export function detectFormat(files: { has(name: string): boolean }): Format | null {
  const fits = ({ signs, movies, ratings }: Format) =>
    [...signs, movies.file].every((file) => files.has(file)) && ratings.some(({ file }) => files.has(file));
  return FORMATS.find(fits) ?? null;
}

/** The files that each format needs, as text for people. */
export function describeFormats(): string[] {
  return FORMATS.map(({ name, movies, ratings }) => `${movies.file} and ${ratings[0]?.file} (${name})`);
}
