import { expect, it } from '@jest/globals';
import { layoutShift } from '@pocketrocket/testing/browser';
import type { Page } from 'playwright-core';
import {
  DESKTOP,
  eventually,
  expectAccessible,
  expectNoSidewaysScroll,
  PHONE,
  SCHEMES,
  screenshot,
  settled,
  visit,
} from './browser.ts';
import { ask, describePortal, emailOf, PASSWORD, signUp } from './portal.ts';

const candidates = (page: Page) =>
  page.getByRole('list', { name: 'Films to pick from' }).getByRole('checkbox');

const seeMyFilms = (page: Page) => page.getByRole('button', { name: 'See my films' });

async function pickFive(page: Page): Promise<void> {
  for (let picked = 0; picked < 5; picked++) await candidates(page).first().click();
}

/** Scrolls to the end, as slowly as rows are asked for. */
async function seeAllRows(page: Page): Promise<void> {
  let height = 0;
  await eventually(
    async () => {
      const before = height;
      height = await page.evaluate(() => {
        window.scrollTo(0, document.body.scrollHeight);
        return document.body.scrollHeight;
      });
      const awaited = await page.locator('main section[aria-busy=true]').count();
      return { awaited, grown: height - before };
    },
    (state) => expect(state).toEqual({ awaited: 0, grown: 0 }),
  );
  await settled(page);
}

/** The ids of all films that rows show, one entry for each place. */
const filmsInRows = (page: Page) =>
  page
    .locator('main section ul [data-card-link]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

/** Rates eight of the most popular films and dismisses the ninth; returns where they are. */
async function rateAndDismiss(origin: string, email: string): Promise<string[]> {
  const session = await ask<{ signIn: { token: string } }>(
    origin,
    'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
    { variables: { input: { email, password: PASSWORD } } },
  );
  const { popularNow } = await ask<{ popularNow: { movieId: number }[] }>(
    origin,
    '{ popularNow(first: 9) { movieId } }',
  );
  const changes = popularNow.map(({ movieId }, at) =>
    at < 8
      ? `a${at}: rateMovie(input: { movieId: ${movieId}, rating: 5 }) { rating { rating } }`
      : `a${at}: dismissMovie(movieId: ${movieId}) { movie { movieId } }`,
  );
  await ask(origin, `mutation { ${changes.join(' ')} }`, { token: session.signIn.token });
  return popularNow.map(({ movieId }) => `/movie/${movieId}`);
}

/** Places do not depend on colours. */
const WIDTHS = [320, 360, 390, 412, 768, 1024, 1280, 1920];
const ACCESSIBLE_AT = [360, 1280];

describePortal('home', { trained: true }, (portal) => {
  it.each([
    ['a desktop', DESKTOP],
    ['a phone', PHONE],
  ])(
    'leads a stranger to a personal list in six clicks on %s, without a film twice',
    async (_, viewport) => {
      const { page, context, complaints } = await visit(portal.browser, { viewport });
      await page.goto(portal.origin);
      await candidates(page).first().waitFor();
      await pickFive(page);
      await seeMyFilms(page).click();
      await page.getByText('Tonight’s pick for you').waitFor();
      await seeAllRows(page);
      const films = await filmsInRows(page);
      expect(films.length).toBeGreaterThan(60);
      expect(films.length - new Set(films).size).toBe(0);
      expect(await page.locator('main section > div > div > h2').count()).toBeLessThanOrEqual(7);
      expect(complaints).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('leads there by keys alone, 25 at most, and lists them', async () => {
    const { page, context } = await visit(portal.browser);
    await page.goto(portal.origin);
    await candidates(page).first().waitFor();
    await settled(page);
    let keys = 0;
    const press = async (key: string) => {
      keys++;
      await page.keyboard.press(key);
    };
    await press('Tab');
    await press('Enter');
    const isOnFilm = () =>
      page.evaluate(() => document.activeElement?.matches('main li input[type=checkbox]'));
    while (keys < 25 && !(await isOnFilm())) await press('Tab');
    for (let picked = 0; picked < 5; picked++) await press('Space');
    await page.getByText('5 picked. Your list is ready.').waitFor();
    await page.getByText(/ picked\. .+ took its place\.$/).waitFor({ state: 'attached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('See my films').waitFor();
    await page.keyboard.press('Escape');
    await press('m');
    await page.getByText('Tonight’s pick for you').waitFor();
    expect(keys).toBeLessThanOrEqual(25);
    await context.close();
  }, 60_000);

  it('covers nothing that has the focus with the bar of picks', async () => {
    for (const viewport of [PHONE, { width: 740, height: 360 }]) {
      const { page, context } = await visit(portal.browser, { viewport });
      await page.goto(portal.origin);
      await pickFive(page);
      const bar = page.getByRole('region', { name: 'Your picks' });
      const { height = 0 } = (await bar.boundingBox()) ?? {};
      expect(height).toBeLessThanOrEqual(60);
      for (let at = 0; at < 20; at++) {
        await page.keyboard.press('Tab');
        const covered = await page.evaluate(() => {
          const focused = document.activeElement;
          const shown = document.querySelector('[data-pick-bar]');
          if (!focused || !shown || shown.contains(focused)) return 0;
          const box = focused.getBoundingClientRect();
          return Math.max(0, Math.min(box.bottom, innerHeight) - shown.getBoundingClientRect().top);
        });
        expect(covered).toBeLessThanOrEqual(1);
      }
      await context.close();
    }
  }, 60_000);

  it('takes "haven’t seen" and starting over back', async () => {
    const { page, context } = await visit(portal.browser);
    await page.goto(portal.origin);
    const button = page.getByRole('button', { name: /^Haven’t seen/ }).first();
    const first = (await button.textContent()) ?? '';
    await button.click();
    await expect(button.textContent()).resolves.not.toBe(first);
    const words = page.getByText(/ left out\. .+ took its place\.$/);
    await words.waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: first }).waitFor();
    expect(await words.count()).toBe(0);
    await button.click();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByText('All picks removed.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Start over' }).waitFor();
    await context.close();
  }, 60_000);

  it('makes the list by mood, variety and chance, all in the address', async () => {
    const { page, context } = await visit(portal.browser);
    await page.goto(portal.origin);
    await pickFive(page);
    await seeMyFilms(page).click();
    const row = page.getByRole('list', { name: 'For you', exact: true }).locator('[data-card-link]');
    const titles = () => row.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    await row.first().waitFor();
    const before = await titles();
    await page.getByLabel('Mood', { exact: true }).selectOption('A classic');
    await page.waitForURL('**/?mood=classic');
    await eventually(titles, (films) => expect(films).not.toEqual(before));
    const classics = await titles();
    await page.reload();
    await row.first().waitFor();
    expect(await titles()).toEqual(classics);
    await page.getByRole('button', { name: 'Surprise me' }).click();
    await page.getByText('Chosen by chance').waitFor();
    const address = page.url();
    expect(address).toMatch(/surprise=\d+/);
    await page.getByRole('button', { name: 'Surprise me again' }).click();
    await page.waitForURL((url) => url.href !== address);
    await screenshot(page, 'home-surprise');
    await context.close();
  }, 60_000);

  it('follows from the account where there is one: nothing rated or dismissed is in a row', async () => {
    const { page, context } = await visit(portal.browser);
    await page.goto(`${portal.origin}/sign-in`);
    await signUp(page, 'Mae');
    const gone = await rateAndDismiss(portal.origin, emailOf('Mae'));
    expect(gone).toHaveLength(9);
    await page.goto(portal.origin);
    await page.getByText('Tonight’s pick for you').waitFor();
    await page
      .getByRole('heading', { name: /^Because you liked / })
      .first()
      .waitFor();
    await seeAllRows(page);
    const films = await filmsInRows(page);
    expect(films.length).toBeGreaterThan(60);
    expect(films.filter((film) => gone.includes(film))).toEqual([]);
    expect(films.length - new Set(films).size).toBe(0);
    await screenshot(page, 'home-account', true);
    await context.close();
  }, 60_000);

  it('keeps colours and language, and says from the first second that the data are made up', async () => {
    const { page, context } = await visit(portal.browser);
    await page.goto(portal.origin);
    await page.getByRole('banner').getByText('synthetic sample').waitFor();
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
    await page.getByRole('radio', { name: 'Deutsch' }).click({ force: true });
    await eventually(
      () => page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['scheme']]),
      (chosen) => expect(chosen).toEqual(['de', 'dark']),
    );
    await page.reload();
    await settled(page);
    expect(
      await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['scheme']]),
    ).toEqual(['de', 'dark']);
    expect((await context.cookies()).find(({ name }) => name === 'language')?.value).toBe('de');
    await context.close();
  }, 60_000);

  for (const colorScheme of SCHEMES) {
    it(`is accessible and does not shift in ${colorScheme} colours`, async () => {
      for (const width of colorScheme === 'light' ? WIDTHS : ACCESSIBLE_AT) {
        const { page, context } = await visit(portal.browser, {
          colorScheme,
          viewport: { width, height: width < 700 ? 740 : 900 },
        });
        await page.goto(portal.origin);
        await candidates(page).first().waitFor();
        await settled(page);
        const shifts = await layoutShift(page);
        expect({ width, isStill: shifts <= 0.02, shifts }).toMatchObject({ width, isStill: true });
        await expectNoSidewaysScroll(page);
        if (ACCESSIBLE_AT.includes(width)) {
          await expectAccessible(page);
          await page.getByRole('button', { name: 'Menu', exact: true }).click();
          await page.getByRole('radio', { name: 'Deutsch' }).waitFor({ state: 'attached' });
          await expectAccessible(page);
          await screenshot(page, `home-menu-${width}-${colorScheme}`);
        }
        await screenshot(page, `home-first-${width}-${colorScheme}`);
        await context.close();
      }
    }, 120_000);
  }
});
