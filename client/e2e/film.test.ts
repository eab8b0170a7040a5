import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openTmdbDouble, type TmdbDouble } from '@pocketrocket/testing';
import type { Page } from 'playwright-core';
import { csvFilms } from '../src/test/csvFilms.ts';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  PHONE,
  SCHEMES,
  screenshot,
  settled,
  triedAgain,
  visit,
} from './browser.ts';
import { describePortal } from './portal.ts';

const SAMPLE = new URL('../../seeds/src/sample/films.csv', import.meta.url);
const FILM = 'Forrest Gump';

/** The sample's films with the numbers of IMDb, which the double of TMDB numbers as TMDB would. */
const sampleFilms = () =>
  csvFilms(SAMPLE).flatMap(({ movieId, imdbId, title, year }) =>
    imdbId === null || year === null ? [] : [{ movieId, tmdbId: 500 + movieId, imdbId, title, year }],
  );

describePortal('a film', {}, (portal) => {
  const films = sampleFilms();
  const film = films.find(({ title }) => title === FILM);
  const address = `/movie/${film?.movieId}`;
  let double: TmdbDouble;
  let keyed: string;

  beforeAll(async () => {
    double = await openTmdbDouble(films);
    const env = { TMDB_API_KEY: double.key, TMDB_URL: double.url, TMDB_IMAGE_URL: double.url };
    ({ origin: keyed } = await portal.stack.serve({ env }));
  }, 600_000);
  afterAll(() => double?.close());

  /** The origins that a page asks, as it asks them. */
  function origins(page: Page): Set<string> {
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    return asked;
  }

  it('is told without TMDB, and asks nobody else', async () => {
    const { page, complaints } = await visit(portal.browser);
    const asked = origins(page);
    await page.goto(portal.origin + address);
    await page.getByRole('heading', { name: FILM, level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Similar films' }).waitFor();
    await settled(page);
    expect(await page.getByText('TMDB API').count()).toBe(0);
    const fans = page.getByRole('list', { name: 'Who likes it most' });
    expect(await fans.innerText()).toMatch(/\d films rated/);
    // What a person gives on average says nothing of this film.
    expect(await fans.innerText()).not.toContain('★');
    expect([...asked]).toEqual([portal.origin]);
    await expectAccessible(page);
    await screenshot(page, 'film-without-tmdb');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('has synopsis, cast, director, runtime and services with a key, in both themes', async () => {
    for (const colorScheme of SCHEMES) {
      const { page, complaints } = await visit(portal.browser, { colorScheme });
      await page.goto(keyed + address);
      await page.getByText(`The synopsis of ${FILM}`).waitFor();
      await page.getByText('not endorsed or certified by TMDB').waitFor();
      expect(await page.getByText(/^\d h \d+ min$/).count()).toBe(1);
      expect(await page.getByText('Directed by').count()).toBe(1);
      expect(await page.getByRole('list', { name: 'Cast' }).getByRole('link').count()).toBe(3);
      await page.getByText('Streamly').waitFor();
      await page.getByLabel('Country').selectOption('DE');
      await page.getByText('Kaufkino').waitFor();
      await settled(page);
      await expectAccessible(page);
      await screenshot(page, `film-${colorScheme}`, true);
      await page.setViewportSize({ width: 1920, height: 1080 });
      await screenshot(page, `film-${colorScheme}-1920`);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  it('never shows the key to a browser', async () => {
    const { page } = await visit(portal.browser);
    const bodies: Promise<string>[] = [];
    page.on('response', (response) => bodies.push(response.text().catch(() => '')));
    await page.goto(keyed + address);
    await page.getByText(`The synopsis of ${FILM}`).waitFor();
    await settled(page);
    expect((await Promise.all(bodies)).filter((body) => body.includes(double.key))).toEqual([]);
    await page.context().close();
  });

  it('plays its trailer when that is asked for, and asks YouTube for nothing before', async () => {
    const { page } = await visit(portal.browser);
    const asked = origins(page);
    await page.route('https://www.youtube-nocookie.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>the trailer</p>' }),
    );
    await page.goto(keyed + address);
    const play = page.getByRole('button', { name: 'Play the trailer' });
    await play.waitFor();
    await settled(page);
    expect([...asked].filter((origin) => origin.includes('youtube'))).toEqual([]);
    await play.press('Enter');
    await page.frameLocator('iframe[title="Trailer"]').getByText('the trailer').waitFor();
    expect(await page.locator('iframe').getAttribute('src')).toMatch(
      /^https:\/\/www\.youtube-nocookie\.com\/embed\/trailer-\d+\?autoplay=1$/,
    );
    await page.context().close();
  });

  it('leads to the people who made it and on to their films', async () => {
    const { page, complaints } = await visit(portal.browser, { viewport: PHONE, hasTouch: true });
    await page.goto(keyed + address);
    await page.getByText(`The synopsis of ${FILM}`).waitFor();
    await screenshot(page, 'film-phone', true);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page);
    const first = page.getByRole('list', { name: 'Cast' }).getByRole('link').first();
    const name = (await first.innerText()).split('\n').find((line) => line.includes(' ')) ?? '';
    await first.tap();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.getByRole('list', { name: 'Films' }).getByRole('link').first().waitFor();
    await expectNoSidewaysScroll(page);
    await settled(page);
    await expectAccessible(page);
    await screenshot(page, 'person-phone');
    await page.getByLabel('Order').selectOption('newest');
    expect(page.url()).toContain('order=newest');
    await page.goBack();
    await page.getByRole('heading', { name: FILM, level: 1 }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('has a poster by TMDB once that is known, and a drawn one where it does not load', async () => {
    const { page } = await visit(portal.browser);
    await page.goto(keyed + address);
    await page.getByText(`The synopsis of ${FILM}`).waitFor();
    await page.reload();
    // Cards of similar films are articles, too.
    const top = page.locator('article', { has: page.getByRole('heading', { level: 1 }) });
    const poster = top.locator('img[src*="/t/p/w342/"]');
    await poster.waitFor();
    await page.route('**/t/p/w342/**', (route) => route.abort());
    // The page as the server kept it may be from before the poster was known.
    const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/t/p/w342/'));
    await page.reload();
    await failed;
    await poster.waitFor({ state: 'detached' });
    await top.locator('svg[viewBox="0 0 400 600"]').waitFor();
    expect(await poster.count()).toBe(0);
    await page.context().close();
  });

  it('stands without TMDB while that fails, says so, and gets it when it is back', async () => {
    // Far from those whose posters were on a page, and are known for that.
    const other = films.at(-3);
    double.fail(500);
    const { page } = await visit(portal.browser);
    await page.goto(`${keyed}/movie/${other?.movieId}`);
    await page.getByText('are not to be had just now').waitFor();
    await page.getByRole('heading', { name: 'Similar films' }).waitFor();
    // What was asked for before is kept.
    await page.goto(keyed + address);
    await page.getByText(`The synopsis of ${FILM}`).waitFor();
    await page.goto(`${keyed}/movie/${other?.movieId}`);
    await page.getByText('are not to be had just now').waitFor();
    await expectAccessible(page);
    await screenshot(page, 'film-tmdb-away');
    double.fail(null);
    await triedAgain(page, page.getByText('The synopsis of'));
    await page.context().close();
  });

  it('is said not to be there where it is not, and so are people and tags', async () => {
    const { page } = await visit(portal.browser);
    for (const [path, words] of [
      ['/movie/99999999', 'There is no film at this address.'],
      ['/person/12', 'There is nobody at this address.'],
      ['/person/x', 'There is nobody at this address.'],
      ['/tag/nobody%20says%20so', 'Nobody has called a film so.'],
    ] as const) {
      await page.goto(keyed + path);
      await page.getByText(words).waitFor();
    }
    await expectAccessible(page);
    await page.context().close();
  });
});
