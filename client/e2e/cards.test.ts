import { expect, it } from '@jest/globals';
import type { Locator, Page, Request } from 'playwright-core';
import {
  answered,
  eventually,
  expectAccessible,
  expectNoSidewaysScroll,
  PHONE,
  SCHEMES,
  screenshot,
  settled,
  toldOf,
  visit,
} from './browser.ts';
import { describePortal, signIn, signUp, visitEach } from './portal.ts';

const films = (page: Page): Locator => page.locator('main [data-film]');

const filmIds = (page: Page) =>
  films(page).evaluateAll((cards) => cards.map((card) => Number(card.getAttribute('data-film'))));

const toast = (page: Page, text: RegExp | string) =>
  page.getByRole('region', { name: 'Notices' }).getByText(text).first();

const toSignIn = (page: Page) => page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();

let accounts = 0;

/** Opens an account from the page that is shown, and returns its address. */
async function openAccount(page: Page): Promise<string> {
  const email = `visitor${++accounts}@example.org`;
  await toSignIn(page);
  await signUp(page, 'Ada', email);
  return email;
}

const isRating = (request: Request) => request.postData()?.includes('RateMovie') ?? false;

/** Rates a film on its card, by the keyboard alone. */
async function rate(page: Page, card: Locator, stars: string): Promise<void> {
  await card.getByRole('button', { name: /^Rate, save or hide/ }).waitFor({ state: 'attached' });
  await card.locator('[data-card-link]').focus();
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByRole('radio', { name: stars, exact: true }).press('Space');
  await page.keyboard.press('Escape');
}

/** Lets the page believe that its visitor was elsewhere for that long. */
const awayForAMinute = (page: Page) =>
  page.evaluate(() => {
    const now = Date.now.bind(Date);
    for (const isHidden of [true, false]) {
      Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
      document.dispatchEvent(new Event('visibilitychange'));
      Date.now = () => now() + 60_000;
    }
  });

describePortal('a film on its card', { trained: true }, (portal) => {
  const visitor = visitEach(portal);

  it('takes picks along to a new account, asked once, and leads back to where one was', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/movie/1`);
    await page.getByRole('button', { name: 'I like this film' }).click();
    await openAccount(page);
    expect(new URL(page.url()).pathname).toBe('/movie/1');
    const question = page.getByRole('dialog', { name: 'Take your picks along?' });
    await question.waitFor();
    await expectAccessible(page);
    await screenshot(page, 'carry-picks');
    await question.getByRole('button', { name: 'Make them ratings' }).click();
    await toast(page, 'What you picked is among your ratings now.').waitFor();
    await page.reload();
    await page.getByText('You rated it 5 out of 5 stars').waitFor({ state: 'attached' });
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.getByRole('button', { name: /I like this film|In your picks/ }).count()).toBe(0);

    await page.goto(`${portal.origin}/sign-in?to=/collection/Drama`);
    await page.waitForURL('**/collection/Drama');
  }, 60_000);

  it('is rated, saved and hidden by keys, with a way back, and the focus stays', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/collection/Drama`);
    await openAccount(page);
    await films(page).nth(8).waitFor();
    await rate(page, films(page).nth(0), '4.5 stars');
    await films(page).nth(0).getByText('You: 4.5').waitFor();
    await toast(page, /^You gave .* 4\.5 of 5 stars/).waitFor();
    expect(
      await films(page)
        .nth(0)
        .evaluate((card) => card.contains(document.activeElement)),
    ).toBe(true);

    await films(page).nth(1).locator('[data-card-link]').focus();
    await page.keyboard.press('w');
    await toast(page, / is on your watchlist/).waitFor();
    const before = await filmIds(page);
    await page.keyboard.press('n');
    await page.keyboard.press('x');
    await toast(page, / will not be suggested any more/).waitFor();
    await eventually(
      () => filmIds(page),
      (ids) => expect(ids).toEqual(before.filter((_, place) => place !== 2)),
    );
    expect(
      await page.evaluate(() => document.activeElement?.closest('[data-film]')?.getAttribute('data-film')),
    ).toBe(String(before[3]));
    await page.keyboard.press('u');
    await eventually(
      () => filmIds(page),
      (ids) => expect(ids).toEqual(before),
    );

    await films(page).nth(2).locator('[data-card-link]').focus();
    await page.keyboard.press('x');
    await toast(page, / will not be suggested any more/).waitFor();
    await page.reload();
    await eventually(
      () => filmIds(page),
      (ids) => expect([ids.length > 8, ids.includes(before[2] ?? 0)]).toEqual([true, false]),
    );

    await films(page).nth(5).locator('[data-card-link]').focus();
    const followed = (await filmIds(page))[5];
    await page.keyboard.press('Enter');
    await page.waitForURL('**/movie/*');
    await page.goBack();
    await eventually(
      () => page.evaluate(() => document.activeElement?.closest('[data-film]')?.getAttribute('data-film')),
      (film) => expect(film).toBe(String(followed)),
    );

    await page.goto(`${portal.origin}/watchlist`);
    await page.getByText('1 film to watch, the latest first').waitFor();
    expect(await filmIds(page)).toEqual([before[1]]);
    await settled(page);
    await expectAccessible(page);
    await page.keyboard.press('?');
    await page.getByText('Not interested in the film').waitFor();
  }, 60_000);

  it('rated in one window changes the list in the other, also after the server was away', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/collection/Drama`);
    const email = await openAccount(page);
    await films(page).nth(8).waitFor();
    for (const place of [0, 1, 2]) await rate(page, films(page).nth(place), '5 stars');

    const other = await visit(portal.browser);
    await other.page.goto(`${portal.origin}/collection/Drama`);
    await toSignIn(other.page);
    await signIn(other.page, email);
    const own = await other.page.evaluate(
      () => (JSON.parse(localStorage.getItem('pocketrocket.session') ?? '{}') as { userId?: number }).userId,
    );
    // Changes are told to who knows what they change: this document, not the one before, whose connection may come again until it has gone.
    await other.page.goto(`${portal.origin}/user/${own}`, { waitUntil: 'commit' });
    const told = toldOf(other.page, 'recommendationsChanged');
    await films(other.page).nth(8).waitFor();
    await told;

    /** Rates in one window; returns the milliseconds from then until the list in the other has changed. */
    const changedWithin = async (stars: string, place: number) => {
      const before = (await filmIds(other.page)).join();
      const changed = other.page.waitForFunction(
        (former) =>
          [...document.querySelectorAll('main [data-film]')]
            .map((card) => card.getAttribute('data-film'))
            .join() !== former,
        before,
      );
      const [start] = await Promise.all([
        page.waitForRequest((request) => isRating(request)).then(() => Date.now()),
        rate(page, films(page).nth(place), stars),
      ]);
      await changed;
      return Date.now() - start;
    };
    // The best of three: whatever else the machine does delays some, and a pause in the code all of them.
    const took: number[] = [];
    for (const place of [5, 6, 7]) {
      took.push(await changedWithin('1 star', place));
      if (Math.min(...took) < 1_000) break;
    }
    expect(Math.min(...took)).toBeLessThan(1_000);

    await portal.server.stop();
    await films(page).nth(6).locator('[data-card-link]').focus();
    const before = await filmIds(page);
    await page.keyboard.press('x');
    await toast(page, /^The server cannot be reached, so nothing was changed/).waitFor();
    expect(await filmIds(page)).toEqual(before);
    portal.server = await portal.stack.serve({ port: Number(new URL(portal.origin).port) });
    await page.reload();
    await other.page.reload({ waitUntil: 'commit' });
    const toldAnew = toldOf(other.page, 'recommendationsChanged');
    await films(page).nth(8).waitFor();
    await films(other.page).nth(8).waitFor();
    await toldAnew;
    await changedWithin('5 stars', 8);
    await other.context.close();
  }, 90_000);

  it('rated in one window changes the list in one that has just opened and has no live connection yet', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/collection/Drama`);
    const email = await openAccount(page);
    await films(page).nth(8).waitFor();
    for (const place of [0, 1]) await rate(page, films(page).nth(place), '5 stars');

    const other = await visit(portal.browser);
    await other.page.goto(`${portal.origin}/collection/Drama`);
    await toSignIn(other.page);
    await signIn(other.page, email);
    let connect = () => {};
    const connects = new Promise<void>((resolve) => (connect = resolve));
    await other.page.routeWebSocket(/\/graphql$/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage(async (message) => {
        await connects;
        server.send(message);
      });
    });
    await other.page.goto(`${portal.origin}/me`);
    await films(other.page).nth(8).waitFor();
    const before = await filmIds(other.page);
    const saved = answered(page, /RateMovie/);
    await rate(page, films(page).nth(5), '1 star');
    await saved;
    expect(await filmIds(other.page)).toEqual(before);
    connect();
    await eventually(
      () => filmIds(other.page),
      (ids) => expect(ids).not.toEqual(before),
    );
    await other.context.close();
  }, 60_000);

  it('saved in one window is on the watchlist that another one shows, and its card there says so', async () => {
    const { page, context } = visitor;
    await page.goto(`${portal.origin}/collection/Drama`);
    await openAccount(page);
    const card = films(page).nth(1);
    await card.waitFor();
    const film = Number(await card.getAttribute('data-film'));
    const [list, others] = [await context.newPage(), await context.newPage()];
    await list.goto(`${portal.origin}/watchlist`);
    await list.getByText('There is nothing on your watchlist.').waitFor();
    await others.goto(`${portal.origin}/collection/Drama`);
    for (const window of [list, others]) await settled(window);
    await page.bringToFront();
    const bookmark = (window: Page) =>
      window.locator(`main [data-film="${film}"]`).getByRole('button', { name: /watchlist/i });
    for (const isSaved of [true, false]) {
      await card.locator('[data-card-link]').focus();
      await page.keyboard.press('w');
      await eventually(
        () => Promise.all([filmIds(list), bookmark(others).getAttribute('aria-pressed')]),
        (now) => expect(now).toEqual([isSaved ? [film] : [], String(isSaved)]),
      );
    }
  }, 60_000);

  it('is back on the watchlist, or among the picks, once what took it away is undone, and it alone', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/collection/Drama`);
    for (const place of [0, 1]) {
      await films(page)
        .nth(place)
        .getByRole('button', { name: /^Like or rate/ })
        .waitFor({ state: 'attached' });
      await films(page).nth(place).locator('[data-card-link]').focus();
      await page.keyboard.press('r');
      await page.getByRole('dialog').getByRole('button', { name: 'I like this film' }).press('Enter');
    }
    const undo = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' });
    await undo.nth(1).waitFor();
    await undo.first().click();
    const picked = () => page.evaluate(() => localStorage.getItem('pocketrocket.taste') ?? '');
    const [first, second] = (await filmIds(page)) as [number, number];
    await eventually(picked, (taste) => {
      expect(taste).toContain(`"movieId":${second},`);
      expect(taste).not.toContain(`"movieId":${first},`);
    });

    await openAccount(page);
    await page.getByRole('dialog', { name: 'Take your picks along?' }).getByRole('button').last().click();
    const card = films(page).nth(4);
    const bookmark = card.getByRole('button', { name: /watchlist/i });
    await bookmark.waitFor({ state: 'attached' });
    await card.locator('[data-card-link]').focus();
    await page.keyboard.press('w');
    await eventually(
      () => bookmark.getAttribute('aria-pressed'),
      (now) => expect(now).toBe('true'),
    );
    await rate(page, card, '2 stars');
    await toast(page, /^You gave /).waitFor();
    expect(await bookmark.getAttribute('aria-pressed')).toBe('false');
    await page.keyboard.press('u');
    await eventually(
      () => bookmark.getAttribute('aria-pressed'),
      (now) => expect(now).toBe('true'),
    );
  }, 60_000);

  it('saved on one device is on the watchlist that another one shows to who comes back to it', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/collection/Drama`);
    const email = await openAccount(page);
    const card = films(page).nth(2);
    await card.waitFor();
    const film = Number(await card.getAttribute('data-film'));
    const other = await visit(portal.browser);
    await other.page.goto(portal.origin);
    await toSignIn(other.page);
    await signIn(other.page, email);
    await other.page.goto(`${portal.origin}/watchlist`);
    await other.page.getByText('There is nothing on your watchlist.').waitFor();
    await settled(other.page);
    const saved = answered(page, /AddToWatchlist/);
    await card.locator('[data-card-link]').focus();
    await page.keyboard.press('w');
    await saved;
    await awayForAMinute(other.page);
    await eventually(
      () => filmIds(other.page),
      (ids) => expect(ids).toEqual([film]),
    );
    await other.context.close();
  }, 60_000);

  it('is rated offline, and the rating is sent when the browser is back', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/collection/Drama`);
    await openAccount(page);
    await films(page).nth(8).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.reload();
    await films(page).nth(8).waitFor();
    await settled(page);
    const shown = await filmIds(page);

    await visitor.context.setOffline(true);
    await toast(page, /^You are offline\./).waitFor();
    await rate(page, films(page).nth(3), '2 stars');
    await toast(page, /is kept here and sent when you are back/).waitFor();
    await page.reload();
    await eventually(
      () => filmIds(page),
      (ids) => expect(ids).toEqual(shown),
    );
    await films(page).nth(3).getByText('You: 2').waitFor();
    await screenshot(page, 'offline');

    await visitor.context.setOffline(false);
    await toast(page, '1 rating from offline is saved.').waitFor();
    expect(await page.evaluate(() => localStorage.getItem('pocketrocket.pending'))).toBeNull();
    await page.goto(`${portal.origin}/movie/${shown[3]}`);
    await page.getByText('You rated it 2 out of 5 stars').waitFor({ state: 'attached' });
  }, 60_000);

  it('has one button on touch, large enough, in both themes', async () => {
    for (const colorScheme of SCHEMES) {
      const touch = await visit(portal.browser, {
        viewport: PHONE,
        hasTouch: true,
        isMobile: true,
        colorScheme,
      });
      await touch.page.goto(`${portal.origin}/collection/Drama`);
      await openAccount(touch.page);
      const card = films(touch.page).nth(1);
      const opener = card.getByRole('button', { name: /^Rate, save or hide/ });
      const box = await opener.boundingBox();
      expect([box?.width, box?.height].map((side) => (side ?? 0) >= 44)).toEqual([true, true]);
      await opener.tap();
      await touch.page
        .getByRole('dialog')
        .getByRole('radio', { name: '4 stars', exact: true })
        .check({ force: true });
      await card.getByText('You: 4').waitFor();
      await expectAccessible(touch.page);
      await expectNoSidewaysScroll(touch.page);
      await screenshot(touch.page, `card-panel-phone-${colorScheme}`);
      await touch.context.close();
    }
  }, 60_000);
});
