import { describe, expect, it } from '@jest/globals';
import { csv, csvRatings } from '../formats/csv.ts';
import { datRatings } from '../formats/movieLens10m.ts';
import { FormatError } from '../checks/formatError.ts';
import { decodeText } from './encoding.ts';
import { parseTable } from './parseTable.ts';
import { readRows } from './readTable.ts';
import { tableNotes } from './rowReader.ts';

const TITLES = ['Crème, Brûlée & Co.', 'Señor Ocaso “Live” €5', 'Plain'];
const TEXT = `movieId,title,genres\n${TITLES.map((title, index) => `${index + 1},"${title}",Drama`).join('\n')}\n`;

/** Windows-1252 of the characters above. */
function windows1252(text: string): Buffer {
  const own: Record<string, number> = { '€': 0x80, '“': 0x93, '”': 0x94 };
  return Buffer.from(Array.from(text, (character) => own[character] ?? character.charCodeAt(0)));
}
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const MARK = '\uFEFF';

async function titlesOf(bytes: Uint8Array, pieceLength = bytes.length): Promise<(string | undefined)[]> {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceLength)
      yield await Promise.resolve(bytes.subarray(at, at + pieceLength));
  }
  const titles: (string | undefined)[] = [];
  for await (const rows of readRows(csv.movies, 'movies.csv', pieces()))
    titles.push(...rows.map(({ row }) => row?.title));
  return titles;
}

describe('text', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with its mark', Buffer.from(MARK + TEXT)],
    ['Windows-1252', windows1252(TEXT)],
    ['UTF-16, little end first', Buffer.from(MARK + TEXT, 'utf16le')],
    ['UTF-16, big end first', utf16be(MARK + TEXT)],
    ['UTF-16 without its mark', Buffer.from(TEXT, 'utf16le')],
    ['CRLF', Buffer.from(TEXT.replaceAll('\n', '\r\n'))],
    ['CR', Buffer.from(TEXT.replaceAll('\n', '\r'))],
    ['CR CR LF', Buffer.from(TEXT.replaceAll('\n', '\r\r\n'))],
    ['CR in UTF-16', Buffer.from(MARK + TEXT.replaceAll('\n', '\r'), 'utf16le')],
    ['no last line end', Buffer.from(TEXT.trimEnd())],
    ['semicolons', Buffer.from(TEXT.replaceAll(/,(?=["tgD])|(?<=")(?=,)/g, ';').replaceAll(';,', ';'))],
    ["Excel's first line", Buffer.from(`sep=,\r\n${TEXT}`)],
    ['a title and a remark before', Buffer.from(`My films\n\n# of 2020\n${TEXT}`)],
    [
      'rules as databases draw them',
      Buffer.from(`+--+---+\n${TEXT.replace('\n', '\n--+--+---\n')}+--+---+\n`),
    ],
    ['a rule below the names', Buffer.from(TEXT.replace('\n', '\n-------,:----:,---\n'))],
    ['the names once more', Buffer.from(TEXT.replace('\n2,', '\nmovieId,title,genres\n2,'))],
    ["CP/M's end", Buffer.from(`${TEXT}\x1a`)],
    ['blank lines', Buffer.from(TEXT.replaceAll('\n', '\n\n   \n,,\n'))],
  ])('of %s is read as it was meant, however it is cut', async (_, bytes) => {
    expect(await titlesOf(bytes)).toEqual(TITLES);
    for (const pieceLength of [1, 2, 3, 7, 50]) expect(await titlesOf(bytes, pieceLength)).toEqual(TITLES);
  });

  it('that turns out to be Windows-1252 far into the file has no wrong letter before or after', async () => {
    const plain = Array.from({ length: 30_000 }, (_, index) => `${index},Plain ${index},Drama`).join('\n');
    const bytes = windows1252(`movieId,title,genres\n${plain}\n90000,Crème,Drama\n90001,Plain,Drama\n`);
    const titles = await titlesOf(bytes, 1 << 16);
    expect(titles).toHaveLength(30_002);
    expect(titles.slice(-3)).toEqual(['Plain 29999', 'Crème', 'Plain']);
  });

  it('of two encodings is read line by line', async () => {
    const bytes = Buffer.concat([Buffer.from('movieId,title\n1,Crème\n'), windows1252('2,Brûlée\n')]);
    expect(await titlesOf(bytes)).toEqual(['Crème', 'Brûlée']);
  });

  it.each([
    ['an Excel workbook', Buffer.from('PK\x03\x04rest'), /Excel workbook: save it as CSV/],
    ['a gzip file', Buffer.from([0x1f, 0x8b, 8, 0, 0]), /gzip file: unpack it/],
    ['bytes', Buffer.from([1, 2, 0, 3, 4, 0, 0]), /not text/],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x6d, 0, 0, 0]), /UTF-32: save it as UTF-8/],
  ])('is not what %s hold', async (_, bytes, message) => {
    await expect(titlesOf(bytes)).rejects.toThrow(message);
    await expect(titlesOf(bytes, 1)).rejects.toBeInstanceOf(FormatError);
  });

  it('is decoded whole as well', () => {
    for (const bytes of [Buffer.from(MARK + TEXT), windows1252(TEXT), Buffer.from(MARK + TEXT, 'utf16le')])
      expect(decodeText('x', bytes)).toBe(TEXT);
  });
});

describe('the names of columns', () => {
  const read = async (text: string) => {
    const notes = tableNotes();
    async function* pieces() {
      yield await Promise.resolve(Buffer.from(text));
    }
    let count = 0;
    for await (const rows of readRows(csvRatings, 'ratings.csv', pieces(), notes)) count += rows.length;
    return { count, notes };
  };

  it('may stand below other lines, which are told', async () => {
    const { count, notes } = await read('# exported\n\n# by me\nuserId,movieId,rating\n1,2,3\n');
    expect([count, notes.preamble]).toEqual([1, { count: 2, example: '# exported' }]);
    expect((await read('userId,movieId,rating\n1,2,3\n')).notes.preamble).toBeNull();
  });

  it('are missed in the line that has most of them', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `${index},2,3`);
    const text = ['My ratings', 'userId,movieId,mine', ...lines].join('\n');
    await expect(read(text)).rejects.toThrow(/lacks rating\. It is: userId,movieId,mine/);
    await expect(read('My notes\nall of them\n')).rejects.toThrow(/lacks userId, .*My notes/);
  });

  it('are no row of formats that have none', () => {
    const { isFirstLineNames } = datRatings.open('UserID::MovieID::Rating::Timestamp', null);
    expect(isFirstLineNames).toBe(true);
    expect(datRatings.open('1::2::3::4', null).isFirstLineNames).toBe(false);
  });
});

describe('quotes', () => {
  const rowsOf = async (text: string) => {
    const found: unknown[] = [];
    async function* pieces() {
      yield await Promise.resolve(Buffer.from(text));
    }
    for await (const rows of readRows(csv.movies, 'movies.csv', pieces()))
      found.push(...rows.map(({ line, row }) => [line, row && row.title]));
    return found;
  };

  it('go on over lines', async () => {
    expect(await rowsOf('movieId,title\n1,"Two\nlines, ""of"" one"\r\n2,"a\r\n\r\nb"\n3,c\n')).toEqual([
      [2, 'Two\nlines, "of" one'],
      [4, 'a\n\nb'],
      [7, 'c'],
    ]);
  });

  it.each([
    ['at the end of the file', 'movieId,title\n1,"open\n2,b\n3,c\n'],
    ['by a quote that ends nothing', 'movieId,title\n1,"open\n2,"b"\n3,c\n'],
  ])('that do not close cost their line alone, seen %s', async (_, text) => {
    expect(await rowsOf(text)).toEqual([
      [2, null],
      [3, 'b'],
      [4, 'c'],
    ]);
  });

  it('that do not close in a long file cost their line alone', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `${index + 2},title ${index}`);
    const rows = await rowsOf(['movieId,title', '1,"open', ...lines].join('\n'));
    expect(rows).toHaveLength(501);
    expect(rows[0]).toEqual([2, null]);
    expect(rows[500]).toEqual([502, 'title 499']);
  });
});

describe('parseTable', () => {
  it.each([
    'Date;Name;Year\n2024-03-01;"Two\nlines; here";1994\n\n2024-03-02;b;2001\n',
    'sep=\t\nDate\tName\tYear\r\n2024-03-01\t"Two\r\nlines; here"\t1994\r\n2024-03-02\tb\t2001\r\n',
    'Date,Name,Year\r2024-03-01,"Two\rlines; here",1994\r2024-03-02,b,2001',
  ])('reads any columns: %j', (text) => {
    expect(parseTable('diary.csv', Buffer.from(text))).toEqual({
      header: ['Date', 'Name', 'Year'],
      numUnreadable: 0,
      rows: [
        ['2024-03-01', 'Two\nlines; here', '1994'],
        ['2024-03-02', 'b', '2001'],
      ],
    });
  });
});
