import { BLOCK_LENGTH, sourceBlock, type SourceBlock } from '../rows/ratingBlock.ts';
import type { RatingTable } from '../rows/rows.ts';
import { FormatError } from '../checks/formatError.ts';
import type { ProblemKind, RatingProblem } from '../checks/problems.ts';
import { causeOfRatings, doubtOfScale, doubtOfTimes } from '../checks/ratingCauses.ts';
import type { RatingChecker } from '../checks/ratingChecker.ts';
import type { SkippedRows } from '../checks/skippedRows.ts';

/** The checks of the ratings of a table. */
export interface RatingReading {
  checker: RatingChecker;
  /** Takes what cannot be used, and holds the rule for how much of that there may be. */
  skipped: SkippedRows;
  /** False for movies whose ratings cannot be used; absent where every movie's can. */
  hasMovie?: (movieId: number) => boolean;
  /** True for movies that are not there for a problem of their own row. */
  isRejected?: (movieId: string) => boolean;
  /** Takes the ids of movies that are not there, and says why that may be. */
  unknownMovies?: { add(movieId: string): void; cause(): string | null };
  /** Called with the bytes read so far. */
  onBytes?: (readBytes: number) => void;
}

/**
 * The ratings of a table that can be used, in the order of the file, repeated ones too; the others are counted. A block is valid until
 * the next is asked for. On the scale `counts` its half stars are counts.
 * @throws FormatError at the end, where too many cannot be used, none can, or the column can hardly be on its scale; sooner when strict
 */
export async function* readCheckedRatings(
  table: RatingTable,
  reading: RatingReading,
): AsyncGenerator<SourceBlock> {
  const { checker, hasMovie = () => true, onBytes = () => {} } = reading;
  const checked = sourceBlock(BLOCK_LENGTH, checker.options.scale === 'counts');
  let numRows = 0;
  let numUsed = 0;
  for await (const part of table.blocks?.(checker, onBytes) ?? table.rows(onBytes)) {
    numRows += part.length;
    if ('lines' in part) {
      if (reading.hasMovie) dropUnknownMovies(part, table.file, reading);
      numUsed += part.length;
      if (part.length > 0) yield part;
      continue;
    }
    for (const row of part) {
      const problem = checker.append(row, checked, hasMovie);
      if (problem) report(problem, table.file, row.line, reading);
      if (checked.length < BLOCK_LENGTH) continue;
      numUsed += checked.length;
      yield checked;
      checked.length = 0;
    }
    numUsed += checked.length;
    if (checked.length > 0) yield checked;
    checked.length = 0;
  }
  refuse(table, reading, { numRows, numUsed });
}

/** @throws FormatError */
function refuse(
  { file, notes }: RatingTable,
  { checker, skipped, unknownMovies }: RatingReading,
  { numRows, numUsed }: { numRows: number; numUsed: number },
): void {
  const causeOf = (kind: ProblemKind) =>
    causeOfRatings(kind, { checker, notes }, unreadRows(file, skipped) ?? unknownMovies?.cause());
  skipped.refuseTooMany(file, numRows, causeOf);
  const { allowSkipped, takesConstant = false } = skipped.policy;
  const isConstant = takesConstant && checker.ratings.facts().values.size === 1;
  const doubtOfRatings = isConstant ? null : doubtOfScale({ checker, notes });
  const doubt = allowSkipped ? null : (doubtOfRatings ?? doubtOfTimes({ checker }));
  if (doubt !== null) throw new FormatError(`${file}: ${doubt}`, file, null);
  if (numUsed > 0) return;
  const cause = skipped.count('ratingOffScale', file) > 0 ? causeOf('ratingOffScale') : null;
  const lines = [`${file} has no ${numRows === 0 ? 'ratings' : 'usable rating'}`, ...skipped.describe()];
  if (cause !== null) lines.push(`likely cause: ${cause}`);
  throw new FormatError(lines.join('\n'), file, null);
}

/** The rows of other files that could not be split, so that nobody knows whose they were; null where there are none. */
function unreadRows(file: string, skipped: SkippedRows): string | null {
  const found = skipped.snapshot().find(([other, kind]) => other !== file && kind === 'columnCount');
  if (!found) return null;
  const [other, , count, places] = found;
  return `${other} has ${count === 1 ? 'a row' : `${count} rows`} that cannot be read, ${places.slice(0, 3).join(', ')}: mend quotes that are not closed, and separators too many or too few`;
}

function report(
  { kind, value }: RatingProblem,
  file: string,
  line: number,
  { isRejected, skipped, unknownMovies }: RatingReading,
): void {
  const isItsMovies = kind === 'unknownMovie' && isRejected?.(value ?? '');
  if (kind === 'unknownMovie' && !isItsMovies) unknownMovies?.add(value ?? '');
  skipped.add(isItsMovies ? 'unreadableMovie' : kind, file, line, value);
}

function dropUnknownMovies(block: SourceBlock, file: string, reading: RatingReading): void {
  const { hasMovie = () => true } = reading;
  const { userIds, movieIds, ratedAtSeconds, halfStars, lines } = block;
  let kept = 0;
  for (let index = 0; index < block.length; index++) {
    const movieId = movieIds[index] ?? 0;
    if (!hasMovie(movieId)) {
      report(
        { kind: 'unknownMovie', value: reading.checker.ids.movies.textOf(movieId) },
        file,
        lines[index] ?? 0,
        reading,
      );
      continue;
    }
    if (kept < index) {
      userIds[kept] = userIds[index] ?? 0;
      movieIds[kept] = movieId;
      ratedAtSeconds[kept] = ratedAtSeconds[index] ?? 0;
      halfStars[kept] = halfStars[index] ?? 0;
      lines[kept] = lines[index] ?? 0;
    }
    kept++;
  }
  block.length = kept;
}
