import { afterEach, describe, expect, it } from '@jest/globals';
import { createAccount, fillSignUp } from '@pocketrocket/testing/browser';
import type { Page } from 'playwright-core';
import {
  DESKTOP,
  eventually,
  expectAccessible,
  expectNoSidewaysScroll,
  screenshot,
  settled,
  visit,
} from './browser.ts';
import { ask, describePortal, look, PASSWORD, visitEach } from './portal.ts';

const cards = (page: Page, list: string) =>
  page.getByRole('list', { name: list, exact: true }).locator('[data-card-link]');

/** The titles beside the posters, which bear them too. */
const titles = (page: Page, list: string) =>
  cards(page, list).evaluateAll((links) => links.map((link) => link.lastElementChild?.textContent ?? ''));

/** The ids of the listed films, as their links name them. */
const movieIds = (page: Page, list: string) =>
  cards(page, list).evaluateAll((links) =>
    links.map((link) => Number(link.getAttribute('href')?.replace('/movie/', ''))),
  );

/** The films' average ratings as the API tells them, in the order of the ids. */
async function averageRatings(origin: string, ids: readonly number[]): Promise<unknown[]> {
  const fields = ids.map((id) => `m${id}: movie(movieId: ${id}) { averageRating }`);
  const data = await ask<Record<string, { averageRating: number | null }>>(origin, `{ ${fields.join(' ')} }`);
  return ids.map((id) => data[`m${id}`]?.averageRating);
}

/** As Letterboxd exports them: two films of the sample, an invented one, and a name that three have. */
const OWN_RATINGS = `Date,Name,Year,Letterboxd URI,Rating
2024-03-01,Toy Story,1995,u,5
2024-03-02,"Matrix, The",1999,u,4.5
2024-03-03,The Paper Lighthouse,1994,u,3
2024-03-04,King Kong,,u,2
`;

async function pickFilms(page: Page, count: number): Promise<string[]> {
  for (let picked = 0; picked < count; picked++) {
    await page.getByRole('list', { name: 'Films to pick from' }).getByRole('checkbox').first().click();
  }
  const remove = page.getByRole('button', { name: /^Remove .* from your picks$/ });
  return remove.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('title') ?? ''));
}

const openMenu = (page: Page) => page.getByRole('button', { name: 'Menu', exact: true }).click();

/** Brings the ratings of a file, settles what was not found, and takes all back. */
async function bringOwnRatings(page: Page): Promise<void> {
  const field = page.getByLabel(/^Your export/);
  const choose = (name: string, content: string) =>
    field.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await choose('songs.csv', 'Artist,Song\nsomebody,something\n');
  await page.getByText(/songs.csv looks like a table of the columns Artist, Song/).waitFor();
  await choose('ratings.csv', OWN_RATINGS);
  await page.getByText('2 of 4 rated films were found here.').waitFor();
  await page.getByRole('button', { name: /^King Kong \(1933\)/ }).click();
  await page.getByText('Taken as King Kong (1933)').waitFor();
  // By its label: under the pointer it becomes a combobox.
  await page.locator('input').and(page.getByLabel('Search for The Paper Lighthouse (1994)')).click();
  await page.keyboard.type('godfather');
  await page.getByRole('option', { name: /^The Godfather\s*1972$/ }).click();
  await page.setViewportSize({ width: 390, height: 800 });
  await settled(page);
  await screenshot(page, 'own-ratings-phone', true);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Take over 4 ratings' }).click();
  await page.getByText('4 ratings taken over.').waitFor();
  await expectAccessible(page);
  await page.setViewportSize(DESKTOP);
  await page.reload();
  await page.getByRole('button', { name: /^Undo the import of/ }).click();
  await page.getByText('4 ratings taken back.').waitFor();
}

// On two threads, which tell each other what changes.
describePortal('the portal as a visitor finds it', { trained: true, env: { WORKERS: '2' } }, (portal) => {
  describe('with everything in order', () => {
    const visitor = visitEach(portal);
    afterEach(() => expect(visitor.complaints).toEqual([]));

    it('names its data and its model, and that they are synthetic', async () => {
      const { page } = visitor;
      await page.goto(portal.origin);
      await page.getByRole('banner').getByText('synthetic sample').waitFor();
      await page.getByText(/^model \d+, (quickly )?trained on /).waitFor();
      await page.getByRole('link', { name: 'About', exact: true }).click();
      await page.getByText('The ratings are synthetic.').waitFor();
      expect(await page.title()).toBe('About · PocketRocket');
      expect(await page.getByRole('row', { name: /Hit rate/ }).count()).toBe(1);
      const { dataset } = await ask<{ dataset: { movieCount: number } }>(
        portal.origin,
        '{ dataset { movieCount } }',
      );
      await page.getByText('films with ratings', { exact: true }).waitFor();
      await page.getByText(`of ${dataset.movieCount.toLocaleString('en')} in all`, { exact: true }).waitFor();
      await screenshot(page, 'about');
    }, 60_000);

    it('runs queries in the playground, whose policy nothing breaks', async () => {
      const { page } = visitor;
      await page.goto(`${portal.origin}/graphql`);
      // The button is there before the editor knows what to run.
      await page.locator('.view-line', { hasText: 'query MoviesByGenre' }).first().waitFor();
      await page.locator('.graphiql-execute-button').click();
      await page.locator('.result-window').getByText('"data"').waitFor({ timeout: 45_000 });
      expect(page.workers().length).toBeGreaterThan(0);
      await screenshot(page, 'playground');
    }, 60_000);

    it('lets a visitor open an account, rate, bring ratings, rename, take the data along and delete it all', async () => {
      const { page } = visitor;
      await page.goto(`${portal.origin}/movie/1`);
      await page.getByRole('banner').getByRole('link', { name: 'Sign in', exact: true }).click();
      await fillSignUp(page, { name: 'Grace', email: 'grace@example.org', password: PASSWORD });
      await screenshot(page, 'sign-up');
      await expectAccessible(page);
      await createAccount(page);
      await page.getByRole('link', { name: 'For you, Grace' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/movie/1');

      const stars = page.getByRole('radio', { name: /^4.5 stars/ });
      await stars.check({ force: true });
      const takeBack = page.getByRole('button', { name: 'Remove my rating' });
      await takeBack.waitFor();
      await settled(page);
      await screenshot(page, 'movie-rated');
      await expectAccessible(page);
      await page.reload();
      await eventually(
        () => stars.isChecked(),
        (isChecked) => expect(isChecked).toBe(true),
      );
      await page.getByRole('link', { name: 'For you, Grace' }).click();
      await page
        .getByText(/^Because you liked/)
        .first()
        .waitFor();
      await page.goBack();
      await takeBack.click();
      await page.getByText('Not rated', { exact: true }).waitFor({ state: 'attached' });

      await openMenu(page);
      await page.getByRole('link', { name: 'Account', exact: true }).click();
      await page.getByRole('link', { name: 'Bring my ratings' }).click();
      await bringOwnRatings(page);

      await page.goto(`${portal.origin}/account`);
      await page.getByLabel('Display name').fill('Grace Murray');
      await page.getByLabel('Share my ratings').check();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('link', { name: 'For you, Grace Murray' }).waitFor();
      await page.getByLabel('Present password').fill(PASSWORD);
      await page.getByLabel('New password').fill('another horse battery');
      await page.getByRole('button', { name: 'Change the password' }).click();
      await page.getByText('Changed. All other sessions have ended.').waitFor();
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Ratings, as CSV' }).click();
      expect((await saved).suggestedFilename()).toBe('ratings.csv');

      // A new document has no access token, and fetches one by the cookie, which no script reads.
      await page.reload();
      await page.getByText('grace@example.org, not confirmed').waitFor();
      const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }) + document.cookie);
      expect(stored).toContain('Grace Murray');
      expect(stored).toContain(String.raw`\"refreshToken\":null`);

      await openMenu(page);
      await page.getByRole('button', { name: 'Sign out', exact: true }).click();
      await page.getByText('You are not signed in.').waitFor();
      await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
      await page.getByLabel('Email address').fill('grace@example.org');
      await page.getByLabel(/^Password/).fill('another horse battery');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL(`${portal.origin}/account`);
      const erasure = page.getByRole('form', { name: 'Delete the account' });
      await erasure.getByLabel('Password').fill('another horse battery');
      await erasure.getByRole('button', { name: 'Delete my account' }).click();
      await page.getByText('You are not signed in.').waitFor();
    }, 120_000);

    it('shows personal films as soon as two are picked, and keeps the picks', async () => {
      const { page } = visitor;
      await page.goto(portal.origin);
      const candidates = page.getByRole('list', { name: 'Films to pick from' }).getByRole('listitem');
      await candidates.first().waitFor();
      expect(await candidates.count()).toBe(24);
      await settled(page);
      await screenshot(page, 'home-first-visit');

      await pickFilms(page, 1);
      expect(await page.getByRole('heading', { name: 'For you', exact: true }).count()).toBe(0);
      await pickFilms(page, 1);
      await cards(page, 'For you').first().waitFor();
      const picks = await pickFilms(page, 3);
      expect(picks).toHaveLength(5);
      await page.getByText('5 picked. Your list is ready.').waitFor();

      await page.getByRole('button', { name: 'See my films' }).click();
      await page.getByText('Tonight’s pick for you').waitFor();
      await settled(page);
      const recommended = await titles(page, 'For you');
      const row = page.getByRole('list', { name: 'For you', exact: true });
      expect(await row.evaluate((list) => list.scrollLeft)).toBe(0);
      expect(recommended.length).toBeGreaterThanOrEqual(10);
      for (const pick of picks) expect(recommended).not.toContain(pick);
      await screenshot(page, 'home');
      await screenshot(page, 'home-whole', true);
      await page
        .getByRole('button', { name: /^why\?/ })
        .first()
        .click();
      const contributions = page.getByRole('group', { name: /^Why .*\?$/ }).getByRole('link');
      await contributions.first().waitFor();
      for (const film of await contributions.allTextContents()) expect(picks).toContain(film);
      await screenshot(page, 'why');

      await page.reload();
      await page.getByText('Tonight’s pick for you').waitFor();
      await settled(page);
      expect(await titles(page, 'For you')).toEqual(recommended);

      await page.getByRole('button', { name: `Remove ${picks[0] ?? ''} from your picks` }).click();
      await page.getByText(`${picks[0] ?? ''} removed.`).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('5 picked. Your list is ready.').waitFor();
      await page.getByRole('button', { name: 'Start over' }).click();
      await page.getByText('Pick five you like.').waitFor();

      // The list of what is found, which comes with the code of the search, has the same label.
      await page.getByLabel('Search for a film to pick').and(page.locator('input')).click();
      await page.keyboard.type('toy stroy');
      await page.getByRole('option', { name: /^Toy Story\s*1995$/ }).click();
      await page.getByRole('button', { name: 'Remove Toy Story from your picks' }).waitFor();
    }, 120_000);

    it('leads from a row to its collection, and back from a film of it to the place', async () => {
      const { page } = visitor;
      await page.goto(portal.origin);
      const genre = 'Drama';
      const heading = page.getByRole('heading', { name: genre, exact: true });
      await heading.scrollIntoViewIfNeeded();
      await heading.getByRole('link').click();
      await page.getByRole('heading', { level: 1, name: genre }).waitFor();
      expect(new URL(page.url()).pathname).toBe(`/collection/${genre}`);
      await cards(page, `${genre} films`).first().waitFor();
      await page
        .getByRole('status')
        .getByText(/^[\d,]+ films$/)
        .waitFor();
      expect(await page.title()).toBe(`${genre} · PocketRocket`);
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');

      await page.getByLabel('Sort by').selectOption('Newest first');
      await page.waitForURL('**/*order=RELEASE_YEAR_DESC*');
      const years = () =>
        page
          .getByRole('list', { name: `${genre} films` })
          .getByRole('article')
          .evaluateAll((articles) =>
            articles.map((article) => Number(article.querySelector('p > span')?.textContent)),
          );
      await eventually(years, (shown) => {
        expect(shown.length).toBeGreaterThanOrEqual(12);
        expect(shown).toEqual([...shown].sort((one, other) => other - one));
      });
      await page.evaluate(() => window.scrollTo(0, 1_500));
      await settled(page);
      const place = await page.evaluate(() => window.scrollY);
      expect(place).toBeGreaterThan(800);
      // Where it is: to scroll to it would be another place.
      const inView = page.locator('[data-card-link]').nth(10);
      await inView.evaluate((link: HTMLElement) => link.click());
      await page.waitForURL('**/movie/*');
      await page.getByRole('heading', { level: 1, name: genre }).waitFor({ state: 'detached' });
      expect(await page.evaluate(() => window.scrollY)).toBe(0);
      await page.goBack();
      await eventually(
        () => page.evaluate(() => window.scrollY),
        (top) => expect(Math.abs(top - place)).toBeLessThanOrEqual(4),
      );
    }, 60_000);

    it('keeps a row’s place on the way back', async () => {
      const { page } = visitor;
      await page.goto(portal.origin);
      await cards(page, 'Top rated').first().waitFor();
      await page.getByRole('button', { name: 'Top rated: scroll on' }).click();
      const row = page.getByRole('list', { name: 'Top rated', exact: true });
      const scrolled = () => row.evaluate((list) => list.scrollLeft);
      await eventually(scrolled, (left) => expect(left).toBeGreaterThan(300));
      const left = await scrolled();
      await cards(page, 'Top rated').nth(7).click();
      await page.waitForURL('**/movie/*');
      await page.goBack();
      await eventually(scrolled, (back) => expect(Math.abs(back - left)).toBeLessThanOrEqual(4));
    }, 60_000);

    it('shows a film with its details, its fans and similar films, and leads on from there', async () => {
      const { page } = visitor;
      await page.goto(`${portal.origin}/search?q=the+matrix`);
      await cards(page, 'Films found').first().click();
      await page.getByRole('heading', { level: 1, name: 'The Matrix' }).waitFor();
      await cards(page, 'Similar films').first().waitFor();
      await settled(page);
      expect(await page.title()).toBe('The Matrix (1999) · PocketRocket');
      for (const genre of ['Action', 'Sci-Fi', 'Thriller']) {
        expect(
          await page.getByRole('list', { name: 'Genres' }).getByRole('link', { name: genre }).count(),
        ).toBe(1);
      }
      expect(await page.getByText(/ratings, in half stars$/).count()).toBe(1);
      // The figure of the cards, and the plain mean by its name.
      const { movie } = await ask<{ movie: { averageRating: number; weightedRating: number } }>(
        portal.origin,
        `{ movie(movieId: ${new URL(page.url()).pathname.split('/').pop()}) { averageRating weightedRating } }`,
      );
      const everyones = page.locator('article').getByText(/^[\d.]+ out of 5 stars$/);
      expect(await everyones.first().textContent()).toBe(`${movie.weightedRating.toFixed(1)} out of 5 stars`);
      await page.getByText(`Their plain mean is ${movie.averageRating.toFixed(1)}.`).waitFor();
      await screenshot(page, 'movie', true);

      await page.getByRole('button', { name: 'I like this film' }).click();
      expect(await page.getByRole('button', { name: 'In your picks' }).getAttribute('aria-pressed')).toBe(
        'true',
      );

      await page.getByRole('list', { name: 'Who likes it most' }).getByRole('link').first().click();
      await page.getByRole('heading', { level: 1, name: /^User \d+$/ }).waitFor();
      await page.goBack();
      await cards(page, 'Similar films').first().waitFor();
      const [similar] = await titles(page, 'Similar films');
      await cards(page, 'Similar films').first().click();
      await page.getByRole('heading', { level: 1, name: similar ?? '', exact: true }).waitFor();
    }, 60_000);

    it('shows people, and one of them with films watched and recommended', async () => {
      const { page } = visitor;
      await page.goto(portal.origin);
      await page.getByRole('link', { name: 'People' }).click();
      const people = page.getByRole('list', { name: 'People', exact: true }).getByRole('link');
      await people.first().waitFor();
      expect(await people.count()).toBe(48);
      await screenshot(page, 'users');
      await page.getByRole('button', { name: 'Show more people' }).click();
      await people.nth(95).waitFor();
      await people.first().click();

      const name = (await page.getByRole('heading', { level: 1, name: /^User \d+$/ }).textContent()) ?? '';
      const recommended = cards(page, `Recommended to ${name}`);
      await recommended.first().waitFor();
      await cards(page, 'Watched films').first().waitFor();
      for (const label of ['Films rated', 'Stars given on average', 'Favourite genre']) {
        expect(await page.getByRole('term').getByText(label, { exact: true }).count()).toBe(1);
      }
      expect(await page.getByText(/^Because they liked/).count()).toBeGreaterThan(0);
      expect(await page.getByText(/^Rated .* star/).count()).toBe(12);
      await settled(page);
      await screenshot(page, 'user', true);

      const list = `Recommended to ${name}`;
      const before = await titles(page, list);
      await page.getByLabel('Genre').selectOption('Horror');
      await page.waitForURL('**/*genre=Horror*');
      await eventually(
        () => titles(page, list),
        (horror) => expect(horror).not.toEqual(before),
      );
      const horror = await titles(page, list);
      await page.getByLabel('Variety').press('End');
      await page.waitForURL('**/*diversity=1*');
      await eventually(
        () => titles(page, list),
        (varied) => expect(varied).not.toEqual(horror),
      );
      const varied = await titles(page, list);
      await page.reload();
      await recommended.first().waitFor();
      expect(await titles(page, list)).toEqual(varied);
      expect(await page.getByLabel('Genre').inputValue()).toBe('Horror');
      expect(await page.getByLabel('Variety').inputValue()).toBe('1');

      await page
        .getByRole('region', { name: 'Watched films' })
        .getByLabel('Sort by')
        .selectOption('Best rated first');
      await page.waitForURL('**/*order=RATING_DESC*');
      await page
        .getByText(/^Rated 5 stars/)
        .first()
        .waitFor();
    }, 120_000);

    it('recommends only films of the average rating that is chosen', async () => {
      const { page } = visitor;
      await page.goto(`${portal.origin}/user/1`);
      const name = (await page.getByRole('heading', { level: 1, name: /^User \d+$/ }).textContent()) ?? '';
      const list = `Recommended to ${name}`;
      const average = page.getByRole('combobox', { name: 'Average rating', exact: true });
      await cards(page, list).first().waitFor();
      expect(await average.getByRole('option').allTextContents()).toEqual([
        'Any',
        '3 and more',
        '3.5 and more',
        '4 and more',
      ]);
      const unfiltered = await titles(page, list);

      await average.press('End');
      await page.waitForURL('**/user/1?average=4.0');
      await eventually(
        () => titles(page, list),
        (good) => expect(good).not.toEqual(unfiltered),
      );
      await settled(page);
      const good = await titles(page, list);
      const averages = await averageRatings(portal.origin, await movieIds(page, list));
      expect(averages).toHaveLength(good.length);
      for (const mean of averages) expect(mean).toBeGreaterThanOrEqual(4);
      await page.getByRole('region', { name: list }).scrollIntoViewIfNeeded();
      await screenshot(page, 'user-average');

      await cards(page, list).first().click();
      await page.waitForURL('**/movie/*');
      await page.goBack();
      await cards(page, list).first().waitFor();
      expect(await average.inputValue()).toBe('4.0');
      expect(await titles(page, list)).toEqual(good);

      await average.selectOption('Any');
      await page.waitForURL('**/user/1');
      await eventually(
        () => titles(page, list),
        (all) => expect(all).toEqual(unfiltered),
      );
    }, 120_000);

    it('keeps a choice that is made before the page shows the one before it', async () => {
      const { page } = visitor;
      await page.goto(`${portal.origin}/user/1`);
      await settled(page);
      await page.evaluate(() => {
        for (const [name, value] of [
          ['Genre', 'Drama'],
          ['Average rating', '3.5'],
        ] as const) {
          const label = [...document.querySelectorAll('label')].find((one) => one.innerText.startsWith(name));
          if (!(label?.control instanceof HTMLSelectElement)) throw new Error(`no list of choices: ${name}`);
          label.control.value = value;
          label.control.dispatchEvent(new Event('change', { bubbles: true }));
        }
      });
      await page.waitForURL('**/user/1?genre=Drama&average=3.5');
      await cards(page, 'Recommended to User 1').first().waitFor();
      await eventually(
        () => page.getByLabel('Genre').inputValue(),
        (genre) => expect(genre).toBe('Drama'),
      );
    }, 60_000);

    it('says why no film is left, and to lower the average rating where no film has it', async () => {
      const { page } = visitor;
      // In the sample every genre has such films for everybody.
      await page.route('**/graphql', async (route) => {
        if (!route.request().postData()?.includes('"minAverageRating":4')) return route.continue();
        const response = await route.fetch();
        const answer = (await response.json()) as {
          data: {
            user: {
              recommendations: {
                edges: unknown[];
                pageInfo: { hasNextPage: boolean };
                served: { emptyReason: string | null };
              };
            };
          };
        };
        const { recommendations } = answer.data.user;
        recommendations.edges = [];
        recommendations.pageInfo.hasNextPage = false;
        recommendations.served.emptyReason = 'every movie that passes the filter is rated';
        return route.fulfill({ response, json: answer });
      });
      await page.goto(`${portal.origin}/user/1`);
      await settled(page);
      await page.getByLabel('Genre').selectOption('Film-Noir');
      await page.waitForURL(/Film-Noir/);
      await page.getByRole('combobox', { name: 'Average rating', exact: true }).selectOption('4 and more');
      await page
        .getByText('No film of the genre Film-Noir that is left has an average of 4 or more.')
        .waitFor();
      await page
        .getByText(
          'Every film that passes the filter is rated. Lower the average rating, or choose another genre.',
        )
        .waitFor();
      await expectAccessible(page);
      await screenshot(page, 'user-average-none');

      await page.getByLabel('Genre').selectOption('All genres');
      await page.getByText('No film that is left has an average of 4 or more.').waitFor();
      await page
        .getByText('Every film that passes the filter is rated. Lower the average rating.', { exact: true })
        .waitFor();
      await page.getByRole('combobox', { name: 'Average rating', exact: true }).selectOption('3.5 and more');
      await cards(page, 'Recommended to User 1').first().waitFor();
      await page.unroute('**/graphql');
    }, 60_000);

    it('is used by the keyboard alone', async () => {
      const { page } = visitor;
      await page.goto(portal.origin);
      await settled(page);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to main content');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');

      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await screenshot(page, 'keys');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' });

      // Who speaks to the computer has words typed: one key alone must not act where that is not wanted.
      const openKeys = page.locator('footer').getByRole('button', { name: 'Keyboard shortcuts' });
      const acts = page.getByRole('checkbox', { name: 'Single letters and signs are shortcuts' });
      await openKeys.click();
      await acts.uncheck();
      await page.keyboard.press('Escape');
      await page.reload();
      await settled(page);
      await page.keyboard.press('/');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
      await openKeys.click();
      await acts.check();
      await page.keyboard.press('Escape');

      await page.keyboard.press('/');
      await page.keyboard.type('godfahter');
      await page.getByRole('option', { name: /^The Godfather\s*1972$/ }).waitFor();
      // Suggestions for a part of what was typed have it too, further down.
      await page
        .getByRole('banner')
        .getByRole('option')
        .first()
        .getByText(/^The Godfather/)
        .waitFor();
      await screenshot(page, 'search-box');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /^The Godfather/ }).waitFor();

      await page.keyboard.press('/');
      await page.keyboard.type('toy story');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?q=toy+story');
      await cards(page, 'Films found').first().waitFor();
      await settled(page);
      await screenshot(page, 'search');

      await page.goto(portal.origin);
      const row = page.getByRole('list', { name: 'Top rated', exact: true });
      const panel = row.locator('> li').nth(2).locator('[data-card-opener]');
      // It comes once the page is at rest.
      await panel.waitFor({ state: 'attached' });
      await cards(page, 'Top rated').first().focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      const third = await cards(page, 'Top rated').nth(2).textContent();
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(third);
      // Each card has its panel as one stop more.
      await page.keyboard.press('Tab');
      expect(await panel.evaluate((opener) => opener === document.activeElement)).toBe(true);
      await page.keyboard.press('Tab');
      expect(await row.evaluate((list) => list.contains(document.activeElement))).toBe(false);
    }, 120_000);

    it('says where nothing is', async () => {
      const { page } = visitor;
      for (const [path, words] of [
        ['/nowhere', 'There is no page at this address.'],
        ['/movie/99999999', 'There is no film at this address.'],
        ['/movie/abc', 'There is no film at this address.'],
        ['/user/99999999', 'There is no person at this address.'],
        ['/collection/Cooking', 'There is no genre “Cooking” here.'],
        ['/search?q=qqqqzzzz', 'No films match your search.'],
      ] as const) {
        await page.goto(portal.origin + path);
        await page.getByText(words).waitFor();
      }
      await page.goto(`${portal.origin}/nowhere`);
      await settled(page);
      await screenshot(page, 'not-found');
      await page.getByRole('link', { name: 'Browse films' }).click();
      await page.getByText('Pick five you like.').waitFor();
      // The browser tells of each page that is not there.
      const gone = visitor.complaints.splice(0);
      expect(gone.filter((complaint) => !complaint.includes('status of 404'))).toEqual([]);
    }, 60_000);
  });

  it('meets WCAG 2.2 AA while films are picked and after it, in both schemes, on a phone as on a desk', async () => {
    const { page, context } = await visit(portal.browser);
    await page.goto(portal.origin);
    await pickFilms(page, 5);
    await cards(page, 'For you').first().waitFor();
    await look(page, 'home-picking');
    await page.getByRole('button', { name: 'See my films' }).click();
    await page.getByText('Tonight’s pick for you').waitFor();
    await look(page, 'home-picked', { fullPage: true });
    await context.close();
  }, 240_000);
});
