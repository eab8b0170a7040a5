import { describe, expect, it } from '@jest/globals';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PLAIN_CSV, readFiles, readPath, storedRatings } from '../test/datasets.ts';
import { temporaryFolder, writeFolder, zipOf, type Files } from '../test/files.ts';

const refusal = (message: RegExp) => ({
  code: 'BAD_DATA',
  message: expect.stringMatching(message),
});

/** The same invented films and ratings in every format. */
const MOVIELENS_CSV: Files = {
  'movies.csv':
    'movieId,title,genres\r\n1,"Paper Lighthouse, The (Phare de papier, Le) (1954)",Drama|Children\r\n2,Café Noir (1961),(no genres listed)\r\n',
  'ratings.csv': 'userId,movieId,rating,timestamp\r\n7,2,4.0,1000\r\n7,1,3.0,2000\r\n3,1,5.0,1500\r\n',
  'tags.csv': 'userId,movieId,tag,timestamp\r\n',
};
const DAT_MOVIES =
  "1::Paper Lighthouse, The (Phare de papier, Le) (1954)::Drama|Children's\n2::Café Noir (1961)::(no genres listed)\n";
const DAT_RATINGS = '7::2::4::1000\n7::1::3::2000\n3::1::5::1500\n';
const ITEM = (id: number, title: string, flags: string) =>
  [id, title, '01-Jan-1954', '', 'http://example.org/title', ...flags].join('|');

const FORMATS: Record<string, Files> = {
  'MovieLens CSV': MOVIELENS_CSV,
  'MovieLens CSV with a byte order mark': Object.fromEntries(
    Object.entries(MOVIELENS_CSV).map(([name, content]) => [name, `\ufeff${content.toString()}`]),
  ),
  'ml-1m': {
    'movies.dat': Buffer.from(DAT_MOVIES, 'latin1'),
    'ratings.dat': DAT_RATINGS,
    'users.dat': '3::F::1::10::00000\n7::M::1::10::00000\n',
  },
  'ml-1m with its ratings as gzipped CSV': {
    'movies.dat': Buffer.from(DAT_MOVIES, 'latin1'),
    'ratings.csv.gz': gzipSync(MOVIELENS_CSV['ratings.csv'] ?? ''),
    'users.dat': '',
  },
  'ml-10m': {
    'movies.dat': DAT_MOVIES,
    'ratings.dat': DAT_RATINGS.replace('4::', '4.0::'),
    'tags.dat': '',
  },
  'ml-100k': {
    'u.item': Buffer.from(
      [
        ITEM(1, 'Paper Lighthouse, The (Phare de papier, Le) (1954)', '0000100010000000000'),
        ITEM(2, 'Café Noir (1961)', '1000000000000000000'),
      ].join('\n'),
      'latin1',
    ),
    'u.data': '7\t2\t4\t1000\n7\t1\t3\t2000\n3\t1\t5\t1500\n',
  },
};

const KAGGLE: Files = {
  'movie.csv': MOVIELENS_CSV['movies.csv'] ?? '',
  'rating.csv': MOVIELENS_CSV['ratings.csv'] ?? '',
  'link.csv': 'movieId,imdbId,tmdbId\r\n',
};
FORMATS["Kaggle's copy of MovieLens"] = KAGGLE;
FORMATS['MovieLens CSV in capitals, with a small file of ratings'] = {
  'MOVIES.CSV': KAGGLE['movie.csv'] ?? '',
  'ratings_small.csv': KAGGLE['rating.csv'] ?? '',
};
FORMATS['ml-1m in UTF-8'] = { ...FORMATS['ml-1m'], 'movies.dat': DAT_MOVIES };
FORMATS['ml-10m in Windows-1252'] = { ...FORMATS['ml-10m'], 'movies.dat': Buffer.from(DAT_MOVIES, 'latin1') };
FORMATS['MovieLens CSV in UTF-16 with tabs'] = Object.fromEntries(
  ['movies.csv', 'ratings.csv'].map((file) => [
    file,
    Buffer.from(`\ufeff${MOVIELENS_CSV[file]?.toString().replaceAll(/,(?! )/g, '\t')}`, 'utf16le'),
  ]),
);

function gzipped(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [`${name}.gz`, gzipSync(content)]),
  );
}

function writeZip(files: Files): string {
  const path = join(temporaryFolder(), 'invented.zip');
  writeFileSync(path, zipOf(files));
  return path;
}

describe.each(Object.entries(FORMATS))('%s', (_, files) => {
  it('is read into the same data set as every other format', async () => {
    const dataset = await readFiles(files);
    expect(dataset.movies).toMatchObject([
      {
        movieId: 1,
        title: 'The Paper Lighthouse',
        releaseYear: 1954,
        alternativeTitles: ['Le Phare de papier'],
        genres: ['Children', 'Drama'],
      },
      { movieId: 2, title: 'Café Noir', releaseYear: 1961, genres: [] },
    ]);
    expect(storedRatings(dataset)).toEqual([
      [3, 1, 10, 1500],
      [7, 1, 6, 2000],
      [7, 2, 8, 1000],
    ]);
    expect(Object.values(dataset.skipped.counts()).every((count) => count === 0)).toBe(true);
  });

  it('is read from gzipped files', async () => {
    const zipped = Object.fromEntries(Object.entries(files).filter(([name]) => !name.endsWith('.gz')));
    const already = Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith('.gz')));
    const [plain, packed] = await Promise.all([
      readFiles(files),
      readFiles({ ...gzipped(zipped), ...already }),
    ]);
    expect(packed.identity).toBe(plain.identity);
  });

  it('is read from a zip file, in whatever folder', async () => {
    const inFolder = Object.entries(files).map(([name, content]) => [`some-data/${name}`, content] as const);
    const path = writeZip({ '__MACOSX/._x': 'junk', ...Object.fromEntries(inFolder) });
    const [plain, packed] = await Promise.all([readFiles(files), readPath(path)]);
    expect(packed.identity).toBe(plain.identity);
    expect(packed.name).toBe('invented');
  });
});

it.each([
  ['films.tsv', 'rating.txt', 'link.txt'],
  ['MOVIE.TXT', 'Ratings.TSV', 'links.tsv'],
  ['item.csv', 'rating.tsv', 'LINKS.txt'],
])('files may be called %s, %s and %s, and lie in a folder of the folder', async (movies, ratings, links) => {
  const files = {
    [movies]: PLAIN_CSV['movies.csv'],
    [ratings]: PLAIN_CSV['ratings.csv'],
    [links]: PLAIN_CSV['links.csv'] ?? '',
  };
  const folder = temporaryFolder();
  renameSync(writeFolder(files), join(folder, 'inner'));
  mkdirSync(join(folder, 'empty'));
  const [plain, named] = await Promise.all([readFiles(PLAIN_CSV), readPath(folder)]);
  expect(named.identity).toBe(plain.identity);
});

describe('what cannot be read', () => {
  it('is said of a folder in no known format, with what is needed', async () => {
    await expect(readFiles({ 'notes.txt': '' })).rejects.toMatchObject(
      refusal(
        /no known format: it has notes\.txt;.*\n.*movies\.csv and ratings\.csv.*\n.*movies\.dat and ratings\.dat/s,
      ),
    );
  });

  it.each([
    [
      { 'movies.csv': PLAIN_CSV['movies.csv'] },
      /there is movies\.csv, and no ratings\.csv .*: userId,movieId,rating/,
    ],
    [
      { 'Ratings.CSV': PLAIN_CSV['ratings.csv'] },
      /there is Ratings\.CSV, and no movies\.csv .*: movieId,title/,
    ],
    [{ 'ratings.dat': '' }, /there is ratings\.dat, and no movies\.dat/],
    [{ 'u.data': '' }, /there is u\.data, and no u\.item/],
    [{}, /no known format: it has no files/],
  ])('is said of half a data set: %j', async (files, message) => {
    await expect(readFiles(files)).rejects.toMatchObject(refusal(message));
  });

  it('is said of half a data set in a zip file of a Mac', async () => {
    const path = writeZip({ '__MACOSX/top/._movies.csv': 'junk', 'top/movies.csv': PLAIN_CSV['movies.csv'] });
    await expect(readPath(path)).rejects.toMatchObject(refusal(/there is movies\.csv, and no ratings\.csv/));
  });

  it('is said of a truncated gzip file', async () => {
    const whole = gzipSync(PLAIN_CSV['ratings.csv']);
    const { 'ratings.csv': _, ...rest } = PLAIN_CSV;
    await expect(readFiles({ ...rest, 'ratings.csv.gz': whole.subarray(0, -9) })).rejects.toMatchObject(
      refusal(/ratings\.csv\.gz cannot be read/),
    );
  });

  it('is said of a zip file whose content was altered', async () => {
    const zip = zipOf(PLAIN_CSV);
    // The checksum of the first entry in the directory.
    const at = zip.indexOf('PK\x01\x02') + 16;
    zip[at] = (zip[at] ?? 0) ^ 1;
    const path = join(temporaryFolder(), 'altered.zip');
    writeFileSync(path, zip);
    await expect(readPath(path)).rejects.toMatchObject(refusal(/checksum does not match/));
  });

  it('is said of a truncated zip file', async () => {
    const path = join(temporaryFolder(), 'half.zip');
    writeFileSync(path, zipOf(PLAIN_CSV).subarray(0, 300));
    await expect(readPath(path)).rejects.toMatchObject(refusal(/not a complete zip file/));
  });

  it('is said of a single file', async () => {
    const folder = writeFolder(PLAIN_CSV);
    await expect(readPath(join(folder, 'ratings.csv'))).rejects.toMatchObject(refusal(/give the folder/));
  });

  it('is said of a path where nothing is', async () => {
    await expect(readPath('/no/such/folder')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('files of a data set', () => {
  const { 'movies.csv': movies, 'ratings.csv': ratings } = PLAIN_CSV;

  it.each([
    ['my_movies.csv', 'my_ratings (1).csv'],
    ['movies.csv.txt', 'ratings.csv.txt'],
    ['a/b/movies.csv', 'a/b/ratings.csv'],
    ['movies/movies.csv', 'ratings/ratings.csv'],
  ])('may be %s and %s, in a folder and in a zip file', async (moviesName, ratingsName) => {
    const files = { [moviesName]: movies, [ratingsName]: ratings };
    expect((await readFiles(files)).ratings).toHaveLength(4);
    expect((await readPath(writeZip(files))).ratings).toHaveLength(4);
  });

  it('are gzip by their content, not by their names', async () => {
    const files = { 'movies.csv.gz': movies, 'ratings.csv': gzipSync(ratings) };
    expect((await readFiles(files)).ratings).toHaveLength(4);
  });

  it('are refused where there are several data sets', async () => {
    const files = {
      'a/movies.csv': movies,
      'a/ratings.csv': ratings,
      'b/movies.csv': movies,
      'b/ratings.csv': ratings,
    };
    const several = refusal(/holds several data sets, in a, b: give the folder of one/);
    await expect(readFiles(files)).rejects.toMatchObject(several);
    await expect(readPath(writeZip(files))).rejects.toMatchObject(several);
    // The folder's own files are what is asked for.
    expect((await readFiles({ ...files, ...PLAIN_CSV })).ratings).toHaveLength(4);
  });

  it('are told that are not read, as others are', async () => {
    const { known } = await readFiles({ ...PLAIN_CSV, 'rating.csv': ratings, 'tags.csv': 'x' });
    expect(known.unusedFiles).toEqual(['rating.csv']);
  });

  it('may lie beside links to nothing', async () => {
    const folder = writeFolder(PLAIN_CSV);
    symlinkSync('/no/such/file', join(folder, '.#movies.csv'));
    expect((await readPath(folder)).ratings).toHaveLength(4);
  });

  it('in a zip file with a password are refused by that reason', async () => {
    const zip = zipOf(PLAIN_CSV);
    const flags = [
      ['PK\x03\x04', 6],
      ['PK\x01\x02', 8],
    ] as const;
    for (const [signature, offset] of flags)
      for (let at = zip.indexOf(signature); at >= 0; at = zip.indexOf(signature, at + 4))
        zip[at + offset] = 1;
    const path = join(temporaryFolder(), 'locked.zip');
    writeFileSync(path, zip);
    await expect(readPath(path)).rejects.toMatchObject(
      refusal(/cannot be read: it has a password: unpack it/),
    );
  });

  it('of other kinds are named', async () => {
    await expect(readFiles({ 'films.xlsx': 'x' })).rejects.toMatchObject(
      refusal(/films\.xlsx is not read: .*save its tables as movies\.csv and ratings\.csv/),
    );
  });
});
