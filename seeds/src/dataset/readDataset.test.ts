import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '@pocketrocket/runtime';
import { PLAIN_CSV, readFiles, readPath, storedRatings } from '../test/datasets.ts';
import { describeKnown } from './knownFacts.ts';
import { temporaryFolder, writeFolder } from '../test/files.ts';

const RATINGS_HEADER = 'userId,movieId,rating,timestamp\n';

describe('readDataset', () => {
  it('reads a data set into order', async () => {
    const dataset = await readFiles(PLAIN_CSV);
    expect(dataset.movies).toEqual([
      {
        movieId: 10,
        title: 'The Paper Lighthouse',
        releaseYear: 1954,
        alternativeTitles: [],
        genres: ['Drama', 'Mystery'],
        imdbId: 123,
        tmdbId: 77,
      },
      expect.objectContaining({ title: 'Crème, Brûlée & Co.', genres: ['Comedy'], imdbId: null }),
      expect.objectContaining({ title: 'Zero Tide', releaseYear: null, genres: [], tmdbId: 78 }),
    ]);
    expect(dataset.genres).toEqual(['Comedy', 'Drama', 'Mystery']);
    expect(storedRatings(dataset)).toEqual([
      [1, 10, 10, -1],
      [1, 20, 1, 900_000_000],
      [2, 10, 6, 1_100_000_001],
      [2, 20, 9, 1_100_000_000],
    ]);
    expect(dataset).toMatchObject({ numUsers: 2, meanRating: 3.25, synthetic: false });
  });

  it('leaves bad ratings out and says of each kind how many and where', async () => {
    const dataset = await readFiles({
      ...PLAIN_CSV,
      'ratings.csv': `${RATINGS_HEADER}1,10,4,1
1,10,4
1,10,4,1,1
1,99,4,1
1,20,3.7,1
1,20,0,1
1,20,5.5,1
1,20,4,yesterday
1,20,4,12.5
1,10,2,7
NULL,10,4,1
"1,10,4,1
2147483647,20,4,2147483647
2147483648,20,4,1
1,2147483648,4,1
,20,4,1
3,10,4,2147483648
3,20,,1
`,
    });
    const { skipped } = dataset;
    expect(skipped.counts()).toEqual({
      columnCount: 3,
      badId: 2,
      badTitle: 0,
      duplicateMovie: 0,
      unknownMovie: 2,
      unreadableMovie: 0,
      noRating: 1,
      ratingOffScale: 3,
      longTitle: 0,
      badYear: 0,
      badGenre: 0,
      badLink: 0,
      badTime: 2,
    });
    expect(storedRatings(dataset)).toEqual([
      [1, 10, 4, 7],
      [1, 20, 8, 12],
      [3, 10, 8, -1],
      // The users 2147483647 and 2147483648.
      [1_500_000_000, 20, 8, 2_147_483_647],
      [1_500_000_001, 20, 8, 1],
    ]);
    const report = skipped.describe();
    expect(report).toContain('  ratings.csv:5 (99)');
    expect(report).toContain('  ratings.csv:6 (3.7)');
    expect(dataset.known.ratedAgain).toBe(2);
    expect(dataset.ratedAgain[0]).toBe('ratings.csv:2 (user 1, movie 10)');
    expect(report).toContain('  ratings.csv:13');
  });

  it('leaves a bad movie out, a bad value empty, and says what becomes of the ratings', async () => {
    const dataset = await readFiles({
      'movies.csv': `movieId,title,releaseYear,genres
1,Kept,2000,Drama
1,Again,2000,Drama
2,,2000,Drama
3,${'long '.repeat(80)},2000,Drama
4,Year,soon,Drama
5,Genre,2000,${'g'.repeat(61)}
null,Id,2000,Drama
`,
      'ratings.csv': `${RATINGS_HEADER}1,1,4,1\n1,2,4,1\n1,3,4,1\n1,4,4,1\n1,5,4,1\n1,77,4,1\n`,
      'links.csv': 'movieId,imdbId,tmdbId\n9,1,1\n1,1,seven\n',
    });
    expect(dataset.movies.map(({ title, releaseYear, genres }) => [title, releaseYear, genres])).toEqual([
      ['Kept', 2000, ['Drama']],
      [`${'long '.repeat(80).slice(0, 299)}…`, 2000, ['Drama']],
      ['Year', null, ['Drama']],
      ['Genre', 2000, []],
    ]);
    expect(dataset.movies[0]).toMatchObject({ imdbId: 1, tmdbId: null });
    expect(storedRatings(dataset).map(([, movieId]) => movieId)).toEqual([1, 3, 4, 5]);
    expect(dataset.skipped.counts()).toMatchObject({
      duplicateMovie: 1,
      badTitle: 1,
      longTitle: 1,
      badYear: 1,
      badGenre: 1,
      badLink: 1,
      badId: 1,
      unknownMovie: 2,
      unreadableMovie: 1,
    });
  });

  it('shows the first ten of a kind', async () => {
    const { skipped } = await readFiles(
      {
        ...PLAIN_CSV,
        'ratings.csv': `${RATINGS_HEADER}1,10,4,1\n${'1,77,4,1\n'.repeat(25)}`,
      },
      { allowSkipped: true },
    );
    const report = skipped.describe();
    expect(report[0]).toBe('skipped 25: no such movie');
    expect(report).toHaveLength(12);
    expect(report.at(-1)).toBe('  … and 15 more');
  });

  it.each([
    ['1,10,4.2,1', /^ratings\.csv:3 \(4\.2\): rating is not one of/],
    ['1,20,4,noon', /^ratings\.csv:3 \(noon\): time is neither/],
  ])('stops at the first bad row when strict: %s', async (row, message) => {
    const files = { ...PLAIN_CSV, 'ratings.csv': `${RATINGS_HEADER}1,10,4,1\n${row}\n` };
    await expect(readFiles(files, { strict: true })).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringMatching(message),
    });
  });

  it('takes genres that differ in case or accents for one, and names for none as none', async () => {
    const { genres, movies } = await readFiles({
      'movies.csv': `movieId,title,genres
1,A (2000),Comédie|Drama|Children's
2,B (2000),comedie|DRAMA|Drama
3,C (2000),(no genres listed)
4,D (2000),unknown
`,
      'ratings.csv': `${RATINGS_HEADER}1,1,4,1\n`,
    });
    expect(genres).toEqual(['Children', 'Comédie', 'Drama']);
    expect(movies.map((movie) => movie.genres)).toEqual([
      ['Children', 'Comédie', 'Drama'],
      ['Comédie', 'Drama'],
      [],
      [],
    ]);
  });

  it.each([
    ['movies.csv has no usable movie', { 'movies.csv': 'movieId,title,genres\n' }],
    ['ratings.csv has no ratings', { 'ratings.csv': RATINGS_HEADER }],
    [
      'ratings.csv has no usable rating\nskipped 1: no such movie',
      { 'ratings.csv': `${RATINGS_HEADER}1,9,4,1\n` },
    ],
    [
      'the first line must name the columns, and lacks rating',
      { 'ratings.csv': 'userId,movieId,colour\n1,10,4\n' },
    ],
  ])('refuses data that is of no use: %s', async (message, files) => {
    await expect(readFiles({ ...PLAIN_CSV, ...files })).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringContaining(message),
    });
  });
});

describe('ratings that are not written in stars', () => {
  const movies = { 'movies.csv': PLAIN_CSV['movies.csv'] };
  const rated = (ratings: readonly (string | number)[], header = RATINGS_HEADER) => ({
    ...movies,
    'ratings.csv': header + ratings.map((rating, user) => `${user},10,${rating},${1000 + user}\n`).join(''),
  });
  const halfStars = async (...args: Parameters<typeof readFiles>) =>
    storedRatings(await readFiles(...args)).map(([, , rating]) => rating);

  it.each([
    [[1, 3, 8, 10, 9, 7, 6, 2], /5 of 8 .*--scale 10/s],
    [[0, 1, 0, 1, 0, 0, 0], /--scale likes/],
    [[1, 1, 1, 1, 1], /every rating is 1.*--scale likes.*--scale stars/s],
    [[95, 20, 55, 80, 70, 60], /--scale 100/],
    [[1, 1, 2, 900, 14, 3000, 400, 20, 17], /--scale counts/],
    [['true', 'false', 'true', 'true', 'false'], /--scale likes/],
    [[3.5, 4.5, 80, 90, 70, 60, 1.5, 20], /two scales/],
    [['', '', 'NULL', '', 'NaN', 4], /5 of 6 .*there is no rating.*watched and not rated/s],
  ])('%j are refused, and the option is named', async (ratings, message) => {
    await expect(readFiles(rated(ratings))).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['10', [10, 7, 1, 0, 9.5], [10, 7, 1, 1, 10]],
    ['100', [100, 71, 5, 0, 50], [10, 8, 1, 1, 5]],
    ['likes', [1, 0, -1, 1, 'true'], [10, 2, 2, 10, 10]],
    ['stars', [1, 1, 1, 1, 1], [2, 2, 2, 2, 2]],
  ] as const)('are read with --scale %s', async (scale, ratings, expected) => {
    expect(await halfStars(rated(ratings), { scale })).toEqual(expected);
    expect(
      await halfStars(rated(ratings, 'userId;movieId;rating;timestamp\n'.replace(/;/g, ',')), { scale }),
    ).toEqual(expected);
  });

  it('are taken as far as they are stars where somebody says so', async () => {
    const dataset = await readFiles(rated([1, 8, 8, 8, 8, 8, 8]), { allowSkipped: true });
    expect(dataset.ratings).toHaveLength(1);
    expect((await readFiles(rated([1, 1, 1, 1, 1]), { allowSkipped: true })).known.note).toMatch(
      /--scale likes/,
    );
  });

  it.each([1 << 20, 2])(
    'count plays by the fifths of each user, %d ratings in memory',
    async (ratingsInMemory) => {
      const many = Array.from({ length: 5 }, (_, index) => `${index + 1},Film ${index},2000,\n`).join('');
      const plays = [
        [1, [5, 700_000, 20, 3, 1.5]],
        [2, [1, 1, 1, 1, 1]],
      ] as const;
      const lines = plays.flatMap(([user, counts]) =>
        counts.map((count, index) => `${user},${index + 1},${count}`),
      );
      // The later number of plays counts, as the later rating does.
      const files = {
        'movies.csv': `movieId,title,releaseYear,genres\n${many}`,
        'ratings.csv': `userId,movieId,plays\n1,4,9000\n${lines.join('\n')}\n`,
      };
      await expect(readFiles(files)).rejects.toThrow(/column plays .*--scale counts/);
      expect(await halfStars(files, { scale: 'counts', ratingsInMemory })).toEqual([
        6, 10, 8, 4, 2, 6, 6, 6, 6, 6,
      ]);
    },
  );
});

describe('times', () => {
  const timed = (...times: (string | number)[]) => ({
    ...PLAIN_CSV,
    'ratings.csv': RATINGS_HEADER + times.map((time, user) => `${user},10,4,${time}\n`).join(''),
  });
  const AT = 1_602_592_000;
  const secondsOf = async (...args: Parameters<typeof readFiles>) =>
    storedRatings(await readFiles(...args)).map(([, , , at]) => at);

  it('in milliseconds are refused, and read with --time-unit ms, also where seconds are among them', async () => {
    const all = timed(...Array.from({ length: 6 }, () => `${AT}123`));
    const mixed = timed(...Array.from({ length: 6 }, () => `${AT}123`), AT, AT);
    await expect(readFiles(all)).rejects.toThrow(/6 of 6 rows \(100 %\) would lose a value.*--time-unit ms/s);
    await expect(readFiles(mixed)).rejects.toThrow(/6 times are in milliseconds.* and 2 are not/s);
    expect(await secondsOf(all, { timeUnit: 'ms' })).toEqual(Array(6).fill(AT));
    expect(await secondsOf(mixed, { timeUnit: 'ms' })).toEqual(Array(8).fill(AT));
    expect(await secondsOf(all, { allowSkipped: true })).toEqual(Array(6).fill(-1));
  });

  it('may be dates, floats, or missing', async () => {
    expect(
      await secondsOf(
        timed('2020-10-13 12:26:40', '2020-10-13T14:26:40+02:00', `${AT}.0`, 'NULL', 'NaT', '\\N', ''),
      ),
    ).toEqual([AT, AT, AT, -1, -1, -1, -1]);
    const { ratings, known } = await readFiles(timed('0000-00-00 00:00:00', '0001-01-01', '2001-01-01', AT));
    expect([ratings.length, known.ratingsWithTime]).toEqual([4, 2]);
    expect(describeKnown(known, { movies: 3, ratings: 4 })[0]).toMatch(/, from 2001-01-01 to 2020-10-13;/);
  });

  it('with day and month as numbers are refused, and read in the order that is said', async () => {
    const files = timed('3/1/2020', '3/2/2020', '3/3/2020', '3/4/2020', '3/31/2020');
    await expect(readFiles(files)).rejects.toThrow(/such as 3\/31\/2020; read them with --time-unit mdy/);
    await expect(readFiles(files, { timeUnit: 'dmy' })).resolves.toMatchObject({
      known: { ratingsWithTime: 4 },
    });
    expect((await secondsOf(files, { timeUnit: 'mdy' }))[4]).toBe(1_585_612_800);
  });
});

describe('times that are no seconds since 1970', () => {
  const ratings = (...times: string[]) => ({
    ...PLAIN_CSV,
    'ratings.csv': RATINGS_HEADER + times.map((time, user) => `${user},10,4,${time}\n`).join(''),
  });

  it.each([
    ['44117 44118 44119 44120 44121', /ratings\.csv: times such as 44121 are days, as spreadsheets count/],
    ['44117.5 44118.25 44119.5 44120.5 44121.5', /times such as 44121 are days/],
    ['2014 2015 2016 2020 1999', /times such as 1999 are years/],
  ])('are refused unless somebody says so: %s', async (times, message) => {
    const files = ratings(...times.split(' '));
    await expect(readFiles(files)).rejects.toThrow(message);
    await expect(readFiles(files)).rejects.toThrow(/nothing was changed; .* say so with --time-unit s/);
    expect((await readFiles(files, { timeUnit: 's' })).known).toMatchObject({
      ratingsWithTime: 5,
      note: null,
    });
    const allowed = await readFiles(files, { allowSkipped: true });
    expect(allowed.known.note).toMatch(message.source.split(': ').at(-1) ?? '');
  });

  it('are dates without separators where dates are asked for', async () => {
    const days = ratings('20201013', '20201014', '20201015', '20201016', '20201017');
    await expect(readFiles(days)).rejects.toThrow(/times such as 20201017 are dates; .*--time-unit iso/);
    expect(storedRatings(await readFiles(days, { timeUnit: 'iso' }))[0]?.[3]).toBe(1_602_547_200);
    const dates = await readFiles(ratings('2020-10-13', '20201013123015', '1602592215'));
    expect(storedRatings(dates).map(([, , , at]) => at)).toEqual([
      1_602_547_200, 1_602_592_215, 1_602_592_215,
    ]);
  });
});

describe('the likely cause', () => {
  const movies = (...rows: string[]) => ({
    ...PLAIN_CSV,
    'movies.csv': `movieId,title,releaseYear,genres\n${rows.join('\n')}\n`,
  });
  const films = (row: (index: number) => string) =>
    movies(...Array.from({ length: 6 }, (_, index) => row(index)));

  it.each([
    [
      films((index) => `${index},Film ${index},soon,Drama`),
      /release year is not a year.*is another column the year/s,
    ],
    [films((index) => `1,Film ${index},1994,Drama`), /occurs a second time.*join them to one row/s],
    [
      films((index) => `${index},Film, ${index},1994,Drama`),
      /likely cause: .* line 2 has 5: .* commas in titles/s,
    ],
    [
      films((index) => `${index};Film ${index};1994;Drama`),
      /line 2 has 1: it is separated by something else/,
    ],
    [films((index) => `1.23E+1${index},Film,1994,Drama`), /a spreadsheet shortened/],
  ])('is said of movies: %#', async (files, message) => {
    await expect(readFiles(files)).rejects.toThrow(message);
  });

  it('of ratings without a movie is the movie that could not be read', async () => {
    const files = {
      ...movies('10,"Film,1994,Drama', '20,"Other, The",1994,Drama'),
      'ratings.csv':
        RATINGS_HEADER + Array.from({ length: 6 }, (_, user) => `${user},10,4,\n${user},20,4,\n`).join(''),
    };
    await expect(readFiles(files)).rejects.toThrow(
      /no such movie.*movies\.csv has a row that cannot be read, movies\.csv:2: mend quotes/s,
    );
  });
});

describe('what a data set is known to have', () => {
  it('is counted', async () => {
    const dataset = await readFiles({
      'Movie.csv':
        'movie_id;name;release_date;genre;imdb_id;colour\n1;A;1995-10-30;Drama, War;tt0000007;red\n2;B (2001);NaN;;;blue\n',
      'rating.csv': 'uid;item_id;score;date;mood\n1;1;4,5;2020-10-13;good\n1;2;3,0;;\n1;2;4,0;;\n',
      'link.csv': 'movieId,imdbId,tmdbId\n2,"https://www.imdb.com/title/tt0000009/",801.0\n1,,NULL\n',
    });
    expect(dataset.movies).toMatchObject([
      { title: 'A', releaseYear: 1995, genres: ['Drama', 'War'], imdbId: 7, tmdbId: null },
      { title: 'B', releaseYear: 2001, genres: [], imdbId: 9, tmdbId: 801 },
    ]);
    expect(dataset.known).toEqual({
      tags: null,
      ratingsWithTime: 1,
      ratedAtRange: [1_602_547_200, 1_602_547_200],
      moviesWithYear: 2,
      moviesWithGenres: 1,
      moviesWithImdbId: 2,
      moviesWithTmdbId: 1,
      ratedAgain: 1,
      scale: 'stars',
      range: 'from 3 to 4.5',
      unusedColumns: { 'Movie.csv': ['colour'], 'rating.csv': ['mood'] },
      preambles: {},
      joinedMovies: 0,
      moviesSharingIds: 0,
      damagedTitles: null,
      unusedFiles: [],
      notUtf8: {},
      note: null,
    });
    expect(describeKnown(dataset.known, { movies: 2, ratings: 2 })).toEqual([
      'Known: the time of 1 of 2 ratings, all of 2020-10-13; of 2 movies 2 years, 1 with genres, 2 IMDb ids, 1 TMDB ids.',
      'Ratings were read as stars: from 3 to 4.5.',
      'Rated again: 1 ratings were left out, as a later one of the same user and movie counts.',
      'Columns of Movie.csv that are not used: colour.',
      'Columns of rating.csv that are not used: mood.',
    ]);
  });

  it('includes lines that are not UTF-8', async () => {
    const text = PLAIN_CSV['movies.csv'] ?? '';
    const { known } = await readFiles({ ...PLAIN_CSV, 'movies.csv': Buffer.from(text, 'latin1') });
    expect(known.notUtf8).toEqual({ 'movies.csv': { count: 1, example: expect.stringContaining('Crème') } });
    expect(describeKnown(known, { movies: 3, ratings: 4 }).join('\n')).toMatch(
      /movies\.csv: 1 line is not UTF-8 and read as Windows-1252, such as .*Crème.*save the file as UTF-8/,
    );
    expect((await readFiles(PLAIN_CSV)).known.notUtf8).toEqual({});
  });

  it('includes a doubt about the scale that was asked for', async () => {
    const ratings = Array.from({ length: 25 }, (_, user) => `${user},10,${1 + (user % 5)},1\n`).join('');
    const { known } = await readFiles(
      { ...PLAIN_CSV, 'ratings.csv': RATINGS_HEADER + ratings },
      { scale: '10' },
    );
    expect(known.note).toMatch(/with --scale 10 no rating is above 5: .* Was no --scale meant\?/);
  });

  it.each(['links', 'movies'] as const)('is nothing of %s of another data set', async (table) => {
    const lines = Array.from({ length: 20 }, (_, index) => `${5000 + index},1,2`).join('\n');
    const files =
      table === 'links'
        ? { ...PLAIN_CSV, 'links.csv': `movieId,imdbId,tmdbId\n${lines}\n` }
        : { ...PLAIN_CSV, 'ratings.csv': `movieId,rating,userId\n${lines}\n` };
    await expect(readFiles(files)).rejects.toThrow(/20 of 20 rows .*no such movie.*of another data set/s);
  });
});

describe('what does not fit in memory', () => {
  const rows = Array.from(
    { length: 500 },
    (_, index) => `${(index * 37) % 101},${10 + 10 * (index % 2)},4,${index}`,
  );
  const files = { ...PLAIN_CSV, 'ratings.csv': `${RATINGS_HEADER}${rows.join('\n')}\n7,99,4,1\n` };

  it('is sorted below the folder given, with the same outcome, and nothing stays', async () => {
    const source = writeFolder(files);
    const folder = join(temporaryFolder(), 'imports');
    const inMemory = await readPath(source);
    const onDisk = await readPath(source, { spill: { folder, fingerprint: 'one' }, ratingsInMemory: 1 });
    expect(onDisk.identity).toBe(inMemory.identity);
    expect(storedRatings(onDisk)).toEqual(storedRatings(inMemory));
    expect(onDisk.duplicateLines).toEqual(inMemory.duplicateLines);
    expect(onDisk.skipped.describe()).toEqual(inMemory.skipped.describe());
    expect(readdirSync(folder)).toHaveLength(1);
    onDisk.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is kept for the next reading of the same source, and removed by that of another', async () => {
    const source = writeFolder(files);
    const folder = join(temporaryFolder(), 'imports');
    const stages: string[] = [];
    const progress: Progress = {
      stage: (name) => {
        stages.push(name);
        return { update() {}, finish() {} };
      },
      close() {},
    };
    const read = (fingerprint: string) =>
      readPath(source, { spill: { folder, fingerprint }, ratingsInMemory: 1, progress });
    const first = await read('one');
    first.release('keep');
    stages.length = 0;
    const second = await read('one');
    expect(stages).not.toContain('reading ratings');
    expect(second.identity).toBe(first.identity);
    expect(second.skipped.describe()).toEqual(first.skipped.describe());
    second.release('keep');
    const third = await read('two');
    expect(stages).toContain('reading ratings');
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^two\./)]);
    third.release();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the identity', () => {
  it('is that of the content, whatever the order of rows and columns', async () => {
    const { identity } = await readFiles(PLAIN_CSV);
    const shuffled = await readFiles({
      ...PLAIN_CSV,
      'ratings.csv': `timestamp,rating,movieId,userId
900000000,0.5,20,1
1100000001,3.0,10,2
,5.0,10,1
1100000000,4.50,20,2
`,
    });
    expect(shuffled.identity).toBe(identity);
  });

  it.each([
    ['a rating', 'ratings.csv', '2,10,3,', '2,10,3.5,'],
    ['a time', 'ratings.csv', '1,10,5,', '1,10,5,7'],
    ['a title', 'movies.csv', 'Zero Tide', 'Zero Tides'],
    ['a genre', 'movies.csv', 'Drama|Mystery', 'Drama'],
    ['a link', 'links.csv', '30,,78', '30,,79'],
  ] as const)('differs by %s', async (_, file, from, to) => {
    const changed = PLAIN_CSV[file].replace(from, to);
    expect(changed).not.toBe(PLAIN_CSV[file]);
    const [one, other] = await Promise.all([
      readFiles(PLAIN_CSV),
      readFiles({ ...PLAIN_CSV, [file]: changed }),
    ]);
    expect(other.identity).not.toBe(one.identity);
  });
});
