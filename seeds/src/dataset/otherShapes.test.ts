import { describe, expect, it } from '@jest/globals';
import { PLAIN_CSV, readFiles, storedRatings } from '../test/datasets.ts';
import { describeKnown } from './knownFacts.ts';

const moviesOf = (ids: readonly string[]) =>
  `movieId,title\n${ids.map((id, index) => `${id},Film ${String.fromCharCode(65 + index)} (2000)`).join('\n')}\n`;
const ratingsOf = (ids: readonly (string | number)[]) =>
  `userId,movieId,rating\n${ids.map((id, user) => `${user},${id},4`).join('\n')}\n`;
const numbers = (length: number, first = 1) => Array.from({ length }, (_, index) => String(first + index));

describe('movies and ratings that do not agree', () => {
  it.each([
    [
      'tt0000001 tt0000002 tt0000003 tt0000004 tt0000005',
      '1 2 3 4 5',
      /two ways, 1 in ratings\.csv and tt0000001 in movies\.csv/,
    ],
    ['ab-1 ab-2 ab-3 ab-4 ab-5', 'AB-1 AB-2 AB-3 AB-4 AB-5', /two ways, AB-1 in .* and ab-1 in/],
    ['{a-1} {a-2} {a-3} {a-4} {a-5}', 'a1 a2 a3 a4 a5', /two ways, a1 in .* and \{a-1\} in/],
    [
      '1 2 3 4 5',
      '"Film A (2000)" "film b" "Film C" "Film D" "Film E"',
      /names movies by titles, such as Film A/,
    ],
    ['1 2 3 4 5', '101 102 103 104 105', /of another data set, or not whole/],
  ])('say how: %s and %s', async (own, named, message) => {
    const ids = named.match(/"[^"]*"|\S+/g) ?? [];
    await expect(
      readFiles({ 'movies.csv': moviesOf(own.split(' ')), 'ratings.csv': ratingsOf(ids) }),
    ).rejects.toThrow(message);
  });

  it.each([
    ['from 0 in ratings, from 1 in movies', numbers(12), numbers(12, 0), true],
    ['from 1 in ratings, from 0 in movies', numbers(12, 0), numbers(12), true],
    ['a stray 0', numbers(12), [...numbers(12), '0'], false],
    ['a gap in movies', [...numbers(11), '13'], numbers(12, 0), false],
  ])('by one are refused: %s', async (_, own, named, isShifted) => {
    const known = named.filter((id) => own.includes(id));
    const many = Array.from({ length: 20 }, () => known).flat();
    const files = { 'movies.csv': moviesOf(own), 'ratings.csv': ratingsOf([...named, ...many]) };
    const reading = readFiles(files);
    if (isShifted)
      await expect(reading).rejects.toThrow(/every rating may be of its movie's neighbour.*--allow-skipped/s);
    else await expect(reading).resolves.toBeDefined();
    const { skipped } = await readFiles(files, { allowSkipped: true });
    expect(skipped.counts().unknownMovie).toBe(named.length - known.length);
  });

  it('by one are the likely cause where they are many', async () => {
    const files = {
      'movies.csv': moviesOf(numbers(12)),
      'ratings.csv': ratingsOf(Array.from({ length: 60 }, (_, index) => index % 12)),
    };
    await expect(readFiles(files)).rejects.toThrow(
      /5 of 60 rows.*likely cause: ratings\.csv counts movies from 0, and movies\.csv from 1/s,
    );
  });

  it('repeat a movie for each of its genres', async () => {
    const { movies, known } = await readFiles({
      'movies.csv':
        'movieId,title,genre,imdbId\n1,A (2000),Drama,\n1,A (2000),War,tt0000007\n1,A (2001),Crime,\n2,B (2000),Drama,\n',
      'ratings.csv': ratingsOf([1, 2]),
    });
    expect(movies.map(({ genres, imdbId }) => [genres, imdbId])).toEqual([
      [['Drama', 'War'], 7],
      [['Drama'], null],
    ]);
    expect(known.joinedMovies).toBe(1);
    expect(describeKnown(known, { movies: 2, ratings: 2 }).join('\n')).toMatch(
      /Joined: 1 row that repeats a movie/,
    );
  });
});

describe('values of other programs', () => {
  it('are numbers as R and NumPy write them, and dates that stand for none', async () => {
    const dataset = await readFiles({
      'movies.csv': 'movieId,title,year\n1e+05,A,1.994e+03\n1.000010000000000000e+05,B,0\n',
      'ratings.csv':
        'userId,movieId,rating,timestamp\n1.000000e+00,100000,4.5e+00,1.602592000000000000e+09\n2,1.00001e+05,.5,0000-00-00\n',
    });
    expect(dataset.movies.map(({ movieId, releaseYear }) => [movieId, releaseYear])).toEqual([
      [100_000, 1994],
      [100_001, null],
    ]);
    expect(storedRatings(dataset)).toEqual([
      [1, 100_000, 9, 1_602_592_000],
      [2, 100_001, 1, -1],
    ]);
    expect(dataset.skipped.describe()).toEqual([]);
  });

  it('are links that are none, or in capitals', async () => {
    const { movies, skipped } = await readFiles({
      'movies.csv': moviesOf(['1', '2']),
      'ratings.csv': ratingsOf([1, 2]),
      'links.csv': 'movieId,imdbId,tmdbId\n1,TT0000007,0\n2,0,5\n',
    });
    expect(movies.map(({ imdbId, tmdbId }) => [imdbId, tmdbId])).toEqual([
      [7, null],
      [null, 5],
    ]);
    expect(skipped.counts().badLink).toBe(0);
  });

  it('are ids that several movies bear', async () => {
    const ids = numbers(6);
    const files = (imdbId: (id: string) => string) => ({
      'movies.csv': moviesOf(ids),
      'ratings.csv': ratingsOf(ids),
      'links.csv': `movieId,imdbId\n${ids.map((id) => `${id},${imdbId(id)}\n`).join('')}`,
    });
    const textOf = async (imdbId: (id: string) => string) => {
      const { known } = await readFiles(files(imdbId));
      return describeKnown(known, { movies: 6, ratings: 6 }).join('\n');
    };
    expect(await textOf(() => '7')).toMatch(/6 movies bear the same IMDb or TMDB id as another one/);
    expect(await textOf((id) => id)).not.toMatch(/bear the same/);
  });

  it('are told where they stand before the names of columns, and where letters were lost', async () => {
    const { known } = await readFiles({
      'movies.csv': `My films\n${PLAIN_CSV['movies.csv']}40,CafÃ©,2000,\n`,
      'ratings.csv': PLAIN_CSV['ratings.csv'],
    });
    const text = describeKnown(known, { movies: 4, ratings: 4 }).join('\n');
    expect(text).toMatch(/movies\.csv: the line before the names of columns is not used: My films\./);
    expect(text).toMatch(/Letters of 1 title were lost before they came here, such as CafÃ©/);
  });
});

describe('zeros out of 10', () => {
  const files = (numZeros: number) => ({
    ...PLAIN_CSV,
    'ratings.csv': `userId,movieId,rating\n${Array.from({ length: 40 }, (_, user) => `${user},10,${user < numZeros ? 0 : 8}\n`).join('')}`,
  });

  it('are refused where they can hardly be ratings, and taken where somebody says so', async () => {
    await expect(readFiles(files(20), { scale: '10' })).rejects.toThrow(
      /20 of 40 ratings are 0, .* often stands for "not rated"\nnothing was changed; remove these rows/,
    );
    const allowed = await readFiles(files(20), { scale: '10', allowSkipped: true });
    expect(allowed.ratings).toHaveLength(40);
    expect(allowed.known.note).toMatch(/20 of 40 ratings are 0/);
    expect((await readFiles(files(5), { scale: '10' })).ratings).toHaveLength(40);
  });
});

it('refuses stars none of which is above 3, and says what is not sure', async () => {
  const rated = (...values: number[]) => ({
    ...PLAIN_CSV,
    'ratings.csv': `userId,movieId,rating\n${Array.from({ length: 60 }, (_, user) => `${user},10,${values[user % values.length]}\n`).join('')}`,
  });
  await expect(readFiles(rated(1, 2))).rejects.toThrow(
    /none above 2: if 2 is the best, multiply them by 5 and .*--scale 10\n.*say so with --scale stars/,
  );
  expect((await readFiles(rated(1, 2), { scale: 'stars' })).known.note).toBeNull();
  expect((await readFiles(rated(1, 4))).known.note).toMatch(/none above 4/);
  expect((await readFiles(rated(1, 5))).known.note).toBeNull();
});

it('says where some users seem to rate on another scale than the others', async () => {
  const rated = (best: (user: number) => number) => ({
    'movies.csv': moviesOf(numbers(6)),
    'ratings.csv': `userId,movieId,rating\n${Array.from({ length: 60 }, (_, at) => `${Math.floor(at / 6)},${(at % 6) + 1},${best(Math.floor(at / 6)) - (at % 3)}\n`).join('')}`,
  });
  const mixed = await readFiles(
    rated((user) => (user < 3 ? 5 : 10)),
    { scale: '10' },
  );
  expect(mixed.known.note).toMatch(/^3 of 10 users .* none above 2\.5 stars: did they rate on another scale/);
  expect(
    (
      await readFiles(
        rated(() => 10),
        { scale: '10' },
      )
    ).known.note,
  ).toBeNull();
});
