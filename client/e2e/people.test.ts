import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { answered, PHONE, settled, visit, type Visit } from './browser.ts';
import { ask, describePortal, look, PASSWORD, signUp } from './portal.ts';

interface Film {
  movieId: number;
  title: string;
  releaseYear: number | null;
}

describePortal('the own page, other people and groups', { trained: true }, (portal) => {
  let films: Film[];
  let ada: Visit;
  let link: string;

  beforeAll(async () => {
    const { movies } = await ask<{ movies: { nodes: Film[] } }>(
      portal.origin,
      '{ movies(first: 30) { nodes { movieId title releaseYear } } }',
    );
    films = movies.nodes;
    ada = await visit(portal.browser);
  });

  const lookAt = (page: Page, name: string) => look(page, name, { fullPage: true });

  /** As Letterboxd exports them. */
  const exportOf = (rated: readonly Film[]) =>
    [
      'Date,Name,Year,Letterboxd URI,Rating',
      ...rated.map(
        ({ title, releaseYear }, at) =>
          `2024-03-0${(at % 9) + 1},"${title}",${releaseYear},u,${5 - (at % 4) / 2}`,
      ),
    ].join('\n');

  it('opens an account, brings ratings from elsewhere, and speaks to its owner', async () => {
    const { page } = ada;
    await page.goto(`${portal.origin}/sign-in`);
    await signUp(page, 'Ada');
    await page.goto(`${portal.origin}/me`);
    await page.getByRole('heading', { level: 1, name: 'For you' }).waitFor();
    await page.getByText('You have not rated anything yet.').waitFor();
    await page.getByRole('navigation', { name: 'Your pages' }).getByRole('link', { name: 'Import' }).click();
    await page.getByLabel(/^Your export/).setInputFiles({
      name: 'ratings.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(exportOf(films.slice(0, 12))),
    });
    await page.getByRole('button', { name: /^Take over \d+ ratings$/ }).click();
    await page.getByText(/ratings taken over/).waitFor();
    await page.getByRole('link', { name: 'See my films' }).click();
    await page.getByRole('heading', { name: 'Recommended to you' }).waitFor();
    await page.getByText('Because you liked').first().waitFor();
    await page.getByText('Private: only you see your ratings').waitFor();
    expect(await page.getByText(/\bthey\b/i).count()).toBe(0);

    const session = await page.evaluate(() => localStorage.getItem('pocketrocket.session') ?? '{}');
    const { userId } = JSON.parse(session) as { userId: number };
    await page.goto(`${portal.origin}/user/${userId}`);
    await page.waitForURL(`${portal.origin}/me`);
    const stranger = await visit(portal.browser);
    await stranger.page.goto(`${portal.origin}/user/${userId}`);
    await stranger.page.getByText('This person keeps the ratings private.').waitFor();
    await page.getByRole('switch', { name: 'Share my ratings' }).click();
    await page.getByText('Everybody can see your ratings').waitFor();
    await stranger.page.reload();
    await stranger.page.getByRole('heading', { name: 'Watched films' }).waitFor();
    await page.getByRole('switch', { name: 'Share my ratings' }).click();
    await page.getByText('Private: only you see').waitFor();
    await stranger.context.close();
    expect(ada.complaints).toEqual([]);
  }, 60_000);

  it('lists what one has rated: to look for, to change in place, to take back and undo', async () => {
    const { page } = ada;
    await page.goto(`${portal.origin}/me/ratings`);
    const rows = page.getByRole('list', { name: 'My ratings' }).getByRole('listitem');
    await rows.first().waitFor();
    const all = await rows.count();
    expect(all).toBeGreaterThan(8);

    const { title = '' } = films[0] ?? {};
    await page.getByRole('searchbox', { name: 'Title' }).fill(title.toLowerCase());
    await page.waitForURL(/q=/);
    await page.getByRole('status').getByText('1 rating', { exact: true }).waitFor();
    const row = rows.filter({ hasText: title });
    // By keys alone: open the stars, half a star less.
    await row.getByRole('button', { name: `Change your rating of ${title}` }).focus();
    await page.keyboard.press('Enter');
    const chosen = row.getByRole('radio', { checked: true });
    await chosen.waitFor();
    const before = Number(await chosen.inputValue());
    const changed = answered(page, /RateMovie\(/);
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(
      (value) => document.querySelector<HTMLInputElement>('li input:checked')?.value === String(value),
      before - 0.5,
    );
    await changed;
    await page.reload();
    await row
      .getByText(`${before - 0.5}`)
      .first()
      .waitFor();

    await page.goto(`${portal.origin}/me/ratings?order=RATING_ASC`);
    await rows.first().waitFor();
    await rows
      .filter({ hasText: title })
      .getByRole('button', { name: /^Take back/ })
      .click();
    await page.getByText(`Your rating of ${title} is taken back.`).waitFor();
    await rows.filter({ hasText: title }).waitFor({ state: 'detached' });
    const undone = answered(page, /RateMovie\(/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await undone;
    await rows.filter({ hasText: title }).waitFor();
    await page.getByLabel('Stars', { exact: true }).selectOption({ label: 'Below 2' });
    await page.getByText('None of your ratings is like that.').waitFor();
    await page.getByRole('link', { name: 'Show all of them' }).click();
    await rows.first().waitFor();
    expect(await rows.count()).toBe(all);

    await page.goto(`${portal.origin}/me/ratings?genre=Nope`);
    const genre = page.getByLabel('Genre', { exact: true });
    await page.getByText('Your ratings did not load').waitFor();
    expect(await genre.inputValue()).toBe('Nope');
    await genre.selectOption({ label: 'All genres' });
    await rows.first().waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(ada.complaints).toEqual([]);
  }, 60_000);

  it('shows a rating that waits to be sent as it was given, wherever its owner comes from', async () => {
    const { page, context } = ada;
    const pages = page.getByRole('navigation', { name: 'Your pages' });
    await page.goto(`${portal.origin}/me/ratings`);
    await settled(page);
    const row = page.getByRole('list', { name: 'My ratings' }).getByRole('listitem').first();
    await row.getByRole('button', { name: /Change your rating of/ }).click();
    const before = Number(await row.getByRole('radio', { checked: true }).inputValue());
    const [key, step] = before > 1 ? ['ArrowLeft', -0.5] : ['ArrowRight', 0.5];
    // The pages that are gone to are there before the network goes.
    await pages.getByRole('link', { name: 'For you' }).click();
    await page.getByRole('heading', { level: 1, name: 'For you' }).waitFor();
    await pages.getByRole('link', { name: 'My ratings' }).click();
    await row.getByRole('button', { name: /Change your rating of/ }).click();
    await context.setOffline(true);
    await page.keyboard.press(key);
    await page.getByText(/^You are offline. Your rating of/).waitFor();
    await pages.getByRole('link', { name: 'For you' }).click();
    await page.getByRole('heading', { level: 1, name: 'For you' }).waitFor();
    await pages.getByRole('link', { name: 'My ratings' }).click();
    const shown = row.getByText(`${before + step} out of 5 stars`);
    await shown.waitFor();
    await context.setOffline(false);
    await page.getByText('1 rating from offline is saved.').waitFor();
    await shown.waitFor();
    // Whatever was asked for without a network is said by the browser, and nothing else.
    expect(
      ada.complaints.splice(0).filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED')),
    ).toEqual([]);
  }, 60_000);

  it('brings two tastes together by a link, which shows films and agreement and no rating', async () => {
    const { page } = ada;
    await page.goto(`${portal.origin}/group`);
    await page.getByText('A group begins with two.').waitFor();
    await page.getByRole('button', { name: 'Make my link' }).click();
    link = await page.getByLabel('Your link, with everybody above in it').inputValue();
    await page.getByRole('img', { name: 'QR code of your link' }).waitFor();
    await lookAt(page, 'people-group-link');

    const bob = await visit(portal.browser, { viewport: PHONE, hasTouch: true });
    await bob.context.addInitScript(
      (picks) => {
        const genres: never[] = [];
        const taste = {
          dataset: null,
          notSeen: [],
          own: [],
          picks: picks.map((pick) => ({ ...pick, genres })),
        };
        if (!localStorage.getItem('pocketrocket.taste'))
          localStorage.setItem('pocketrocket.taste', JSON.stringify(taste));
      },
      films.slice(12, 16),
    );
    await bob.page.goto(link);
    await bob.page.getByRole('heading', { name: 'Films for the 2 of you' }).waitFor();
    const members = bob.page.getByRole('list', { name: 'Who watches' });
    await members.getByText('Ada', { exact: true }).waitFor();
    const list = bob.page.getByRole('list', { name: 'Films for the group' });
    await list.getByText('Fits both of you').first().waitFor();
    const shown = await list
      .locator('[data-card-link]')
      .evaluateAll((cards) => cards.map((card) => Number(card.getAttribute('href')?.replace('/movie/', ''))));
    // Neither what she has rated nor what he has picked.
    expect(films.slice(0, 16).filter(({ movieId }) => shown.includes(movieId))).toEqual([]);
    await look(bob.page, 'people-group', { sizes: [PHONE], fullPage: true });
    // The rule stands in the address, beside the link.
    await bob.page.getByLabel('Choose by').selectOption({ label: 'Nobody is bored' });
    await bob.page.waitForURL(/rule=LEAST_MISERY#/);
    await list.locator('[data-card-link]').first().waitFor();

    // His picks go the other way by a link of his own.
    await bob.page.getByLabel('What the others call you, if you like').fill('Bob');
    await bob.page.getByRole('button', { name: 'Make my link' }).click();
    const his = await bob.page.getByLabel('Your link, with everybody above in it').inputValue();
    await page.getByRole('textbox', { name: 'A link that you were given' }).fill(his);
    await page.getByRole('button', { name: 'Add to the group' }).click();
    await page.getByRole('list', { name: 'Who watches' }).getByText('Bob', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Films for the 2 of you' }).waitFor();
    await bob.page.getByRole('button', { name: 'Take it back' }).click();
    await bob.page.getByRole('button', { name: 'Make my link' }).waitFor();
    await page.reload();
    await page.getByText('A link that holds no more').waitFor();
    expect([ada.complaints, bob.complaints]).toEqual([[], []]);
    await bob.context.close();
  }, 60_000);

  it('leads a guest who has picked films on the way back to the group', async () => {
    const guest = await visit(portal.browser, { viewport: PHONE, hasTouch: true });
    const { page } = guest;
    const groupLink = link.replace('/group', '/group?with=1');
    await page.goto(groupLink);
    await page.getByRole('link', { name: 'Pick films', exact: true }).click();
    await page.waitForURL(`${portal.origin}/`);
    const back = page.getByRole('main').getByRole('link', { name: 'Back to the group' });
    await back.waitFor();
    const candidates = page.getByRole('list', { name: 'Films to pick from' }).getByRole('checkbox');
    await candidates.first().click();
    const bar = page.getByRole('region', { name: 'Your picks' });
    await bar.getByRole('link', { name: 'To the group' }).waitFor();
    await candidates.first().click();
    await look(page, 'people-group-picking', { sizes: [PHONE] });
    // Also after a reload, and on the page that home is for who has picked.
    await page.reload();
    await bar.getByRole('button', { name: 'Pick more' }).waitFor();
    await bar.getByRole('link', { name: 'To the group' }).click();
    await page.waitForURL(groupLink);
    await page.getByRole('list', { name: 'Who watches' }).getByText('Ada', { exact: true }).waitFor();
    await page.getByText('You', { exact: true }).waitFor();
    // Home is as before for who was there.
    await page.goto(`${portal.origin}/`);
    await bar.getByRole('button', { name: 'Pick more' }).waitFor();
    expect(await back.count()).toBe(0);
    expect(guest.complaints).toEqual([]);
    await guest.context.close();
  }, 60_000);

  it('compares two people', async () => {
    const visitor = await visit(portal.browser);
    const { page } = visitor;
    await page.goto(`${portal.origin}/users`);
    await page.getByRole('link', { name: 'Compare two people' }).click();
    const people = page.getByRole('list', { name: 'People to compare' }).getByRole('link');
    await page.getByRole('heading', { name: 'Choose the first' }).waitFor();
    await people.first().click();
    await page.getByRole('heading', { name: 'Choose the second' }).waitFor();
    await people.first().click();
    await page.getByRole('heading', { name: 'What they differ on' }).waitFor();
    await page.getByText(/films? in common/).waitFor();
    await page.getByRole('heading', { name: 'What both would like' }).waitFor();
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  }, 60_000);

  it('compares oneself with somebody', async () => {
    await ada.page.goto(`${portal.origin}/user/1`);
    await ada.page.getByRole('link', { name: 'Compare with me' }).click();
    await ada.page.getByText('You', { exact: true }).first().waitFor();
    await ada.page.getByRole('heading', { name: 'Genre by genre' }).waitFor();
    expect(ada.complaints).toEqual([]);
  }, 60_000);

  it('keeps links, privacy, data and deletion in one place; with the account its links are gone', async () => {
    const { page } = ada;
    await page.goto(`${portal.origin}/account`);
    await page.getByRole('heading', { name: 'Links to your taste' }).waitFor();
    await page.getByText(/^Made on/).waitFor();
    const form = page.getByRole('form', { name: 'Delete the account' });
    await form.getByLabel('Password').fill('wrong horse battery');
    await form.getByRole('button', { name: 'Delete my account' }).click();
    await form.getByRole('alert').getByText('The password is wrong.').waitFor();
    expect(await form.getByLabel('Password').getAttribute('aria-invalid')).toBe('true');
    await form.getByLabel('Password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Delete my account' }).click();
    await page.getByText('You are not signed in.').waitFor();
    await page.getByRole('status').getByText('Your account and all its data are erased.').waitFor();

    const guest = await visit(portal.browser);
    await guest.page.goto(link);
    await guest.page.getByText('A link that holds no more').waitFor();
    // The tokens come back after a sign-in on the way, and are in no address that the server sees.
    await guest.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await guest.page.waitForURL(`${portal.origin}/sign-in?to=%2Fgroup`);
    await guest.page.goto(`${portal.origin}/group`);
    await guest.page.waitForURL(link);
    await guest.page.getByText('A link that holds no more').waitFor();
    await lookAt(guest.page, 'people-group-lapsed');
    await guest.context.close();
  }, 60_000);
});
