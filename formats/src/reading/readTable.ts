import type { TableFormat } from '../formats/format.ts';
import { BLOCK_LENGTH, sourceBlock, type SourceBlock } from '../rows/ratingBlock.ts';
import type { PlainRatings, RawRating, SourceRow, TableNotes } from '../rows/rows.ts';
import { plainBytes, textDecoder } from './encoding.ts';
import { LINE_FEED, wholeLines } from './lines.ts';
import { noteNotUtf8, RowReader, tableNotes } from './rowReader.ts';
import { RatingScanner } from './scanRatings.ts';

/**
 * Reads a file of any format, encoding and line end: its rows in their order, in batches of a chunk's. Empty lines and the header are no rows.
 * @param file its name, for errors
 * @param notes filled in when the first line is read
 * @throws FormatError when it is not text, or its header lacks a column
 */
export async function* readRows<T>(
  format: TableFormat<T>,
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  notes: TableNotes = tableNotes(),
): AsyncGenerator<SourceRow<T>[]> {
  const reader = new RowReader(format, file, notes);
  notes.notUtf8 = null;
  const decode = textDecoder((line) => noteNotUtf8(notes, line));
  for await (const bytes of wholeLines(plainBytes(file, chunks))) {
    const batch: SourceRow<T>[] = [];
    const lines = decode(bytes).split('\n');
    lines.pop();
    for (const text of lines) reader.read(text, batch);
    yield batch;
  }
  const last: SourceRow<T>[] = [];
  reader.end(last);
  if (last.length > 0) yield last;
}

/**
 * Reads a file of ratings much faster than `readRows`: plain ratings come in blocks straight from the bytes, and between them, in the
 * order of the file, the rows that are not plain. A block is valid until the next is asked for.
 * @param plain how numbers become stars
 * @param notes filled in when the first line is read
 * @throws FormatError when it is not text, or its header lacks a column
 */
export async function* readRatingBlocks(
  format: TableFormat<RawRating>,
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  plain: PlainRatings,
  notes: TableNotes = tableNotes(),
): AsyncGenerator<SourceBlock | readonly SourceRow<RawRating>[]> {
  const reader = new RowReader(format, file, notes);
  notes.notUtf8 = null;
  const decode = textDecoder((line) => noteNotUtf8(notes, line));
  const block = sourceBlock(BLOCK_LENGTH);
  let scanner: RatingScanner | null = null;
  for await (const bytes of wholeLines(plainBytes(file, chunks))) {
    const end = bytes.length;
    for (let at = 0; at < end;) {
      if (scanner?.scan(bytes, at)) {
        at = scanner.end;
        const index = block.length++;
        block.userIds[index] = scanner.userId;
        block.movieIds[index] = scanner.movieId;
        block.ratedAtSeconds[index] = scanner.ratedAtSeconds;
        block.halfStars[index] = scanner.halfStars;
        block.lines[index] = ++reader.line;
        if (block.length < BLOCK_LENGTH) continue;
        yield block;
        block.length = 0;
        continue;
      }
      const lineEnd = bytes.indexOf(LINE_FEED, at);
      const rows: SourceRow<RawRating>[] = [];
      const isFirst = !reader.table;
      reader.read(decode(bytes.subarray(at, lineEnd)), rows);
      at = lineEnd + 1;
      if (isFirst && reader.table) scanner = scannerOf(reader.table.plainSeparator, plain);
      if (rows.length === 0) continue;
      if (block.length > 0) yield block;
      block.length = 0;
      yield rows;
    }
    scanner?.flush(plain);
  }
  if (block.length > 0) yield block;
  const last: SourceRow<RawRating>[] = [];
  reader.end(last);
  if (last.length > 0) yield last;
}

function scannerOf(separator: number | null, plain: PlainRatings): RatingScanner | null {
  if (separator === null || plain.halfStarsByDouble === null || !plain.takesSeconds) return null;
  return new RatingScanner(separator, plain.halfStarsByDouble, plain.ids, (seconds) =>
    plain.times.addEarly(seconds),
  );
}
