import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@pocketrocket/runtime';
import { openTmdbDouble, until, type TmdbDouble } from '@pocketrocket/testing';
import { readFilm, readPerson } from './answers.ts';
import { folderAnswers, type AnswerStore } from './keptAnswers.ts';
import { createPace } from './pace.ts';
import { KEPT_MS, Tmdb, type FilmIds } from './tmdb.ts';
import { createTmdbClient } from './tmdbClient.ts';

const FILMS = Array.from({ length: 40 }, (_, at) => ({
  tmdbId: 600 + at,
  imdbId: 100_000 + at,
  title: `Film ${at}`,
  year: 1990 + at,
}));
const BY_TMDB: FilmIds = { tmdbId: 603, imdbId: null };
const NO_STORE: AnswerStore = { read: async () => null, write: async () => undefined };

let double: TmdbDouble;
let lines: string[];
let now: number;
const opened: Tmdb[] = [];
beforeEach(async () => {
  double = await openTmdbDouble(FILMS);
  lines = [];
  now = 1_700_000_000_000;
});
afterEach(async () => {
  for (const tmdb of opened.splice(0)) await tmdb.close();
  await double.close();
});

function open(store = NO_STORE, key = double.key, perSecond = 1_000): Tmdb {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const logger = createLogger({ level: 'trace', name: 'test', stream });
  const client = createTmdbClient({ origin: double.url, key, perSecond, logger });
  const tmdb = new Tmdb({ client, store, maxBytes: 1_000_000, logger, now: () => now });
  opened.push(tmdb);
  return tmdb;
}

describe('what TMDB tells', () => {
  it('is read by its own number, and by that of IMDb', async () => {
    const tmdb = open();
    const film = await tmdb.film(BY_TMDB);
    expect(film).toMatchObject({
      tmdbId: 603,
      runtimeMinutes: 93,
      poster: '/poster603.jpg',
      trailer: 'trailer-603',
      directors: [{ personId: 9_001, name: 'Ida Vance' }],
      offers: { countries: { US: { flatrate: [0], rent: [1, 2] }, DE: { buy: [3] } } },
    });
    expect(film?.cast.map(({ name, character }) => [name, character])).toEqual([
      ['Jun Akita', 'Part 1'],
      ['Lena Brandt', 'Part 2'],
      ['Noor Haddad', 'Part 3'],
    ]);
    expect(await tmdb.film({ tmdbId: null, imdbId: 100_003 })).toEqual(film);
    expect(await tmdb.film({ tmdbId: 1, imdbId: null })).toBeNull();
    expect(await tmdb.film({ tmdbId: null, imdbId: null })).toBeNull();
  });

  it('is asked for once, by however many at the same time, what is not there as well', async () => {
    const tmdb = open();
    await Promise.all(Array.from({ length: 20 }, () => tmdb.film(BY_TMDB)));
    await tmdb.film(BY_TMDB);
    await tmdb.film({ tmdbId: 1, imdbId: null });
    await tmdb.film({ tmdbId: 1, imdbId: null });
    expect(double.asked()).toEqual(['/3/movie/603', '/3/movie/1']);
  });

  it('is given while TMDB fails, and asked anew when it is a day old', async () => {
    const tmdb = open();
    await tmdb.film(BY_TMDB);
    double.fail(500);
    now += 25 * 3_600_000;
    expect(await tmdb.film(BY_TMDB)).toMatchObject({ tmdbId: 603 });
    await until('it is asked anew', () => double.asked().length === 2);
    now += KEPT_MS;
    await expect(tmdb.film(BY_TMDB)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it.each([[500], [429], [401], ['nonsense']] as const)(
    'fails with a reason after %p, and asks no more after three of them',
    async (how) => {
      const tmdb = open();
      double.fail(how);
      for (let tmdbId = 600; tmdbId < 603; tmdbId++)
        await expect(tmdb.film({ tmdbId, imdbId: null })).rejects.toThrow(
          /^TMDB (answered|refuses|was asked|is asked)/,
        );
      const asked = double.asked().length;
      await expect(tmdb.film({ tmdbId: 610, imdbId: null })).rejects.toMatchObject({
        code: 'UPSTREAM_UNAVAILABLE',
      });
      expect(double.asked()).toHaveLength(asked);
    },
  );

  it('never tells the key', async () => {
    const tmdb = open(NO_STORE, 'a-wrong-key');
    const failures: string[] = [];
    for (let tmdbId = 600; tmdbId < 605; tmdbId++)
      await tmdb
        .film({ tmdbId, imdbId: null })
        .catch((error: unknown) => failures.push(JSON.stringify(error) + String(error)));
    expect(failures).toHaveLength(5);
    expect([...failures, ...lines].filter((text) => text.includes('a-wrong-key'))).toEqual([]);
    expect(lines.join('')).toMatch(/circuit breaker open/);
  });

  it('is kept in a folder for the next start, and a torn file is as none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tmdb-'));
    const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });
    const first = open(folderAnswers(folder, 1_000_000, logger));
    await first.film(BY_TMDB);
    expect(await readdir(folder)).toEqual(['film-603.json']);
    const second = open(folderAnswers(folder, 1_000_000, logger));
    expect(await second.film(BY_TMDB)).toMatchObject({ tmdbId: 603 });
    expect(double.asked()).toHaveLength(1);
    await writeFile(join(folder, 'film-603.json'), '{"at":17');
    expect(await open(folderAnswers(folder, 1_000_000, logger)).film(BY_TMDB)).toMatchObject({ tmdbId: 603 });
    expect(double.asked()).toHaveLength(2);
    await rm(folder, { recursive: true });
  });

  it('takes no more of a folder than it may', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tmdb-'));
    const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });
    const store = folderAnswers(folder, 10_000, logger);
    for (let at = 0; at < 401; at++) await store.write(`film-${at}`, 'x'.repeat(100));
    expect((await readdir(folder)).length).toBeLessThan(100);
    await rm(folder, { recursive: true });
  });

  it('has posters later, when there is time for them', async () => {
    const tmdb = open();
    expect(await tmdb.posterOf(BY_TMDB)).toBeNull();
    expect(await tmdb.posterOf({ tmdbId: null, imdbId: 100_007 })).toBeNull();
    await until(
      'they are there',
      async () => (await tmdb.posterOf({ tmdbId: null, imdbId: 100_007 })) !== null,
    );
    expect(await tmdb.posterOf(BY_TMDB)).toBe('/poster603.jpg');
    double.fail('silent');
    expect(await tmdb.posterOf({ tmdbId: 620, imdbId: null })).toBeNull();
  });

  it('finds people and their films', async () => {
    const tmdb = open();
    expect(await tmdb.people('ida')).toEqual([{ personId: 9_001, name: 'Ida Vance', photo: '/person0.jpg' }]);
    const ida = await tmdb.person(9_001);
    expect(ida?.credits).toContainEqual({ tmdbId: 603, title: 'Film 3', year: 1993, roles: ['Director'] });
    expect(await tmdb.person(1)).toBeNull();
  });
});

describe('the answers of TMDB', () => {
  it('are read where parts of them are missing or wrong', () => {
    expect(readFilm({ id: 7 })).toMatchObject({ tmdbId: 7, overview: null, cast: [], trailer: null });
    const film = readFilm({
      id: 7,
      overview: ' ',
      runtime: 0,
      poster_path: 'javascript:alert(1)',
      credits: { cast: [null, { id: 1, name: 'A', character: '' }, { name: 'B' }], crew: 'none' },
      videos: { results: [{ site: 'YouTube', key: '"><script>', type: 'Trailer' }] },
      'watch/providers': { results: { DE: { flatrate: 'much' } } },
    });
    expect(film).toMatchObject({ overview: null, runtimeMinutes: null, poster: null, trailer: null });
    expect(film?.cast).toEqual([{ personId: 1, name: 'A', photo: null, character: null }]);
    expect(film?.offers).toEqual({ services: [], countries: {} });
    expect(readPerson({ id: 3, name: 'C' })).toMatchObject({ name: 'C', credits: [] });
    expect(() => readFilm({ title: 'no number' })).toThrow();
  });
});

describe('the pace', () => {
  it('lets a burst through, then one after the other, and refuses who would wait too long', async () => {
    let clock = 0;
    const pace = createPace(10, () => clock);
    expect(pace.isIdle()).toBe(true);
    for (let call = 0; call <= 10; call++) expect(await pace.turn(0)).toBe(true);
    expect(await pace.turn(0)).toBe(false);
    expect(pace.isIdle()).toBe(false);
    clock += 100;
    expect(await pace.turn(0)).toBe(true);
    pace.pause(5_000);
    expect(await pace.turn(1_000)).toBe(false);
    clock += 7_000;
    expect(await pace.turn(0)).toBe(true);
  });
});
