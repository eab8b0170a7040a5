import type { TableNotes } from '../rows/rows.ts';

/** Why rows do not split into the columns that the first line names, and what mends it; null where all did. */
export function causeOfMisfit({ misfit }: TableNotes): string | null {
  if (!misfit) return null;
  const { line, numFields, numColumns, separator } = misfit;
  if (numFields === null)
    return `line ${line} has quotes that do not match: close them, or double those within`;
  const columns = `the first line names ${numColumns} columns, line ${line} has ${numFields}`;
  if (numFields === 1)
    return `${columns}: it is separated by something else than the first line, which has "${separator}"`;
  if (numFields < numColumns) return `${columns}: is the file cut off, or of two parts?`;
  const commas =
    separator === ','
      ? 'decimal commas, or commas in titles, need quotes or another separator'
      : `where "${separator}" stands within a column, as between genres, the column needs quotes, or the file another separator`;
  const numbers =
    numFields === numColumns + 1 ? 'numbers of rows, as R writes them, need a name in the first line' : null;
  return `${columns}: ${[commas, numbers].filter(Boolean).join('; ') || 'is the file of two parts?'}`;
}
