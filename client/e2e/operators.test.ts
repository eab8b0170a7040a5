import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  DESKTOP,
  eventually,
  expectAccessible,
  expectNoSidewaysScroll,
  PHONE,
  SCHEMES,
  screenshot,
  settled,
  WEBGL,
} from './browser.ts';
import { ask, describePortal, emailOf, PASSWORD, signIn as fillIn, visitEach } from './portal.ts';

const SIZES = [
  ['desktop', DESKTOP],
  ['phone', PHONE],
] as const;

describePortal('what operators and the curious find', { trained: true, flags: WEBGL }, (portal) => {
  const visitor = visitEach(portal);

  const signIn = async (name: string) => {
    await visitor.page.goto(`${portal.origin}/sign-in`);
    await fillIn(visitor.page, emailOf(name));
  };

  const open = async (path: string, heading: string) => {
    const { page } = visitor;
    await page.goto(`${portal.origin}${path}`);
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    await settled(page);
  };

  beforeAll(async () => {
    const signUp = (name: string) =>
      ask(portal.origin, 'mutation ($input: SignUpInput!) { signUp(input: $input) { user { userId } } }', {
        variables: { input: { name, email: emailOf(name), password: PASSWORD } },
      });
    await Promise.all(['Boss', 'Ann', 'Cleo'].map(signUp));
    await portal.stack.grant(emailOf('Boss'));
  }, 600_000);

  describe('the administration', () => {
    it('is refused in words to visitors and to accounts without the role, and is in nobody else’s menu', async () => {
      const { page } = visitor;
      await open('/admin/models', 'Sign in to administer');
      await expectAccessible(page);
      await signIn('Ann');
      await open('/admin/models', 'Not for this account');
      await expectAccessible(page);
      expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
      await open('/admin/nowhere', 'Page not found');
    }, 60_000);

    it('tells versions beside popularity, with the question that was asked', async () => {
      const { page } = visitor;
      await signIn('Boss');
      await open('/admin/models', 'Models');
      await page.getByText('find the film they saw next, among 99 others').first().waitFor();
      await page.getByRole('img', { name: /of each version, beside the most popular films/ }).waitFor();
      await page.getByRole('heading', { name: 'Version 1' }).waitFor();
      await page.getByText('answers now').waitFor();
    }, 60_000);

    it('makes a key whose secret is shown once, rotates and revokes it', async () => {
      const { page } = visitor;
      await signIn('Boss');
      await open('/admin/keys', 'Apps and keys');
      await page.getByLabel('Name of the app').fill('Kiosk');
      await page.getByRole('button', { name: 'Make the app' }).click();
      await page.getByRole('heading', { name: 'Kiosk' }).waitFor();
      await page.getByText('Make a key for Kiosk').click();
      await page.getByLabel('Name of the key').fill('Hall');
      await page.getByRole('button', { name: 'Make the key' }).click();
      const secret = page.getByText(/^pr_/);
      const first = await secret.textContent();
      await page.getByRole('button', { name: 'I have it' }).click();
      expect(await secret.count()).toBe(0);
      await page.getByRole('button', { name: 'Rotate Hall' }).click();
      await page.getByRole('button', { name: 'Make a new secret' }).click();
      await eventually(
        () => secret.textContent(),
        (now) => expect(now).not.toBe(first),
      );
      await page.getByRole('button', { name: 'Revoke Hall' }).click();
      await page.getByRole('button', { name: 'Revoke', exact: true }).click();
      await page.getByText(/^revoked /).waitFor();
      await page.getByRole('button', { name: 'Delete Kiosk' }).click();
      const confirm = page.getByRole('button', { name: 'Delete for good' });
      expect(await confirm.isDisabled()).toBe(true);
      await page.getByLabel('Type “Kiosk” to confirm').fill('Kiosk');
      await confirm.click();
      await page.getByText('There are no apps yet').waitFor();
    }, 60_000);

    it('finds an account, makes it an administrator and a user again, signs it out, deletes it', async () => {
      const { page } = visitor;
      await signIn('Boss');
      await open('/admin/accounts?query=CLEO', 'Accounts');
      await page.getByText('1 account', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Make an administrator of Cleo' }).click();
      await page.getByRole('button', { name: 'Give the role' }).click();
      await page.getByText('Cleo is an administrator.').waitFor();
      await page.getByRole('button', { name: 'Make a user of Cleo' }).click();
      await page.getByRole('button', { name: 'Take the role' }).click();
      await page.getByText('Cleo is no administrator any more.').waitFor();
      await page.getByRole('button', { name: 'Sign out Cleo everywhere' }).click();
      await page.getByRole('button', { name: 'Sign out everywhere' }).click();
      await page.getByText('Cleo is signed out everywhere.').waitFor();
      await page.getByRole('button', { name: 'Delete Cleo' }).click();
      await page.getByLabel('Type “cleo@example.org” to confirm').fill('cleo@example.org');
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByText('No address holds “CLEO”').waitFor();
    }, 60_000);
  });

  describe('the map of all films', () => {
    const chosen = (title: RegExp) => visitor.page.getByRole('heading', { level: 2, name: title });

    const choose = async (title: string) => {
      const { page } = visitor;
      await page.getByLabel('Find a film on the map').fill(title);
      await page
        .getByRole('option', { name: new RegExp(title) })
        .first()
        .click();
    };

    it('flies to a film that is searched, lights its neighbours, and is moved by keys', async () => {
      const { page } = visitor;
      await open('/explore', 'Explore');
      const labels = page.locator('canvas + div > span');
      await eventually(
        () => labels.count(),
        (count) => expect(count).toBeGreaterThan(3),
      );
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page);
        await screenshot(page, `explore-desktop-${colorScheme}`);
      }
      await choose('The Matrix');
      await chosen(/^The Matrix/).waitFor();
      expect(new URL(page.url()).searchParams.get('film')).not.toBeNull();
      expect(
        await page.getByRole('list', { name: 'Nearest to The Matrix' }).getByRole('button').count(),
      ).toBe(8);
      const place = () =>
        page
          .locator('canvas + div > span[data-selected="true"]')
          .evaluate((label) => label.getBoundingClientRect().x);
      const before = await place();
      await page.getByRole('group', { name: /^Map of films/ }).focus();
      await page.keyboard.press('ArrowLeft');
      await eventually(place, (now) => expect(now).toBeGreaterThan(before + 40));
      // A shared address opens the same film.
      await page.reload();
      await chosen(/^The Matrix/).waitFor();
      expect(visitor.complaints).toEqual([]);
    }, 60_000);

    it('counts no films before there are any', async () => {
      const { page } = visitor;
      let goOn = () => {};
      const held = new Promise<void>((resolve) => (goOn = resolve));
      await page.route('**/graphql', async (route) => {
        if (route.request().postData()?.includes('ExploreMap')) await held;
        await route.fallback();
      });
      await page.goto(`${portal.origin}/explore`);
      await page.getByText('Loading the map…').waitFor();
      const status = page.locator('section[aria-labelledby="in-view"] [role=status]');
      expect((await status.textContent())?.trim()).toBe('');
      goOn();
      await page.getByText(/films, the best known first$/).waitFor();
    }, 60_000);

    it('is a list of the same films where there is no WebGL, walked by keys alone, on a phone', async () => {
      const { page } = visitor;
      await page.setViewportSize(PHONE);
      await page.addInitScript(() => {
        HTMLCanvasElement.prototype.getContext = () => null;
      });
      await open('/explore', 'Explore');
      await page.getByText('This browser cannot draw the map').waitFor();
      const films = page.getByRole('list', { name: 'Films on this part of the map' }).getByRole('button');
      await eventually(
        () => films.count(),
        (count) => expect(count).toBe(30),
      );
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, 'explore-phone-list');
      await films.first().focus();
      await page.keyboard.press('Enter');
      const near = page.getByRole('list', { name: /^Nearest to / }).getByRole('button');
      const next = await near.first().textContent();
      await near.first().focus();
      await page.keyboard.press('Enter');
      await eventually(
        () => page.evaluate(() => document.activeElement?.textContent ?? ''),
        (focused) => expect(next).toContain(focused.split(' ')[0]),
      );
    }, 60_000);
  });

  it('leads from a page to its query in the playground, and back', async () => {
    const { page } = visitor;
    await open('/about', 'About the data and the model');
    await page.getByRole('button', { name: 'Show the query behind About' }).click();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Open in the playground' }).click();
    await page.getByRole('heading', { level: 1, name: 'API playground' }).waitFor();
    await page.locator('.view-line').filter({ hasText: 'AboutPage' }).first().waitFor();
    for (const [name, viewport] of SIZES) {
      await page.setViewportSize(viewport);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await page
          .locator(colorScheme === 'dark' ? '.monaco-editor.vs-dark' : '.monaco-editor.vs')
          .first()
          .waitFor();
        await expectAccessible(page);
        await screenshot(page, `playground-${name}-${colorScheme}`);
      }
      await expectNoSidewaysScroll(page);
    }
    await page.getByRole('link', { name: 'PocketRocket' }).click();
    await page.waitForURL(`${portal.origin}/`);
  }, 90_000);
});
