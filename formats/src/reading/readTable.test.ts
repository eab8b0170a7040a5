import { describe, expect, it } from '@jest/globals';
import { csvRatings } from '../formats/csv.ts';
import { FIRST_MAPPED_ID, RatingIds } from '../ids/idColumn.ts';
import { FormatError } from '../checks/formatError.ts';
import { RatingChecker } from '../checks/ratingChecker.ts';
import { readRatingBlocks, readRows } from './readTable.ts';

const TEXT = '\uFEFFuserId,movieId,rating,timestamp\r\n7,31,4.5,100\r\n\n8,"31",0.5,\n9,31,5,1';

async function* pieces(...parts: Uint8Array[]) {
  for (const part of parts) yield await Promise.resolve(part);
}

/** Ratings as `line user stars time`, however they were read. */
async function ratingsOf(chunks: AsyncIterable<Uint8Array>): Promise<string[]> {
  const found: string[] = [];
  const checker = new RatingChecker({ scale: null, timeUnit: null });
  for await (const part of readRatingBlocks(csvRatings, 'ratings.csv', chunks, checker)) {
    if ('lines' in part)
      for (let index = 0; index < part.length; index++)
        found.push(
          [
            part.lines[index],
            part.userIds[index],
            (part.halfStars[index] ?? 0) / 2,
            part.ratedAtSeconds[index],
          ].join(' '),
        );
    else
      for (const { line, row } of part) found.push(`${line} ${row?.userId} ${row?.rating} ${row?.timestamp}`);
  }
  return found;
}

describe('a file of ratings', () => {
  const bytes = new TextEncoder().encode(TEXT);

  it.each(Array.from(bytes, (_, at) => at))('is read alike when cut at byte %i', async (at) => {
    const expected = ['2 7 4.5 100', '4 8 0.5 ', '5 9 5 1'];
    expect(await ratingsOf(pieces(bytes.subarray(0, at), bytes.subarray(at)))).toEqual(expected);
    const lines: number[] = [];
    for await (const rows of readRows(csvRatings, 'r', pieces(bytes.subarray(0, at), bytes.subarray(at))))
      lines.push(...rows.map(({ line }) => line));
    expect(lines).toEqual([2, 4, 5]);
  });

  it('that lacks a column is refused by name', async () => {
    const header = ratingsOf(pieces(new TextEncoder().encode('\nuserId,rating\n')));
    await expect(header).rejects.toThrow(
      'ratings.csv: the first line must name the columns, and lacks movieId. It is: userId,rating\n' +
        '  it looks separated by ","; found userId, rating; rename the right column, as in userId,movieId,rating,timestamp',
    );
    await expect(header).rejects.toMatchObject({ file: 'ratings.csv', line: 2 });
    await expect(header).rejects.toBeInstanceOf(FormatError);
  });
});

describe('ids that are no plain numbers', () => {
  const LINES = [
    'userId,movieId,rating,timestamp',
    'ann,tt1,4,1',
    'bob,tt1,9,2',
    'cid,tt2,5,',
    ',tt1,4,1',
    '9223372036854775807,tt1,4,1',
    'ann,7,3,1',
    '5,tt1,3,1',
    '"ann",tt1,4,1',
  ];
  /** Blocks as user, movie; other rows as they are. */
  const read = async (ids: RatingIds) => {
    const found: unknown[] = [];
    for await (const part of readRatingBlocks(
      csvRatings,
      'ratings.csv',
      pieces(new TextEncoder().encode(LINES.join('\n'))),
      new RatingChecker({ scale: null, timeUnit: null }, ids),
    ))
      if ('lines' in part)
        for (let index = 0; index < part.length; index++)
          found.push([ids.users.textOf(part.userIds[index] ?? 0), part.movieIds[index]]);
      else found.push(...part.map(({ row }) => row?.userId));
    return found;
  };

  it('come in blocks too, and none is remembered of a line that cannot be used', async () => {
    const ids = new RatingIds();
    const found = await read(ids);
    expect(
      Array.from({ length: ids.users.mapped.size }, (_, index) => ids.users.mapped.textOf(index)),
    ).toEqual(['ann', 'cid', '9223372036854775807']);
    expect(found).toEqual([
      [String(FIRST_MAPPED_ID), FIRST_MAPPED_ID],
      'bob',
      [String(FIRST_MAPPED_ID + 1), FIRST_MAPPED_ID + 1],
      '',
      [String(FIRST_MAPPED_ID + 2), FIRST_MAPPED_ID],
      [String(FIRST_MAPPED_ID), 7],
      ['5', FIRST_MAPPED_ID],
      'ann',
    ]);
  });

  it('of movies that a settled column does not know are left to be reported', async () => {
    const ids = new RatingIds();
    ids.movies.numberOf('tt1');
    ids.movies.settle(Int32Array.of(2_000_000_000));
    expect(await read(ids)).toEqual([
      [String(FIRST_MAPPED_ID), 2_000_000_000],
      'bob',
      'cid',
      '',
      [String(FIRST_MAPPED_ID + 1), 2_000_000_000],
      [String(FIRST_MAPPED_ID), 7],
      ['5', 2_000_000_000],
      'ann',
    ]);
  });
});
