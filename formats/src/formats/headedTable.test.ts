import { describe, expect, it } from '@jest/globals';
import { csv, csvRatings } from './csv.ts';
import { quoteState, splitFields } from './splitFields.ts';

const RATING = { userId: '7', movieId: '31', rating: '4.5', timestamp: '100' };

describe('columns', () => {
  it.each([
    'userId,movieId,rating,timestamp',
    'user_id,movie_id,rating,rated_at',
    'USER ID,MOVIE ID,RATING,TIMESTAMP',
    '"userId";"movieId";"rating";"timestamp"',
    'uid\titem_id\tscore\ttime',
    'user|film|stars|Date',
    'User,Item,Rating,created_at',
    'userID::movieID::Value::when',
    ' userId , filmId , my-rating , date rated ',
    'UserID,ItemID,play_count,unix_timestamp',
    'viewer,title_id,liked,datetime',
    'user (name),movie id,rating (1-5),timestamp (UTC)',
    'userId,movieId,Rating out of 10,time [s]',
    'user_id:token\titem_id:token\trating:float\ttimestamp:float',
    '│ userId │ movieId │ rating │ timestamp │'.replace(/^│ | │$/g, ''),
  ])('%s are those of ratings', (header) => {
    const { separator, toRow, split, unused } = csvRatings.open(header, null);
    expect(toRow(split(['7', '31', '4.5', '100'].join(separator)) ?? [])).toEqual(RATING);
    expect(unused).toEqual([]);
  });

  it('in any order, with others that are not used', () => {
    const table = csvRatings.open('comment,rating,id,movieId,,userId,score', null);
    expect(table.toRow(['nice', '3', '5', '31', '', '7', '99'])).toEqual({
      ...RATING,
      rating: '3',
      timestamp: '',
    });
    expect(table.unused).toEqual(['comment', 'id', 'score']);
    expect(table.columns).toEqual({ userId: 'userId', movieId: 'movieId', rating: 'rating' });
  });

  it.each([
    ['id,movie,year,genre', ['5', 'Zero Tide', '2010', 'Drama']],
    ['movie,title,release_date,categories', ['5', 'Zero Tide', '2010', 'Drama']],
    ['item_id;name;start_year;genre_names', ['5', 'Zero Tide', '2010', 'Drama']],
    ['FILM_ID\tFILM\tRELEASE\tGENRES', ['5', 'Zero Tide', '2010', 'Drama']],
  ])('%s are those of movies', (header, fields) => {
    const { toRow } = csv.movies.open(header, null);
    expect(toRow(fields)).toEqual({ movieId: '5', title: 'Zero Tide', releaseYear: '2010', genres: 'Drama' });
  });

  it('of movies may name ids in other databases, and lack genres', () => {
    const { toRow } = csv.movies.open('movieId,title,imdb_id,tmdbId', null);
    expect(toRow(['5', 'Zero Tide (2010)', 'tt0100003', '803'])).toEqual({
      movieId: '5',
      title: 'Zero Tide (2010)',
      releaseYear: null,
      genres: '',
      imdbId: 'tt0100003',
      tmdbId: '803',
    });
  });

  it.each([
    ['userId;movieId;rating;timestamp', 0x3b],
    ['user_id,movie_id,score,date', 0x2c],
    ['userId\tmovieId\trating\ttimestamp', 0x09],
    ['userId,movieId,rating', null],
    ['movieId,userId,rating,timestamp', null],
    ['userId,movieId,rating,timestamp,note', null],
    ['userId::movieId::rating::timestamp', null],
    ['userId^movieId^rating^timestamp', 0x5e],
    ['"userId,movieId,rating,timestamp"', null],
    ["'userId','movieId','rating','timestamp'", null],
  ])('%s are read from the bytes: %j', (header, byte) =>
    expect(csvRatings.open(header, null).plainSeparator).toBe(byte),
  );

  it.each([
    ['userId,movieId,rating', ['1', '2', '3', '', ''], true],
    ['userId,movieId,rating,,', ['1', '2', '3'], true],
    ['userId,movieId,rating', ['1', '2', '3', 'x'], false],
    ['userId,movieId,rating,timestamp', ['1', '2', '3'], false],
  ])('%s take %j: %j', (header, fields, isTaken) =>
    expect(csvRatings.open(header, null).toRow(fields) !== null).toBe(isTaken),
  );

  it.each([
    [
      '7;31;4,5;100',
      /lacks userId, movieId, rating\. It is: 7;31;4,5;100\n.*holds values, not names: put a line userId,/,
    ],
    [
      'movieId;rating;when',
      /lacks userId\. It is: movieId;rating;when\n {2}it looks separated by ";"; found movieId, rating, when; rename/,
    ],
    ['whatever', /looks like one column; found whatever; rename/],
    ['userId,1,2,3,4,5,6,7', /names numbers: a row for each user and a column for each movie\?/],
    ['<!DOCTYPE html><html>', /it is a web page, perhaps the one that offers the download/],
    ['{"userId":1,"movieId":2}', /it is JSON: save it as CSV/],
    ['version https://git-lfs.github.com/spec/v1', /a pointer to a file in Git LFS/],
    ['x'.repeat(500), /It is: x{119}…\n/],
    [
      `userId,movieId,rating ${'1,2,3 '.repeat(20_000)}`,
      /first line has 120,022 characters: lines must end in/,
    ],
  ])('%s are refused with what they look like', (header, message) =>
    expect(() => csvRatings.open(header, null)).toThrow(message),
  );
});

describe('lines', () => {
  const read = (header: string, line: string, given: string | null = null) => {
    const { split, toRow } = csvRatings.open(header, given);
    return toRow(split(line) ?? []);
  };

  it.each([
    ['userId^movieId^rating^timestamp', '7^31^4.5^100', null],
    ['userId~movieId~rating~timestamp', '7~31~4.5~100', null],
    ['userId\x01movieId\x01rating\x01timestamp', '7\x0131\x014.5\x01100', null],
    ['userId，movieId，rating，timestamp', '7，31，4.5，100', null],
    ['user movie rating time', '7 31 4.5 100', null],
    ['user  movie  rating  time', '7  31  4.5  100', null],
    ['userId;movieId;rating;timestamp', '7;31;4.5;100', ','],
    ['userId^movieId^rating^timestamp', '7^31^4.5^100', '^'],
    ['"userId,movieId,rating,timestamp"', '"7,31,4.5,100"', null],
    ['"userId;""movieId"";rating;timestamp"', '"7;""31"";4.5;100"', null],
    ["'userId','movieId','rating','timestamp'", "'7','31','4.5','100'", null],
    ['“userId”,“movieId”,“rating”,“timestamp”', '“7”,“31”,“4.5”,“100”', null],
    ['userId,movieId,rating,timestamp', '="7",="31",4.5,100', null],
  ])('%j as %j', (header, line, given) => expect(read(header, line, given)).toEqual(RATING));

  it('keep quotes and commas within single quotes', () => {
    const { split, toRow } = csv.movies.open("'movieId','title'", null);
    expect(toRow(split(`'5','Zero "Tide", again'`) ?? [])).toMatchObject({ title: 'Zero "Tide", again' });
  });

  it('have ids of IMDb where there are no others', () => {
    const { split, toRow } = csv.movies.open('tconst,primaryTitle,startYear', null);
    expect(toRow(split('tt0100003,Zero Tide,2010') ?? [])).toMatchObject({
      movieId: 'tt0100003',
      title: 'Zero Tide',
      imdbId: 'tt0100003',
    });
    expect(read('userId,movieId,imdbId,rating', '7,31,tt5,4.5')).toMatchObject({ movieId: '31' });
  });

  it.each([
    'Benutzer;Film;Bewertung;Datum',
    'utilisateur,film,note,date',
    'Usuario,Película,Puntuación,Fecha',
  ])('name their columns in other languages: %s', (header) => {
    const separator = header.includes(';') ? ';' : ',';
    expect(read(header, ['7', '31', '4.5', '100'].join(separator))).toEqual(RATING);
  });
});

describe('fields', () => {
  it.each<[string, string, string[] | null]>([
    ['1,2,3', ',', ['1', '2', '3']],
    [' 1 , 2 ,', ',', ['1', '2', '']],
    ['1,"a, b",3', ',', ['1', 'a, b', '3']],
    ['1;"a; ""b""";3', ';', ['1', 'a; "b"', '3']],
    ['1\t"a b"\t\t3', '\t', ['1', 'a b', '', '3']],
    ['1, "a, b" ,3', ',', ['1', 'a, b', '3']],
    ['1,the "best" film,3', ',', ['1', 'the "best" film', '3']],
    ['1,"the \\"best\\" film, ever",3', ',', ['1', 'the "best" film, ever', '3']],
    ['1,"C:\\",3', ',', ['1', 'C:\\', '3']],
    ['1,"two\nlines",3', ',', ['1', 'two\nlines', '3']],
    ['1,"open,3', ',', null],
  ])('%j', (line, separator, fields) => expect(splitFields(line, separator)).toEqual(fields));

  it.each([
    ['1,2', 'whole'],
    ['1,"a""b",2', 'whole'],
    ['1,"a', 'open'],
    ['1,"a""', 'open'],
    ['1,"a\nb",2', 'whole'],
    ['1,"a"b,2', 'broken'],
    ['1,a "quoted" word', 'whole'],
  ])('the quotes of %j are %s', (text, state) => expect(quoteState(text, ',')).toBe(state));
});
