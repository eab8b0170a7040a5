import { beforeEach, expect, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { answered, eventually, nextFrames, openRendered, settled, visit } from './browser.ts';
import { ask, describePortal, PASSWORD, signUp, visitEach } from './portal.ts';

/** Slow enough that a page shows a choice long after the next one. */
const SLOWER = 6;

interface Marks {
  viewerRating: number | null;
  isOnWatchlist: boolean;
  isDismissed: boolean;
}

const isMutation = (route: Route, names: RegExp) => names.test(route.request().postData() ?? '');

describePortal('a visitor who does not wait', {}, (portal) => {
  const visitor = visitEach(portal);
  beforeEach(async () => {
    const devTools = await visitor.page.context().newCDPSession(visitor.page);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  });

  let accounts = 0;
  /** Opens an account and then a page; returns the way to ask what the API knows of the account's films. */
  async function openAccount(page: Page, path: string): Promise<(movieId: number) => Promise<Marks>> {
    const email = `impatient${++accounts}@example.org`;
    await page.goto(`${portal.origin}/sign-in`);
    await signUp(page, 'Ada', email);
    await page.goto(portal.origin + path);
    await settled(page);
    const { signIn } = await ask<{ signIn: { token: string } }>(
      portal.origin,
      'mutation ($input: SignInInput!) { signIn(input: $input) { token } }',
      { variables: { input: { email, password: PASSWORD } } },
    );
    return async (movieId) => {
      const query = `{ movie(movieId: ${movieId}) { viewerRating isOnWatchlist isDismissed } }`;
      return (await ask<{ movie: Marks }>(portal.origin, query, { token: signIn.token })).movie;
    };
  }

  it('sets several filters at once, and every one holds', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/films`);
    await settled(page);
    await page.getByRole('button', { name: /^Filters/ }).click();
    await page.getByRole('checkbox', { name: 'Drama', exact: true }).waitFor();
    await page.evaluate(() => {
      const control = (name: string) =>
        [...document.querySelectorAll('label')].find((label) => label.innerText.trim() === name)?.control;
      for (const genre of ['Action', 'Drama', 'Comedy', 'Comedy']) control(genre)?.click();
      for (const [name, value] of [
        ['Average rating', '4'],
        ['Ratings', '50'],
      ] as const) {
        const select = control(name) as HTMLSelectElement;
        select.value = value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
    await page.waitForURL((url) => url.search === '?genre=Action%2CDrama&rating=4&votes=50');
    await page.getByRole('button', { name: 'Remove the filter 50 ratings or more' }).waitFor();
    for (const genre of ['Action', 'Drama'])
      expect(await page.getByRole('checkbox', { name: genre, exact: true }).isChecked()).toBe(true);
    // Two chips in one moment.
    await page.evaluate(() => {
      for (const chip of document.querySelectorAll('button'))
        if (/Remove the filter\s+(Action|50 ratings)/.test(chip.innerText)) chip.click();
    });
    await page.waitForURL((url) => url.search === '?genre=Drama&rating=4');
  }, 60_000);

  /** Opens a page as the server has rendered it; no script comes before the function that is returned is called. */
  async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
    const scripts: (() => void)[] = [];
    let isHeld = true;
    await page.route('**/*.js', async (route) => {
      if (isHeld) await new Promise<void>((end) => scripts.push(end));
      await route.continue();
    });
    await openRendered(page, portal.origin + path, { waitUntil: 'commit' });
    return () => {
      isHeld = false;
      for (const end of scripts) end();
    };
  }

  it('chooses from a list before any script has come', async () => {
    const { page } = visitor;
    const release = await openWithoutScripts(page, '/user/7');
    await page.getByLabel('Genre').selectOption('Drama');
    release();
    await page.waitForURL(/genre=Drama/);
    await settled(page);
    expect(await page.getByLabel('Genre').inputValue()).toBe('Drama');
  }, 60_000);

  it('moves a slider before any script has come', async () => {
    const { page } = visitor;
    const release = await openWithoutScripts(page, '/user/7');
    await page.getByRole('slider', { name: 'Variety' }).focus();
    for (let times = 0; times < 3; times++) await page.keyboard.press('ArrowRight');
    release();
    await page.waitForURL(/diversity=0\.75/);
    await settled(page);
    expect(await page.getByRole('slider', { name: 'Variety' }).inputValue()).toBe('0.75');
  }, 60_000);

  it('picks films before any script has come, and each counts', async () => {
    const { page } = visitor;
    const release = await openWithoutScripts(page, '/');
    const boxes = page.getByRole('list', { name: 'Films to pick from' }).getByRole('checkbox');
    const titles: string[] = [];
    for (const place of [0, 3]) {
      titles.push(
        await boxes
          .nth(place)
          .evaluate((box) => box.closest('label')?.lastElementChild?.firstChild?.textContent ?? ''),
      );
      await boxes.nth(place).check();
    }
    release();
    await settled(page);
    const picked = () =>
      page.evaluate(() => {
        const { picks } = JSON.parse(localStorage.getItem('pocketrocket.taste') ?? '{"picks":[]}') as {
          picks: { title: string }[];
        };
        return picks.map(({ title }) => title);
      });
    await eventually(picked, (found) => expect(found).toEqual(titles));
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
    // The next click is the next pick.
    await boxes.nth(3).click();
    await eventually(picked, (found) => expect(found).toHaveLength(3));
  }, 60_000);

  it('types a password and sends it before any script has come, and it stays in its field', async () => {
    const { page } = visitor;
    const release = await openWithoutScripts(page, '/sign-in');
    const password = page.getByLabel(/^Password/);
    await page.getByLabel('Email address').fill('early@example.org');
    await password.fill(PASSWORD);
    await password.press('Enter');
    const send = page.getByRole('button', { name: 'Sign in', exact: true });
    await send.click({ force: true });
    expect(await send.isEnabled()).toBe(false);
    release();
    await settled(page);
    expect(page.url()).toBe(`${portal.origin}/sign-in`);
    expect(await password.inputValue()).toBe(PASSWORD);
    await send.click();
    await page.getByText('You are not signed in', { exact: true }).waitFor();
  }, 60_000);

  it('searches before any script has come, and later on in the page itself', async () => {
    const { page } = visitor;
    const release = await openWithoutScripts(page, '/films');
    const search = page.getByRole('banner').getByRole('search').locator('input');
    await search.fill('alien');
    await search.press('Enter');
    await page.waitForURL('**/search?q=alien', { waitUntil: 'commit' });
    release();
    await settled(page);
    await page.getByRole('heading', { level: 1, name: /alien/ }).waitFor();
    expect(await search.inputValue()).toBe('alien');
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    await search.fill('heat');
    await search.press('Enter');
    await page.waitForURL('**/search?q=heat');
    await page.getByRole('heading', { level: 1, name: /heat/ }).waitFor();
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  }, 60_000);

  it('moves sliders and lists by keys as far as they were pressed', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/user/7`);
    await settled(page);
    const variety = page.getByRole('slider', { name: 'Variety' });
    await variety.focus();
    for (let times = 0; times < 3; times++) await page.keyboard.press('ArrowRight');
    await page.waitForURL(/diversity=0\.75/);
    await eventually(
      () => variety.inputValue(),
      (value) => expect(value).toBe('0.75'),
    );
    await page.getByRole('combobox', { name: 'Average rating', exact: true }).focus();
    for (let times = 0; times < 2; times++) await page.keyboard.press('ArrowDown');
    await page.waitForURL(/average=3\.5/);
  }, 60_000);

  it('finds in fields what was typed, whenever the page comes to it', async () => {
    const { page } = visitor;
    await openAccount(page, '/me/ratings');
    const title = page.getByRole('searchbox', { name: 'Title' });
    await title.focus();
    // About as long as the pause after which it is looked for.
    await page.keyboard.type('sherlock', { delay: 340 });
    await page.waitForURL(/q=sherlock/);
    expect(await title.inputValue()).toBe('sherlock');
    await page.goBack();

    await page.goto(`${portal.origin}/films`);
    await settled(page);
    const search = page.getByRole('banner').getByRole('combobox');
    await page.keyboard.press('/');
    await search.waitFor();
    await page.keyboard.type('alien');
    // In one moment, so that no machine is quick enough to show the results before.
    await search.evaluate((field) => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      document.execCommand('insertText', false, ' tw');
    });
    await page.waitForURL(/q=alien/);
    await page.getByRole('heading', { level: 1, name: /alien/ }).waitFor();
    await page.keyboard.type('o');
    expect(await search.inputValue()).toBe('alien two');
    // Submitted twice before the results of the first are there: nothing of it comes back into the field.
    await page.goto(`${portal.origin}/films`);
    await settled(page);
    await page.keyboard.press('/');
    await search.waitFor();
    await search.evaluate((field) => {
      const enter = () =>
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      for (const part of ['alien', ' two', ' three']) {
        document.execCommand('insertText', false, part);
        if (part !== ' three') enter();
      }
    });
    await page.waitForURL(/q=alien\+two|q=alien%20two/);
    await settled(page);
    expect(await search.inputValue()).toBe('alien two three');
  }, 90_000);

  it('opens no film but the one that was highlighted, where the next suggestions come between two keys', async () => {
    const { page } = visitor;
    await page.goto(`${portal.origin}/films`);
    await settled(page);
    const answers: (() => void)[] = [];
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('"godfahter"'))
        await new Promise<void>((answer) => answers.push(answer));
      await route.continue();
    });
    const first = page.getByRole('banner').getByRole('option').first();
    const highlighted = page.getByRole('banner').getByRole('option', { selected: true });
    await page.keyboard.press('/');
    await page.keyboard.type('god');
    await first.and(page.getByRole('option', { name: /^City of God/ })).waitFor();
    // In one moment, so that nothing is asked for between two letters.
    await page.keyboard.insertText('fahter');
    await eventually(
      async () => answers.length,
      (waiting) => expect(waiting).toBe(1),
    );
    await page.keyboard.press('ArrowDown');
    expect(await highlighted.textContent()).toMatch(/^City of God/);
    answers.pop()?.();
    await first.and(page.getByRole('option', { name: /^The Godfather/ })).waitFor();
    expect(await highlighted.count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=godfahter');
  }, 60_000);

  it('speaks the language that was chosen last, and says where one cannot be loaded', async () => {
    // A service worker has the texts already.
    const { page, context } = await visit(portal.browser, { serviceWorkers: 'block' });
    const loads: { end: () => void }[] = [];
    let isBroken = false;
    await page.route(/\/assets\/de-[^/]*\.js/, async (route) => {
      await new Promise<void>((end) => loads.push({ end }));
      await (isBroken ? route.abort() : route.continue());
    });
    await page.goto(`${portal.origin}/films`);
    await settled(page);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    const choose = (name: string) => page.getByRole('radio', { name }).click({ force: true });
    const chosen = () =>
      page.evaluate(() => ({
        language: document.documentElement.lang,
        choice: document.querySelector<HTMLInputElement>('fieldset:last-of-type input:checked')?.parentElement
          ?.innerText,
      }));
    const oneHeld = () =>
      eventually(
        async () => loads.length,
        (waiting) => expect(waiting).toBe(1),
      );
    isBroken = true;
    await choose('Deutsch');
    await oneHeld();
    await eventually(chosen, (now) => expect(now).toEqual({ language: 'en', choice: 'Deutsch' }));
    loads.pop()?.end();
    await page.getByText('The texts could not be loaded.').waitFor();
    await eventually(chosen, (now) => expect(now).toEqual({ language: 'en', choice: 'English' }));
    isBroken = false;
    await choose('Deutsch');
    await oneHeld();
    await choose('English');
    loads.pop()?.end();
    await settled(page);
    await nextFrames(page);
    expect(await chosen()).toEqual({ language: 'en', choice: 'English' });
    await choose('Deutsch');
    await eventually(chosen, (now) => expect(now).toEqual({ language: 'de', choice: 'Deutsch' }));
    await context.close();
  }, 90_000);

  it('says that the menu or the list of keys cannot be loaded, and loads it at the next click', async () => {
    // A service worker has the code already.
    const { page, context } = await visit(portal.browser, { serviceWorkers: 'block' });
    let isBroken = true;
    await page.route(/\/assets\/(MenuContent|KeysDialog)-[^/]*\.js/, (route) =>
      isBroken ? route.abort() : route.continue(),
    );
    await page.goto(`${portal.origin}/films`);
    await settled(page);
    const menu = page.getByRole('button', { name: 'Menu', exact: true });
    const keys = page.locator('footer').getByRole('button', { name: 'Keyboard shortcuts' });
    await menu.click();
    await page.getByText(/^The menu could not be loaded/).waitFor();
    await menu.click();
    await keys.click();
    await page.getByText(/^The keyboard shortcuts could not be loaded/).waitFor();
    isBroken = false;
    await menu.click();
    await page.getByRole('radio', { name: 'Deutsch' }).waitFor({ state: 'attached' });
    await menu.click();
    await keys.click();
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await context.close();
  }, 60_000);

  it('says that a query or the code of a link cannot be loaded, and keeps the page', async () => {
    const { page, context } = await visit(portal.browser, { serviceWorkers: 'block' });
    let isBroken = true;
    await page.route(/\/assets\/(QueryDialog|QrCode)-[^/]*\.js/, (route) =>
      isBroken ? route.abort() : route.continue(),
    );
    await page.goto(`${portal.origin}/about`);
    const query = page.locator('main').getByRole('button', { name: /^Show the query/ });
    await settled(page);
    await query.click();
    await page.getByText(/^The query could not be loaded/).waitFor();
    isBroken = false;
    await query.click();
    const dialog = page.getByRole('dialog', { name: /^The query behind/ });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await query.click();
    await dialog.waitFor();

    await page.goto(`${portal.origin}/sign-in`);
    await signUp(page, 'Quill');
    isBroken = true;
    await page.goto(`${portal.origin}/group`);
    await page.getByRole('button', { name: 'Make my link' }).click();
    await page.getByText(/^The QR code could not be loaded/).waitFor();
    await page.getByLabel(/^Your link/).waitFor();
    isBroken = false;
    await page.goto(`${portal.origin}/about`);
    await page.goto(`${portal.origin}/group`);
    await page.getByRole('img', { name: 'QR code of your link' }).waitFor();
    await context.close();
  }, 60_000);

  it('toggles marks: what was chosen last is what is saved, or the page says what is', async () => {
    const { page } = visitor;
    const marksOf = await openAccount(page, '/films');
    const card = page.locator('main [data-film]').first();
    const movieId = Number(await card.getAttribute('data-film'));
    const bookmark = card.getByRole('button', { name: /watchlist/i });
    const toggleTwice = async () => {
      for (const pressed of [true, false]) {
        await bookmark.evaluate((button: HTMLElement) => button.click());
        await card.getByRole('button', { name: /watchlist/i, pressed }).waitFor({ state: 'attached' });
      }
    };
    await bookmark.waitFor({ state: 'attached' });
    let numSent = 0;
    let release = () => {};
    let released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/graphql', async (route) => {
      if (isMutation(route, /Watchlist\(/) && ++numSent === 1) await released;
      await route.continue();
    });
    const removed = answered(page, /RemoveFromWatchlist\(/);
    await toggleTwice();
    release();
    await removed;
    expect(numSent).toBe(2);
    expect(await marksOf(movieId)).toMatchObject({ isOnWatchlist: false });
    expect(await bookmark.getAttribute('aria-pressed')).toBe('false');
    await page.unroute('**/graphql');

    released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/graphql', async (route) => {
      if (!isMutation(route, /Watchlist\(/)) return route.continue();
      await released;
      return route.abort('internetdisconnected');
    });
    await toggleTwice();
    release();
    await page
      .getByText(/^The server cannot be reached, so nothing was changed/)
      .first()
      .waitFor();
    expect(await bookmark.getAttribute('aria-pressed')).toBe('false');
    expect(await marksOf(movieId)).toMatchObject({ isOnWatchlist: false });
  }, 60_000);

  it('marks a film and loads the page anew at once: what waits for its turn is saved', async () => {
    const { page } = visitor;
    const marksOf = await openAccount(page, '/films');
    const card = page.locator('main [data-film]').first();
    const movieId = Number(await card.getAttribute('data-film'));
    // Signed in, as the marks are asked for.
    const asked = answered(page, /CardMarks/);
    await page.reload({ waitUntil: 'commit' });
    await asked;
    await card.getByRole('button', { name: /watchlist/i }).waitFor({ state: 'attached' });
    await card.evaluate((film) => {
      const send = fetch.bind(window);
      const isFirst = (body: unknown) => typeof body === 'string' && body.includes('AddToWatchlist(');
      window.fetch = (url, request) => (isFirst(request?.body) ? new Promise(() => {}) : send(url, request));
      film.querySelector<HTMLElement>('[data-card-link]')?.focus();
      for (const key of ['w', 'x'])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    });
    await page.reload();
    await eventually(
      () => marksOf(movieId),
      (now) => expect(now).toMatchObject({ isOnWatchlist: false, isDismissed: true }),
    );
  }, 60_000);

  it('marks films and leaves before the page may send anything: the next page sends it', async () => {
    const { page } = visitor;
    const marksOf = await openAccount(page, '/films');
    const cards = page.locator('main [data-film]');
    const movieIds = await Promise.all(
      [0, 1].map(async (place) => Number(await cards.nth(place).getAttribute('data-film'))),
    );
    await page.addInitScript(() => {
      const send = fetch.bind(window);
      const isHeld = (body: unknown) =>
        sessionStorage.getItem('held') !== null &&
        typeof body === 'string' &&
        body.includes('RefreshSession');
      window.fetch = (url, request) => (isHeld(request?.body) ? new Promise(() => {}) : send(url, request));
    });
    await page.evaluate(() => sessionStorage.setItem('held', ''));
    await page.reload({ waitUntil: 'commit' });
    for (const [place, key] of ['w', 'x'].entries()) {
      const card = cards.nth(place);
      await card.getByRole('button', { name: /watchlist/i }).waitFor({ state: 'attached' });
      await card.evaluate((film, pressed) => {
        film.querySelector<HTMLElement>('[data-card-link]')?.focus();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
      }, key);
    }
    await page.getByText(/ will not be suggested any more\./).waitFor();
    await page.evaluate(() => sessionStorage.removeItem('held'));
    await page.reload();
    for (const [place, marks] of [{ isOnWatchlist: true }, { isDismissed: true }].entries())
      await eventually(
        () => marksOf(movieIds[place] ?? 0),
        (now) => expect(now).toMatchObject(marks),
      );
    expect(await page.evaluate(() => localStorage.getItem('pocketrocket.left'))).toBeNull();
  }, 60_000);

  it('rates offline and, back online, otherwise: the later rating stays', async () => {
    const { page } = visitor;
    const marksOf = await openAccount(page, '/movie/6');
    const sent: unknown[] = [];
    page.on('request', (request) => {
      const { query = '', variables } = (request.postDataJSON() ?? {}) as {
        query?: string;
        variables?: object;
      };
      if (/RateMovie\(/.test(query)) sent.push((variables as { input: { rating: number } }).input.rating);
    });
    const choose = (stars: string) =>
      page
        .locator(`main fieldset input[type=radio][value="${stars}"]`)
        .evaluate((star: HTMLElement) => star.click());
    await page.context().setOffline(true);
    await choose('3');
    await choose('5');
    await page
      .getByText(/is kept here and sent when you are back/)
      .first()
      .waitFor();
    // Both in one second, by which ratings are compared.
    await page.context().setOffline(false);
    const rated = answered(page, /"RateMovie".*"rating":1\b/s);
    await choose('1');
    await rated;
    expect(sent.at(-1)).toBe(1);
    expect(await marksOf(6)).toMatchObject({ viewerRating: 1 });
    await page.getByText('You rated it 1 out of 5 stars').waitFor({ state: 'attached' });
  }, 60_000);
});
