import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { PERSONAL_KINDS } from './personalRow.ts';
import { readPersonalExport } from './readPersonalExport.ts';

const text = (path: string, content: string) => ({ path, bytes: strToU8(content) });
const read = (...files: [path: string, content: string][]) =>
  readPersonalExport(files.map(([path, content]) => text(path, content)));
const counts = ({ rows }: ReturnType<typeof read>) =>
  PERSONAL_KINDS.map((kind) => rows.filter((row) => row.kind === kind).length);
const stars = ({ rows }: ReturnType<typeof read>): Record<string, number> =>
  Object.fromEntries(
    rows.flatMap(({ kind, title, halfStars }) =>
      kind === 'rating' ? [[String(title), halfStars ?? 0]] : [],
    ),
  );
const day = (date: string) => Date.parse(`${date}T00:00Z`) / 1000;

const LETTERBOXD: [string, string][] = [
  ['profile.csv', 'Date Joined,Username\n2020-01-01,somebody\n'],
  [
    'ratings.csv',
    'Date,Name,Year,Letterboxd URI,Rating\n2024-03-01,Zero Tide,2010,https://boxd.it/a,5\n' +
      '2024-03-02,"The ""Last"" Waltz, Again",2004,https://boxd.it/b,0.5\n2024-03-03,Ünlü,1979,https://boxd.it/c,\n',
  ],
  [
    'diary.csv',
    'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n' +
      '2024-03-01,Zero Tide,2010,https://boxd.it/d,4.5,Yes,,2024-02-29\n' +
      '2024-04-01,Salt Road,1965,https://boxd.it/e,3,,,2024-03-31\n2024-04-02,Fog,2007,https://boxd.it/f,,,,2024-04-01\n',
  ],
  ['watched.csv', 'Date,Name,Year,Letterboxd URI\n2024-03-01,Zero Tide,2010,https://boxd.it/a\n'],
  ['watchlist.csv', 'Date,Name,Year,Letterboxd URI\n2024-03-01,Orchard,1988,https://boxd.it/g\n'],
  ['likes/films.csv', 'Date,Name,Year,Letterboxd URI\n2024-03-01,Fog,2007,https://boxd.it/f\n'],
  ['likes/reviews.csv', 'Date,Letterboxd URI\n2024-03-01,https://boxd.it/x\n'],
  [
    'deleted/diary.csv',
    'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2020-01-01,Gone,1990,u,1,,,2020-01-01\n',
  ],
  ['lists/best.csv', 'Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2024-01-01,Best,,u,\n'],
];

describe('an export of Letterboxd', () => {
  const check = (own: ReturnType<typeof read>) => {
    expect(own.service).toBe('Letterboxd');
    expect(counts(own)).toEqual([3, 3, 1, 1]);
    expect(stars(own)).toEqual({ 'Zero Tide': 10, 'The "Last" Waltz, Again': 1, 'Salt Road': 6 });
    expect([...own.leftOut]).toEqual([
      ['no rating from 0.5 to 5 stars', 1],
      ['deleted, or in a list', 1],
    ]);
  };

  it('is read from its folder: the list of ratings before the diary, which gives the day', () => {
    const own = read(...LETTERBOXD);
    check(own);
    expect(own.rows[0]).toEqual({
      kind: 'rating',
      title: 'Zero Tide',
      year: 2010,
      imdbId: null,
      tmdbId: null,
      halfStars: 10,
      watchedAtSeconds: day('2024-02-29'),
    });
  });

  it('is read from its zip file, in a folder in it or not, beside what a Mac adds', () => {
    for (const folder of ['', 'letterboxd-somebody-utc/']) {
      const files = Object.fromEntries(
        LETTERBOXD.map(([path, content]) => [folder + path, strToU8(content)]),
      );
      check(
        readPersonalExport([
          { path: 'x.zip', bytes: zipSync({ ...files, '__MACOSX/._a': new Uint8Array([0, 5]) }) },
        ]),
      );
    }
  });

  it('is told by its columns, whatever the file is called', () => {
    const [, [, ratings]] = LETTERBOXD as [unknown, [string, string]];
    expect(stars(read(['download (3).txt', ratings]))).toEqual({
      'Zero Tide': 10,
      'The "Last" Waltz, Again': 1,
    });
    expect(counts(read(['watchlist-somebody-2026.csv', LETTERBOXD[4]?.[1] ?? '']))).toEqual([0, 0, 0, 1]);
  });

  it('may have ratings of ten and ids, as Letterboxd imports them', () => {
    const own = read([
      'a.csv',
      'LetterboxdURI,tmdbID,imdbID,Title,Year,Rating10,WatchedDate\nu,801,tt0100001,Zero Tide,2010,10,2024-02-29\n',
    ]);
    expect(own.rows.at(0)).toMatchObject({ kind: 'rating', halfStars: 10, imdbId: 100_001, tmdbId: 801 });
  });

  it('survives a spreadsheet: marks, semicolons, decimal commas, windows-1252', () => {
    const lines = [
      'Date;Name;Year;Letterboxd URI;Rating',
      '01/03/2024;Ünlü Balıkç;1979;u;4,5',
      '31/12/2024;Señor;1999.0;u;3',
    ];
    const own = read(['ratings.csv', `\ufeffsep=;\r\n${lines.join('\r\n')}`]);
    expect(
      own.rows.map(({ title, year, halfStars, watchedAtSeconds }) => [
        title,
        year,
        halfStars,
        watchedAtSeconds,
      ]),
    ).toEqual([
      ['Ünlü Balıkç', 1979, 9, day('2024-03-01')],
      ['Señor', 1999, 6, day('2024-12-31')],
    ]);
    const latin = Uint8Array.from(
      'Date\tName\tYear\tLetterboxd URI\tRating\r2024-03-01\tSe\xf1or\t1999\tu\t3\r',
      (one) => one.charCodeAt(0),
    );
    expect(readPersonalExport([{ path: 'r.csv', bytes: latin }]).rows[0]).toMatchObject({
      title: 'Señor',
      halfStars: 6,
    });
  });
});

describe('an export of IMDb', () => {
  const HEADER = 'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Year,Genres';
  it('has ratings of ten; series and games are left out', () => {
    const own = read([
      'ratings.csv',
      `${HEADER}\ntt0100001,10,2024-03-15,"Crème, Brûlée",Crème,u,Movie,7.1,2001,"Comedy, Drama"\n` +
        'tt0100002,1,2024-03-16,Short One,Short One,u,Short,7,1999,\ntt0100003,9,2024-03-16,A Show,A Show,u,TV Series,7,1999,\n' +
        'tt0100004,9,2024-03-16,Ep,Ep,u,tvEpisode,7,1999,\ntt0100005,9,2024-03-16,Game,Game,u,Video Game,7,1999,\n' +
        'tt0100006,9,2024-03-16,On TV,On TV,u,TV Movie,7,1999,\n',
    ]);
    expect(own.service).toBe('IMDb');
    expect(stars(own)).toEqual({ 'Crème, Brûlée': 10, 'Short One': 1, 'On TV': 9 });
    expect(own.rows[0]).toMatchObject({ imdbId: 100_001, year: 2001, watchedAtSeconds: day('2024-03-15') });
    expect([...own.leftOut]).toEqual([
      ['no film: tv series', 1],
      ['no film: tvepisode', 1],
      ['no film: video game', 1],
    ]);
  });

  it('is read as it was in earlier years, and as a list of titles to watch', () => {
    const old = read([
      'ratings.csv',
      '"position","const","created","modified","description","Title","Title type","Directors","You rated","IMDb Rating","Year"\n' +
        '"1","tt0100001","Sat Mar 15 00:00:00 2014","","","Zero Tide","Feature Film","A","7","7.1","2010"\n',
    ]);
    expect(old.rows).toEqual([
      expect.objectContaining({ kind: 'rating', halfStars: 7, watchedAtSeconds: day('2014-03-15') }),
    ]);
    const list = read([
      'WATCHLIST.csv',
      'Position,Const,Created,Modified,Description,Title,URL,Title Type,Year,Your Rating,Date Rated\n' +
        '1,tt0100001,2024-01-01,,,Zero Tide,u,Movie,2010,,\n2,tt0100002,2024-01-01,,,Fog,u,Movie,2007,8,2024-02-01\n',
    ]);
    expect(counts(list)).toEqual([1, 0, 0, 1]);
  });
});

describe('an export of Trakt', () => {
  const movie = (title: string) => ({ title, year: 2010, ids: { trakt: 1, imdb: 'tt0100001', tmdb: 801 } });
  it('is read as JSON: ratings, history, watchlist, favourites; no shows', () => {
    const own = read(
      [
        'ratings-movies.json',
        JSON.stringify([
          { rated_at: '2024-01-01T10:00:00.000Z', rating: 7, type: 'movie', movie: movie('Zero Tide') },
        ]),
      ],
      [
        'ratings-episodes.json',
        JSON.stringify([
          {
            rated_at: '2024-01-01T10:00:00.000Z',
            rating: 7,
            type: 'episode',
            episode: { ids: {} },
            show: {},
          },
        ]),
      ],
      [
        'watched-movies.json',
        JSON.stringify([
          { plays: 2, last_watched_at: '2024-01-01T10:00:00.000Z', movie: movie('Zero Tide') },
        ]),
      ],
      [
        'lists-watchlist.json',
        JSON.stringify([{ rank: 1, listed_at: '2024-01-01T10:00:00.000Z', movie: movie('Zero Tide') }]),
      ],
      [
        'lists-favorites.json',
        JSON.stringify([{ rank: 1, listed_at: '2024-01-01T10:00:00.000Z', movie: movie('Zero Tide') }]),
      ],
      ['collection-movies.json', '[]'],
    );
    expect(own.service).toBe('Trakt');
    expect(counts(own)).toEqual([1, 1, 1, 1]);
    expect(own.rows[0]).toMatchObject({
      halfStars: 7,
      imdbId: 100_001,
      tmdbId: 801,
      watchedAtSeconds: 1_704_103_200,
    });
    expect([...own.leftOut]).toEqual([['no film: episode', 1]]);
  });

  it('is read as lists by kind, and as CSV', () => {
    const own = read([
      'a.json',
      JSON.stringify({
        movies: [{ ...movie('Zero Tide'), rating: 9 }],
        shows: [{ ...movie('S'), rating: 9 }],
      }),
    ]);
    expect([stars(own), [...own.leftOut]]).toEqual([{ 'Zero Tide': 9 }, [['no film: shows', 1]]]);
    const table = read([
      'ratings.csv',
      'rated_at,rating,type,title,year,trakt_id,imdb_id,tmdb_id\n2024-01-01T10:00:00Z,10,movie,Zero Tide,2010,1,tt0100001,801\n' +
        '2024-01-01T10:00:00Z,10,show,A Show,2010,1,tt0100002,802\n',
    ]);
    expect([table.service, stars(table)]).toEqual(['Trakt', { 'Zero Tide': 10 }]);
  });
});

describe('an export of movielens.org', () => {
  it('has stars, and years in its titles', () => {
    const own = read([
      'movielens-ratings.csv',
      'movie_id,imdb_id,tmdb_id,rating,average_rating,title\n1,0100001,801,3.5,3.89,"Tide, The (1994)"\n2,,,4,3.9,"A, B & Co. (2001)"\n',
    ]);
    expect(own.rows).toEqual([
      {
        kind: 'rating',
        title: 'The Tide',
        year: 1994,
        imdbId: 100_001,
        tmdbId: 801,
        halfStars: 7,
        watchedAtSeconds: null,
      },
      {
        kind: 'rating',
        title: 'A, B & Co.',
        year: 2001,
        imdbId: null,
        tmdbId: null,
        halfStars: 8,
        watchedAtSeconds: null,
      },
    ]);
  });
});

it('takes the later of two ratings; among equal or missing times the later row', () => {
  const own = read([
    'ratings.csv',
    'Date,Name,Year,Letterboxd URI,Rating\n2024-03-05,A,2010,u,5\n2024-03-01,A,2010,u,1\n,B,2010,u,1\n,B,2010,u,2\n',
  ]);
  expect(stars(own)).toEqual({ A: 10, B: 4 });
});

it.each([
  ['an empty file', text('ratings.csv', ''), /ratings\.csv looks like an empty file/],
  ['a web page', text('ratings.csv', '<!doctype html><p>'), /looks like a web page/],
  ['a PDF', text('a.pdf', '%PDF-1.7'), /looks like a PDF document/],
  ['a gzip file', { path: 'a.gz', bytes: new Uint8Array([0x1f, 0x8b, 8]) }, /gzip file: unpack it first/],
  ['broken JSON', text('a.json', '[{"movie":'), /JSON that breaks off/],
  ['other JSON', text('a.json', '{"songs":[{"title":"x"}],"by":1}'), /looks like JSON with songs, by/],
  [
    'a data set',
    text('ratings.csv', 'userId,movieId,rating,timestamp\n1,1,4,5\n'),
    /ratings of many people.*npm run seed/,
  ],
  ['another table', text('a.csv', 'Artist,Song\nx,y\n'), /looks like a table of the columns Artist, Song/],
  ['a letter', text('a.txt', 'Dear all\nhi'), /looks like a text that begins with “Dear all”/],
  [
    'a workbook',
    { path: 'a.xlsx', bytes: zipSync({ 'xl/workbook.xml': strToU8('x') }) },
    /Office document: save the sheet as CSV/,
  ],
  [
    'half a zip file',
    { path: 'a.zip', bytes: zipSync({ a: strToU8('x') }).subarray(0, 40) },
    /not a complete zip file/,
  ],
  ['a photo of a telephone', text('a.heic', '\0\0\0\x18ftypheic'), /looks like a picture or film/],
  [
    'a history of Netflix',
    text('a.csv', 'Title,Date\nx,1/2/24\n'),
    /Netflix's history.*neither ratings nor ids/,
  ],
  ['an empty zip file', { path: 'a.zip', bytes: zipSync({}) }, /a\.zip holds no files/],
])('says of %s what it looks like', (_, file, message) => {
  expect(() => readPersonalExport([file])).toThrow(message);
});

it('refuses an archive that would fill the memory', () => {
  const bytes = zipSync({ 'ratings.csv': new Uint8Array(101_000_000) });
  expect(() => readPersonalExport([{ path: 'a.zip', bytes }])).toThrow(
    /larger than an export may be \(100 MB\)/,
  );
});

it('refuses an archive of endless files', () => {
  const files = Object.fromEntries(
    Array.from({ length: 10_001 }, (_, place) => [`${place}.csv`, strToU8('')]),
  );
  expect(() => readPersonalExport([{ path: 'a.zip', bytes: zipSync(files, { level: 0 }) }])).toThrow(
    /more files than an export does \(10000\)/,
  );
});

describe('siblings of exports', () => {
  const RATINGS = 'Date,Name,Year,Letterboxd URI,Rating\n';
  const [, , diary, , , , , deleted] = LETTERBOXD.map(([, content]) => content);

  it('are zip files of other programs, and one in another', () => {
    const names = {
      './x\\ratings.csv': strToU8(`${RATINGS}2024-03-01,A,2010,u,4\n`),
      'x\\deleted\\diary.csv': strToU8(String(deleted)),
    };
    const inner = zipSync(names);
    for (const bytes of [inner, zipSync({ 'export.zip': inner })]) {
      const own = readPersonalExport([{ path: 'a.zip', bytes }]);
      expect([stars(own), [...own.leftOut]]).toEqual([{ A: 8 }, [['deleted, or in a list', 1]]]);
    }
  });

  it('draw their stars, and say their scale', () => {
    const drawn = ['★★★★½', '½', '4½', '★★★☆☆', '⭐️⭐️', '8/10', '4/5', '4 / 10', '★★★★★★', '11/10'];
    const own = read([
      'ratings.csv',
      RATINGS + drawn.map((rating, place) => `2024-03-01,F${place},2010,u,${rating}\n`).join(''),
    ]);
    expect(Object.values(stars(own))).toEqual([9, 1, 9, 6, 4, 8, 8, 4]);
    expect([...own.leftOut]).toEqual([['no rating from 0.5 to 5 stars', 2]]);
  });

  it('like lists and reviews of others, which are no films of the person', () => {
    const own = read(
      ['likes/films.csv', 'Date,Name,Year,Letterboxd URI\n2024-03-01,Fog,2007,u\n'],
      ['likes/lists.csv', 'Date,Name,Letterboxd URI\n2024-03-01,Best ever,u\n'],
    );
    expect([counts(own), [...own.leftOut]]).toEqual([[0, 0, 1, 0], [['deleted, or in a list', 1]]]);
  });

  it('are of the same diary, whose latest rating counts', () => {
    const own = read([
      'diary.csv',
      `${String(diary).split('\n')[0]}\n2024-05-01,A,1990,u,5,Yes,,2024-05-01\n2022-01-01,A,1990,u,1,,,2022-01-01\n` +
        '2024-06-01,A,1990,u,,Yes,,2024-06-01\n',
    ]);
    expect([counts(own), stars(own)]).toEqual([[1, 1, 0, 0], { A: 10 }]);
  });

  it('were written for Letterboxd by other programs', () => {
    const own = read(['a.csv', 'Title,Year,Rating10,WatchedDate\nA,2010,9,2024-02-29\n']);
    expect([own.service, stars(own)]).toEqual(['Letterboxd', { A: 9 }]);
  });

  it('have pilots, and texts that are too long for titles', () => {
    const own = read([
      'ratings.csv',
      `Const,Your Rating,Date Rated,Title,Title Type,Year\ntt1,7,2024-01-01,A,TV Pilot,2010\ntt2,7,2024-01-01,${'x'.repeat(501)},Movie,2010\n`,
    ]);
    expect([...own.leftOut]).toEqual([['no film: tv pilot', 1]]);
    expect(own.rows).toEqual([expect.objectContaining({ imdbId: 2, title: null })]);
  });

  it('of Trakt hold all lists in one, flat entries, damaged ones, and lists of own making', () => {
    const film = (title: string) => ({ title, year: 2000, ids: { imdb: 'tt1' } });
    const time = '2024-01-01T10:00:00Z';
    const own = read(
      [
        'backup.json',
        JSON.stringify({
          user: { name: 'x' },
          ratings: { movies: [{ rating: 7, movie: film('A') }], shows: [{ rating: 7, show: film('S') }] },
          watchlist: { movies: [{ listed_at: time, movie: film('A') }] },
        }),
      ],
      [
        'flat.json',
        JSON.stringify([{ title: 'B', year: 2001, imdb_id: 'tt2', rating: 9, rated_at: time }, null]),
      ],
      ['lists-list-1-best.json', JSON.stringify([{ rank: 1, listed_at: time, movie: film('C') }])],
    );
    expect([own.service, counts(own), stars(own)]).toEqual(['Trakt', [2, 0, 0, 1], { A: 7, B: 9 }]);
    expect([...own.leftOut]).toEqual([
      ['no film: show', 1],
      ['no film', 1],
      ['neither rated, watched, liked nor listed', 1],
    ]);
  });

  it('of Trakt have ratings of everybody beside the own ones', () => {
    const own = read(['r.csv', 'title,year,type,rating,my_rating,trakt_id\nA,2000,movie,7.8,3,1\n']);
    expect(stars(own)).toEqual({ A: 3 });
  });
});

describe('another table of ratings', () => {
  it('is read on the scale that the whole column looks like', () => {
    const tables: [string, string, Record<string, number>][] = [
      ['stars', 'Titel;Jahr;Bewertung\nA;1990;4,5\nB;1991;3\n', { A: 9, B: 6 }],
      ['out of 10', 'Title,Year,User Rating\nA,1990,8.0\nB,1991,3\n', { A: 8, B: 3 }],
      ['out of 10', 'title,rating (out of 10)\nA,2\nB,3\nC,3\nD,1\nE,5\n', { A: 2, B: 3, C: 3, D: 1, E: 5 }],
      ['out of 100', 'Film Name,Score\nA,80\nB,35\nC,100\n', { A: 8, B: 4, C: 10 }],
      ['likes', 'title,liked\nA,true\nB,false\n', { A: 10, B: 2 }],
      ['likes', 'title,liked\nA,1\nB,0\nC,1\n', { A: 10, B: 2, C: 10 }],
      ['likes', 'title,Like\nA,1\n', { A: 10 }],
    ];
    for (const [scale, content, expected] of tables) {
      const own = read(['mine.csv', content]);
      expect([own.service, stars(own)]).toEqual([expect.stringContaining(scale), expected]);
    }
  });

  it('of a few ones, which are likes as well as the worst of five stars, is refused', () => {
    expect(() => read(['mine.csv', 'title,rating\nA,1\nB,0\nC,1\n'])).toThrow();
  });

  it('says what is no film, or not rated, and is not taken for an export that it resembles', () => {
    const own = read([
      'SimklBackup.csv',
      'SIMKL_ID,Title,Type,Year,WatchedDate,Rating,TMDB,IMDB\n1,A,movie,1990,2020-01-01 10:00:00,8,862,tt0114709\n' +
        '2,S,tv,1990,2020-01-01,7,1,tt0114710\n3,B,movie,1991,2020-01-01,0,2,tt0114711\n',
    ]);
    expect(own.rows).toEqual([
      expect.objectContaining({ kind: 'rating', imdbId: 114_709, tmdbId: 862, halfStars: 8 }),
    ]);
    expect([...own.leftOut]).toEqual([
      ['no film: tv', 1],
      ['no rating from 1 to 10', 1],
    ]);
  });

  it.each([
    'title,rating\nA,0.3\nB,0.9\nC,0.1\nD,0.2\nE,0.7\n',
    'userId,title,rating\n1,A,4\n',
    'title,rating\nA,nice\n',
  ])('is refused where nobody can tell: %j', (content) =>
    expect(() => read(['x.csv', content])).toThrow(/no export that can be read/),
  );

  it('is none, but JSON in lines may be of Trakt', () => {
    const line = (title: string) =>
      JSON.stringify({ rated_at: '2020-01-01', rating: 8, movie: { title, ids: {} } });
    expect(stars(read(['ratings.jsonl', `${line('A')}\n${line('B')}\n`]))).toEqual({ A: 8, B: 8 });
    expect(() => read(['ratings.jsonl', `${line('A')}\n{"rated`])).toThrow(/breaks off/);
  });
});

it('reads dates that a spreadsheet wrote in the order that one of them tells, and counts those that none tells', () => {
  const ratings = (...dates: string[]) =>
    read([
      'ratings.csv',
      `Date,Name,Year,Letterboxd URI,Rating\n${dates.map((date, index) => `${date},Film ${index},1990,https://boxd.it/${index},4\n`).join('')}`,
    ]);
  const days = ({ rows }: ReturnType<typeof ratings>) => rows.map((row) => row.watchedAtSeconds);
  expect(days(ratings('1/2/2020', '1/31/2020'))).toEqual([day('2020-01-02'), day('2020-01-31')]);
  expect(days(ratings('1/2/2020', '31/1/2020'))).toEqual([day('2020-02-01'), day('2020-01-31')]);
  const unsure = ratings('1/2/2020', '3/3/2020', '2020-01-05');
  expect(days(unsure)).toEqual([null, day('2020-03-03'), day('2020-01-05')]);
  expect([...unsure.leftOut]).toEqual([['dates alone, as day and month cannot be told apart', 1]]);
});
