import { describe, expect, it } from '@jest/globals';
import { GenreNames } from './genres.ts';
import { genreSplitter } from './genreLists.ts';
import { isNone } from './none.ts';
import { parseDecimal, parseInt32 } from './numbers.ts';
import { Quintiles } from './quintiles.ts';
import { halfStarsOn, parseCount, ratingNumber, type OwnScale, type RatingScale } from './scales.ts';
import { isNoDate, parseTime, type TimeUnit } from './times.ts';
import { parseYear } from './years.ts';

describe('numbers', () => {
  it.each([
    ['7', 7],
    ['801.0', 801],
    ['801,00', 801],
    ['2147483647', 2_147_483_647],
    ['1e+05', 100_000],
    ['1.2345e+09', 1_234_500_000],
    ['1.000000000000000000e+00', 1],
    ['1.234567000000000000e+06', 1_234_567],
    ...['1.2E+06', '1.23457e+06', '1.50e+06', '1.5e+00', '1e+16'].map((text) => [text, null] as const),
    ...['2147483648', '1e3', '7.5', '-1', '0x7', '', ' 7', '7.'].map((text) => [text, null] as const),
  ] as const)('%j as a whole number is %j', (text, value) => expect(parseInt32(text)).toBe(value));

  it.each([
    ['3,5', 3.5],
    ['3.5', 3.5],
    ['-1', -1],
    ['+2', 2],
    ['.5', 0.5],
    ['4.', 4],
    ['4.500000000000000000e+00', 4.5],
    ['5.0e-01', 0.5],
    ...['1e3', '1.000,5', '1,000.5', '.', ''].map((text) => [text, null] as const),
  ] as const)('%j as a number is %j', (text, value) => expect(parseDecimal(text)).toBe(value));

  it.each(['', 'NaN', 'nan', 'NULL', 'null', '\\N', 'None', 'N/A', '#N/A', 'NA', '<NA>', 'NaT'])(
    '%j is none',
    (text) => expect(isNone(text)).toBe(true),
  );
  it.each(['0', 'Nan Goldin', 'Nullarbor', 'false'])('%j is something', (text) =>
    expect(isNone(text)).toBe(false),
  );
});

describe('years', () => {
  it.each([
    ['1994', 1994],
    ['1994.0', 1994],
    ['(1994)', 1994],
    ['1995/II', 1995],
    ['1995–1999', 1995],
    ['1995-', 1995],
    ['1995?', 1995],
    ['c. 1995', 1995],
    ['1995-10-30', 1995],
    ['1995/10/30', 1995],
    ['1995-10-30T00:00:00Z', 1995],
    ['30-Oct-1995', 1995],
    ['10/30/1995', 1995],
    ['30.10.1995', 1995],
    ['October 30, 1995', 1995],
    ...['soon', '95', '19944', '1994.5', '0', '12'].map((text) => [text, null] as const),
  ] as const)('%j is %j', (text, year) => expect(parseYear(text)).toBe(year));
});

describe('times', () => {
  const AT = 1_602_592_215;
  it.each<[string, TimeUnit | null, number | null]>([
    [String(AT), null, AT],
    [`${AT}.0`, null, AT],
    [`${AT}.75`, 's', AT],
    [`${AT}000`, null, null],
    [`${AT}000`, 's', null],
    [`${AT}999`, 'ms', AT],
    [`${AT}`, 'ms', AT],
    ['5000', 'ms', 5],
    ['2020-10-13', null, 1_602_547_200],
    ['20201013', 'iso', 1_602_547_200],
    ['20201013.0', 'iso', 1_602_547_200],
    ['20201013', null, 20_201_013],
    ['20201013', 's', 20_201_013],
    ['20201332', 'iso', null],
    ['20201332123015', null, null],
    ['20201013123015', null, AT],
    ['20201013T123015Z', null, AT],
    ['2020-10-13 12:30:15.123456 +0000 UTC', null, AT],
    ['2020-10-13T12:30:15Z', null, AT],
    ['2020-10-13T12:30:15.123Z', 'iso', AT],
    ['2020-10-13 12:30:15', null, AT],
    ['2020-10-13 12:30:15 UTC', null, AT],
    ['2020-10-13 14:30:15+02:00', null, AT],
    ['2020-10-13T14:30:15+0200', null, AT],
    ['2020-10-13 07:30:15-05', null, AT],
    ['2020/10/13 12:30', null, AT - 15],
    ['13.10.2020', null, 1_602_547_200],
    ['13.10.2020 12:30:15', null, AT],
    ['2020-10-13', 'ms', 1_602_547_200],
    [`${AT}123456`, 'us', AT],
    [`${AT}123456789`, 'ns', AT],
    [`${AT}`, 'us', AT],
    [`${AT}000`, 'us', AT],
    [`${AT}000000`, 'ns', AT],
    [`${AT}000000`, 'ms', null],
    ['5000', 'us', 0],
    ['1.602592215000000000e+09', null, AT],
    ['1.6e+09', null, 1_600_000_000],
    ['1.6026E+09', null, null],
    ['202010131230', null, AT - 15],
    ['202010131230', 'iso', AT - 15],
    ['202013321230', null, null],
    ['2020-1-3', null, 1_578_009_600],
    ['2020-10-13T14:30:15+02:00[Europe/Berlin]', null, AT],
    ['2020-10-13 12:30:15 PM', null, AT],
    ['2020-10-13 01:30:15 am', null, AT - 11 * 3600],
    ['2020-10-13 13:30 PM', null, null],
    ['Tue Oct 13 2020 12:30:15 GMT+0000 (Coordinated Universal Time)', null, AT],
    ['Tue, 13 Oct 2020 12:30:15 GMT', null, AT],
    ['Tue Oct 13 12:30:15 2020', null, AT],
    ['[13/Oct/2020:12:30:15 +0000]', null, AT],
    ['13 Oct 2020', null, 1_602_547_200],
    ['October 13th, 2020', null, 1_602_547_200],
    ['13-Oct-20', null, 1_602_547_200],
    ['Smarch 13, 2020', null, null],
    ['13/10/2020', 'dmy', 1_602_547_200],
    ['10/13/2020 12:30', 'mdy', AT - 15],
    ['10/13/2020, 12:30\u202fPM', 'mdy', AT - 15],
    ['13.10.20', 'dmy', 1_602_547_200],
    ['10/13/2020', 'dmy', null],
    ['13.10.2020', 'mdy', null],
    ['44117.520833333', 'days', AT - 15],
    ['44117,5', 'days', 1_602_590_400],
    ['2020-10-13', 'days', 1_602_547_200],
    [String(AT), 'iso', null],
    ['2020-02-30', null, null],
    ['2020-13-01', null, null],
    ['10/13/2020', null, null],
    ['1969-12-31', null, null],
    ['2038-01-20', null, null],
    ['2147483648', null, null],
    ['-5', null, null],
    ['noon', null, null],
  ])('%j in %j is %j', (text, unit, seconds) => expect(parseTime(text, unit)).toBe(seconds));
});

it.each(['0000-00-00 00:00:00', '0001-01-01T00:00:00Z', '1899-12-30', '1900-01-01 00:00'])(
  '%j is no date',
  (text) => expect([isNoDate(text), isNoDate(text.replace(/^..../, '1999'))]).toEqual([true, false]),
);

describe('scales', () => {
  it.each<[OwnScale, string, number | null]>([
    ['stars', '4.5', 9],
    ['stars', '4,5', 9],
    ['stars', '5.000', 10],
    ['stars', '0', null],
    ['stars', '5.5', null],
    ['stars', '3.7', null],
    ['stars', '1e0', null],
    ['10', '10', 10],
    ['10', '7', 7],
    ['10', '7.5', 8],
    ['10', '7.1', 8],
    ['10', '0', 1],
    ['10', '0.5', 1],
    ['10', '10.5', null],
    ['10', '-1', null],
    ['100', '100', 10],
    ['100', '71', 8],
    ['100', '70', 7],
    ['100', '3', 1],
    ['100', '0', 1],
    ['100', '101', null],
    ['likes', '1', 10],
    ['likes', '1.0', 10],
    ['likes', '0', 2],
    ['likes', '-1', 2],
    ['likes', 'TRUE', 10],
    ['likes', 'False', 2],
    ['likes', 'dislike', 2],
    ['likes', 'Thumbs Up', 10],
    ['likes', 'thumbs down', 2],
    ['likes', '👎🏽', 2],
    ['likes', 'negative', 2],
    ['likes', '2', null],
    ['likes', '0.5', null],
  ])('out of %s, %j is %j half stars', (scale, text, halfStars) =>
    expect(halfStarsOn(scale, text)).toBe(halfStars),
  );

  it.each<[RatingScale, string, string]>([
    ['stars', '4/5', '4'],
    ['stars', '3,5 / 5', '3,5'],
    ['stars', '★★★½', '3.5'],
    ['stars', '★★☆☆☆', '2'],
    ['stars', '½', '0.5'],
    ['stars', '3.5/5.0', '3.5'],
    ['stars', '4 out of 5', '4'],
    ['stars', '4 von 5', '4'],
    ['stars', '3½', '3.5'],
    ['stars', '3 1/2', '3.5'],
    ['stars', '1/2', '1/2'],
    ['stars', '⭐️⭐️⭐️', '3'],
    ['stars', '****', '4'],
    ['stars', '★ ★ ★ ☆ ☆', '3'],
    ['stars', '4★', '4'],
    ['stars', '4 ★★★★☆', '4'],
    ['stars', '4 ★★', '4 ★★'],
    ['stars', '4 stars', '4'],
    ['stars', '3,5 Sterne', '3,5'],
    ['stars', '', ''],
    ['10', '8.0/10.0', '8.0'],
    ['10', '★★★', '★★★'],
    ['stars', '4½', '4.5'],
    ['stars', '⭐️⭐️', '2'],
    ['stars', '8/10', '8/10'],
    ['stars', '80%', '80%'],
    ['10', '8/10', '8'],
    ['100', '80 %', '80'],
    ['100', '80/100', '80'],
    ['100', '8/10', '8/10'],
    ['likes', '1/1', '1/1'],
    ['counts', '', ''],
  ])('on %s, %j is the number %j', (scale, text, number) => expect(ratingNumber(scale, text)).toBe(number));

  it('counts are numbers from 0 on', () => {
    expect(
      ['0', '350000', '1.5', '1,5', '1,234', '1,234,567.5', '1.234.567', '-1', 'many', '1e3'].map(parseCount),
    ).toEqual([0, 350_000, 1.5, 1.5, 1234, 1_234_567.5, 1_234_567, null, null, null]);
  });
});

describe('quintiles', () => {
  const starsOf = (...counts: number[]) => {
    const quintiles = new Quintiles();
    quintiles.add(1, Float32Array.of(9, 9, 9));
    quintiles.add(7, Float32Array.from(counts));
    return counts.map((count) => quintiles.halfStars(7, count) / 2);
  };

  it.each([
    [
      [50, 10, 40, 20, 30],
      [5, 1, 4, 2, 3],
    ],
    [
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      [1, 1, 2, 2, 3, 3, 4, 4, 5, 5],
    ],
    [
      [100, 101, 102, 103, 350_000],
      [1, 2, 3, 4, 5],
    ],
    [[7], [3]],
    [
      [7, 7, 7, 7],
      [3, 3, 3, 3],
    ],
    [
      [1, 1, 1, 1, 1, 1, 1, 1, 90, 91],
      [3, 3, 3, 3, 3, 3, 3, 3, 5, 5],
    ],
    [
      [1, 2],
      [2, 4],
    ],
  ])('of %j are %j', (counts, stars) => expect(starsOf(...counts)).toEqual(stars));

  it('are each users own, of as many users as there are', () => {
    const quintiles = new Quintiles();
    for (let user = 0; user < 200; user++) quintiles.add(user, Float32Array.of(user, user + 1, user + 2));
    expect(quintiles.halfStars(0, 2)).toBe(quintiles.halfStars(199, 201));
    expect(quintiles.halfStars(199, 199)).toBe(quintiles.halfStars(0, 0));
  });
});

describe('genres', () => {
  const split = (...column: string[]) => {
    const splitter = genreSplitter(column);
    const names = new GenreNames();
    return column.map((text) => names.normalise(splitter(text)));
  };

  it.each([
    ['Drama|Mystery', ['Drama', 'Mystery']],
    ['Drama, Mystery', ['Drama', 'Mystery']],
    ['Drama;Mystery', ['Drama', 'Mystery']],
    ['Drama / Mystery', ['Drama', 'Mystery']],
    ['["Drama", "Mystery"]', ['Drama', 'Mystery']],
    ["['Drama', 'Mystery']", ['Drama', 'Mystery']],
    ["('Drama', 'Mystery')", ['Drama', 'Mystery']],
    ['{"Drama","Mystery"}', ['Drama', 'Mystery']],
    ['[Drama, Mystery]', ['Drama', 'Mystery']],
    ['[{"id": 18, "name": "Drama"}, {"id": 9648, "name": "Mystery"}]', ['Drama', 'Mystery']],
    ["[{'id': 18, 'name': 'Drama'}, {'id': 9648, 'name': 'Mystery'}]", ['Drama', 'Mystery']],
    ['[{"name": "Com\\u00e9die"}]', ['Comédie']],
    ["[{'id': 1, 'name': \"Children's\"}]", ['Children']],
    ['[{"id": "1", "description": "Drama"}, {"id": "2", "description": "War"}]', ['Drama', 'War']],
    ['[{"genre": {"id": 1, "name": "Drama"}}]', ['Drama']],
    ['{Drama,"Film Noir"}', ['Drama', 'Film Noir']],
    ["['Drama' 'Mystery']", ['Drama', 'Mystery']],
    ["[u'Drama', u'Mystery']", ['Drama', 'Mystery']],
    ["['Drama', None]", ['Drama']],
    ["[Children's, Drama]", ['Children', 'Drama']],
    ['Drama • Mystery', ['Drama', 'Mystery']],
    ['Drama - Mystery', ['Drama', 'Mystery']],
    ['Drama\nMystery', ['Drama', 'Mystery']],
    ['[]', []],
    ['[{}]', []],
    ['NaN', []],
    ['\\N', []],
    ['(no genres listed)', []],
    ['Sci-Fi', ['Sci-Fi']],
  ])('%j are %j', (text, genres) => expect(split(text)).toEqual([genres]));

  it('are separated by what most rows of the column hold', () => {
    expect(split('Drama|Sci-Fi/Fantasy', 'Comedy', 'War|Action, dubbed', 'Drama|War')).toEqual([
      ['Drama', 'Sci-Fi/Fantasy'],
      ['Comedy'],
      ['Action, dubbed', 'War'],
      ['Drama', 'War'],
    ]);
    expect(split('Music, Musical/Dance', 'Drama, War')).toEqual([
      ['Music', 'Musical/Dance'],
      ['Drama', 'War'],
    ]);
  });

  it('are separated by another sign where all parts are genres of other rows', () => {
    expect(split('Drama|War', 'Comedy', 'Drama, comedy', 'War, dubbed', 'Comedy|War')).toEqual([
      ['Drama', 'War'],
      ['Comedy'],
      ['Comedy', 'Drama'],
      ['War, dubbed'],
      ['Comedy', 'War'],
    ]);
  });
});
