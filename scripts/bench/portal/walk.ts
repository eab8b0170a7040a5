import { randomUUID } from 'node:crypto';
import { until } from '@pocketrocket/testing';
import { createAccount, fillSignUp } from '@pocketrocket/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { opened } from './browser.ts';

export interface Step {
  name: string;
  /** Since the address was entered. */
  seconds: number;
  /** Clicks so far. */
  clicks: number;
}

/**
 * A newcomer's way as a hand without pauses goes it: from the address to a list of one's own, to a film and its reason, to an account
 * that has the picks, and to a rating that changes the list. What people read, think and type is not in it.
 */
export const newcomersWalk = (browser: Browser, origin: string): Promise<Step[]> =>
  opened(browser, { viewport: { width: 1280, height: 800 } }, async ({ page }) => {
    const steps: Step[] = [];
    let clicks = 0;
    page.setDefaultTimeout(30_000);
    const begun = performance.now();
    const arrived = (name: string) =>
      void steps.push({ name, seconds: (performance.now() - begun) / 1_000, clicks });
    const click = async (...names: Parameters<Page['getByRole']>) => {
      await page
        .getByRole(...names)
        .first()
        .click();
      clicks++;
    };

    await page.goto(origin);
    const films = page.getByRole('list', { name: 'Films to pick from' }).getByRole('checkbox');
    await films.first().waitFor();
    arrived('the films to pick from');
    for (let picked = 0; picked < 5; picked++) {
      await films.first().click();
      clicks++;
    }
    await click('button', { name: 'See my films' });
    await page.getByText('Tonight’s pick for you').waitFor();
    arrived('a list of one’s own');

    await page.locator('main section [data-card-link]').first().click();
    clicks++;
    await page.getByRole('heading', { name: 'Similar films' }).waitFor();
    arrived('a film');

    await click('link', { name: 'Sign in' });
    const email = `newcomer-${randomUUID()}@example.org`;
    await fillSignUp(page, { name: 'Newcomer', email, password: randomUUID() });
    await createAccount(page);
    clicks += 2;
    await click('button', { name: 'Make them ratings' });
    await page.getByText('What you picked is among your ratings now.').first().waitFor();
    arrived('an account that has the picks');

    await page.goto(origin);
    await page.getByText('Tonight’s pick for you').waitFor();
    await page
      .getByRole('button', { name: /^Rate, save or hide/ })
      .first()
      .waitFor({ state: 'attached' });
    const first = page.locator('main section [data-card-link]').first();
    const before = await first.getAttribute('href');
    await first.focus();
    await page.keyboard.press('r');
    await page.getByRole('dialog').getByRole('radio', { name: '4 stars', exact: true }).press('Space');
    await page.keyboard.press('Escape');
    await until(
      'the list has changed',
      async () => (await first.getAttribute('href')) !== before || null,
      30_000,
    );
    arrived('a list that a rating has changed');
    return steps;
  });
