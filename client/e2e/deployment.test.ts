import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  describeInBrowser,
  expectAccessible,
  launchBrowser,
  screenshot,
  settled,
  toldOf,
  triedAgain,
  visit,
} from './browser.ts';
import { freePort, Stack } from './startStack.ts';

describeInBrowser('the portal where not all is well', () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([Stack.prepare({ trained: false }), launchBrowser()]);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it('says in words that popular films stand in while no model is trained', async () => {
    const server = await stack.serve();
    const { page, context } = await visit(browser);
    const told = toldOf(page, 'trainingChanged');
    await page.goto(server.origin);
    await page.getByRole('banner').getByText('synthetic sample').waitFor();
    await page.getByText('no trained model', { exact: true }).waitFor();
    for (let count = 0; count < 2; count++) await page.getByRole('checkbox').first().click();
    await page.getByRole('button', { name: 'See my films' }).click();

    await page.getByText('No model has been trained yet: lists show what most people have rated.').waitFor();
    await page.getByRole('heading', { name: 'Popular with everyone' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Popular with everyone' }).count()).toBe(1);
    expect(await page.getByRole('heading', { name: 'For you', exact: true }).count()).toBe(0);
    await settled(page);
    await expectAccessible(page);
    await screenshot(page, 'degraded', true);

    // Told, not asked for, once the connection stands.
    await told;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.postData() ?? ''));
    await stack.noteTraining({ stage: 'item2vec', done: 1, total: 4 });
    await page.getByText('25% of this step').waitFor();
    await stack.noteTraining({ stage: 'measuring', done: 3, total: 4 });
    await page.getByText('75% of this step').waitFor();
    await page.getByText('Testing what was learned').waitFor();
    await stack.noteTraining(null);
    await page.getByText('No model has been trained yet').waitFor();
    expect(asked.filter((body) => body.includes('Training'))).toEqual([]);

    await page.goto(`${server.origin}/about`);
    await page.getByText('No model has been trained yet').waitFor();
    await context.close();
    await server.stop();
  }, 90_000);

  it('runs on an origin of its own, with the API elsewhere', async () => {
    const port = await freePort();
    const server = await stack.serve({ corsOrigins: `http://127.0.0.1:${port}` });
    const portal = await stack.servePortalAlone(`${server.origin}/graphql`, port);
    const { page, context, complaints } = await visit(browser);
    await page.goto(`${portal.origin}/collection/Comedy`);
    await page.getByRole('list', { name: 'Comedy films' }).getByRole('listitem').first().waitFor();
    expect(await page.getByRole('link', { name: 'GraphQL playground' }).getAttribute('href')).toBe(
      `${server.origin}/graphql`,
    );
    expect(complaints).toEqual([]);
    await context.close();
    await portal.stop();
    await server.stop();
  }, 90_000);

  it('says that the API cannot be reached, and goes on when it answers again', async () => {
    const [apiPort, portalPort] = [await freePort(), await freePort()];
    const corsOrigins = `http://127.0.0.1:${portalPort}`;
    const server = await stack.serve({ port: apiPort, corsOrigins });
    const portal = await stack.servePortalAlone(`${server.origin}/graphql`, portalPort);
    const { page, context } = await visit(browser);
    await page.goto(`${portal.origin}/about`);
    await settled(page);
    await server.stop();

    await page.getByRole('link', { name: 'People' }).click();
    await page.getByText('The server cannot be reached').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('People');
    await expectAccessible(page);
    await screenshot(page, 'api-down');

    const again = await stack.serve({ port: apiPort, corsOrigins });
    await triedAgain(page, page.getByRole('list', { name: 'People' }).getByRole('listitem').first());
    await context.close();
    await portal.stop();
    await again.stop();
  }, 90_000);

  it('says that a page could not be fetched, and fetches it when its server is back', async () => {
    const port = await freePort();
    const server = await stack.serve({ port });
    // A service worker, where there is one, has the page's script already.
    const { page, context } = await visit(browser, { serviceWorkers: 'block' });
    await page.goto(`${server.origin}/about`);
    await settled(page);
    await server.stop();

    await page.getByRole('link', { name: 'People' }).click();
    await page.getByText('This page did not load').waitFor();
    const again = await stack.serve({ port });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('list', { name: 'People' }).getByRole('listitem').first().waitFor();
    await context.close();
    await again.stop();
  }, 90_000);

  it('keeps the rest of a page when one part of it fails', async () => {
    const server = await stack.serve();
    const { page, context } = await visit(browser);
    await page.route('**/graphql', async (route) => {
      const failing = /query (UserRecommendations|UserWatched)/.exec(route.request().postData() ?? '');
      if (!failing) return route.continue();
      const errors = [{ message: 'Internal server error', path: ['user', 'recommendations'] }];
      return route.fulfill({ json: { data: null, errors } });
    });
    // The browser asks for all parts itself, however fast the server renders pages.
    const address = `${server.origin}/user/1`;
    await page.route(address, async (route) =>
      route.fulfill({ response: await route.fetch({ url: `${server.origin}/index.html` }) }),
    );
    await page.goto(address);
    await page.getByText('The recommendations did not load').waitFor();
    await page.getByText('The watched films did not load').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('User 1');
    expect(await page.getByText('Films rated').count()).toBe(1);

    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    // No model is trained here.
    const films = page.getByRole('list', { name: 'Popular films they have not seen' });
    await films.getByRole('listitem').first().waitFor();
    await context.close();
    await server.stop();
  }, 90_000);
});
