import { PERSONAL_KINDS, type PersonalFile, type PersonalRow } from './personalRow.ts';

/**
 * The rows of all files, each film once of each kind, in the order of the kinds and then of the files. Of several the latest counts, the
 * later row where times are equal or missing; a rating in a diary counts where no list of ratings has the film, and gives the day on
 * which it was watched.
 */
export function mergeRows(files: readonly PersonalFile[]): PersonalRow[] {
  const lists = latestOf(files.filter(({ isDiary }) => !isDiary));
  const diaries = latestOf(files.filter(({ isDiary }) => isDiary));
  const merged = new Map<string, PersonalRow>();
  for (const [key, row] of lists) {
    const watchedAtSeconds = diaries.get(key)?.watchedAtSeconds ?? row.watchedAtSeconds;
    merged.set(key, { ...row, watchedAtSeconds });
  }
  for (const [key, row] of diaries) if (!merged.has(key)) merged.set(key, row);
  const rows = [...merged.values()];
  return PERSONAL_KINDS.flatMap((kind) => rows.filter((row) => row.kind === kind));
}

function latestOf(files: readonly PersonalFile[]): Map<string, PersonalRow> {
  const latest = new Map<string, PersonalRow>();
  for (const row of files.flatMap(({ rows }) => rows)) {
    const key = `${row.kind} ${filmKey(row)}`;
    const before = latest.get(key);
    if (!before || !isLater(before, row)) latest.set(key, row);
  }
  return latest;
}

function isLater(one: PersonalRow, other: PersonalRow): boolean {
  return (
    one.watchedAtSeconds !== null &&
    other.watchedAtSeconds !== null &&
    one.watchedAtSeconds > other.watchedAtSeconds
  );
}

function filmKey({ imdbId, tmdbId, title, year }: PersonalRow): string {
  if (imdbId !== null) return `tt${imdbId}`;
  return tmdbId === null ? `${title?.normalize('NFC').toLowerCase()} ${year}` : `tmdb ${tmdbId}`;
}
