import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { PocketRocket } from '../src/index.ts';
import { Scratch } from './scratch.ts';
import { startSite, type Site } from './site.ts';
import { startApi, type Api } from './startApi.ts';

const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url));

let scratch: Scratch;
let site: Site;
let api: Api;
beforeAll(async () => {
  scratch = await Scratch.make();
  site = await startSite({
    '/page': join(EXAMPLES, 'page/index.html'),
    '/pocketrocket.js': scratch.installed('dist/esm/index.js'),
    '/widget': join(EXAMPLES, 'widget/index.html'),
    '/because-you-watched.js': scratch.installed('dist/because-you-watched.js'),
  });
  api = await startApi({
    CORS_ORIGINS: site.origin,
    TRUSTED_DOCUMENTS: scratch.installed('documents.json'),
  });
  site.replace('http://localhost:4000/graphql', api.url);
});
afterAll(async () => {
  await api?.stop();
  await site?.stop();
  await scratch?.remove();
});

describe('the package', () => {
  it('has what it needs and nothing else', async () => {
    const files = await readdir(scratch.installed(''));
    expect(files.sort()).toEqual(['README.md', 'dist', 'documents.json', 'package.json']);
    const { dependencies } = JSON.parse(
      await readFile(scratch.installed('package.json'), 'utf8'),
    ) as object & {
      dependencies?: object;
    };
    expect(dependencies).toBeUndefined();
    expect((await readdir(join(scratch.folder, 'node_modules/@pocketrocket'))).length).toBe(1);
    expect(await readdir(join(scratch.folder, 'node_modules'))).not.toContain('graphql');
  });

  it('is imported as an ES module, and required', async () => {
    const program = (load: string) => `${load}
      const client = new PocketRocket({ url: process.env.API });
      client.genres().then((genres) => console.log(genres.length > 0, PocketRocketError.name));`;
    const names = '{ PocketRocket, PocketRocketError }';
    await scratch.write('module.mjs', program(`import ${names} from '@pocketrocket/sdk';`));
    await scratch.write('common.cjs', program(`const ${names} = require('@pocketrocket/sdk');`));
    for (const file of ['module.mjs', 'common.cjs'])
      expect(await scratch.run(file, { API: api.url })).toBe('true PocketRocketError\n');
  });

  it('is typed for both, whatever the compiler is told to check', async () => {
    const body = `
      export async function titles(client: PocketRocket): Promise<string[]> {
        const movie = await client.movie({ movieId: 1 });
        const year: number | null | undefined = movie?.releaseYear;
        // @ts-expect-error a field that was not asked for
        movie?.similar;
        // @ts-expect-error a movie is named by one id
        await client.movie({});
        // @ts-expect-error no such kind of event
        await client.recordEvents([{ userExternalId: 'ann', kind: 'SLEPT' }]);
        const first = await client.recommendations({ externalId: 'ann' }, { filter: { yearFrom: 1990 } }).take(1);
        for await (const { nodes } of client.recommendationsChanged({ externalId: 'ann' }))
          return nodes.map(({ movie }) => movie.title);
        return [String(year), ...first.map(({ movie }) => movie.title)];
      }
      export const codeOf = (error: unknown): ErrorCode | null =>
        error instanceof PocketRocketError ? error.code : null;\n`;
    const imports = "import { PocketRocket, PocketRocketError, type ErrorCode } from '@pocketrocket/sdk';\n";
    await scratch.write('consumer.mts', imports + body);
    await scratch.write('consumer.cts', imports + body);
    const files = ['consumer.mts', 'consumer.cts'];
    const forCommon = { verbatimModuleSyntax: false };
    expect(await scratch.compile(files, forCommon)).toBe('');
    expect(await scratch.compile(['consumer.mts'])).toBe('');
    const bundler = { module: 'esnext', moduleResolution: 'bundler' };
    expect(await scratch.compile(['consumer.mts'], bundler)).toBe('');
  });
});

describe('against a real server', () => {
  const clientOf = (key?: string) => new PocketRocket({ url: api.url, ...(key !== undefined && { key }) });

  it('queries are known from the start, go by GET, and are answered to all out of one cache', async () => {
    const seen: [string | undefined, string | null, string | null][] = [];
    const watching: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      seen.push([init?.method, response.headers.get('cache-control'), response.headers.get('etag')]);
      return response;
    };
    const client = new PocketRocket({ url: api.url, fetch: watching });
    expect(await client.searchMovies('film', { first: 3 })).toHaveLength(3);
    await client.searchMovies('film', { first: 3 });
    expect(seen).toEqual([
      ['GET', 'public, max-age=60', expect.stringMatching(/^W\//)],
      ['GET', 'public, max-age=60', seen[0]?.[2]],
    ]);
  });

  it('pages come to an end, with every film once', async () => {
    const movies = clientOf().movies({ pageSize: 7 });
    const ids: number[] = [];
    for await (const { movieId } of movies) ids.push(movieId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength((await movies.first())?.totalCount ?? 0);
  });

  it('events change the list of an own user, which comes again by itself', async () => {
    const client = clientOf(api.keys.backend);
    await client.upsertUsers([{ externalId: 'eve', name: 'Eve' }]);
    const lists = client.recommendationsChanged({ externalId: 'eve' }, { pageSize: 5 });
    const before = await lists.next();
    const watched = before.value?.nodes[0]?.movie.movieId ?? 0;
    const events = [{ userExternalId: 'eve', kind: 'LIKE', movieId: watched }] as const;
    expect(await client.recordEvents(events)).toMatchObject({ storedCount: 1, refused: [] });
    const after = await lists.next();
    await lists.return();
    expect(before.value?.nodes).toHaveLength(5);
    expect(after.value?.nodes.map(({ movie }) => movie.movieId)).not.toContain(watched);
    expect(await client.deleteUsers(['eve', 'nobody'])).toEqual({
      deletedCount: 1,
      unknownExternalIds: ['nobody'],
    });
  });

  it('lists of many come in as many requests as their price needs', async () => {
    const statuses: number[] = [];
    const watching: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      statuses.push(response.status);
      return response;
    };
    const client = new PocketRocket({ url: api.url, key: api.keys.backend, fetch: watching });
    const tastes = Array.from({ length: 90 }, (_, at) => ({
      ratings: [{ movieId: 1 + (at % 9), rating: 5 }],
    }));
    const lists = await client.recommendForMany(tastes, { pageSize: 40 });
    expect(lists).toHaveLength(tastes.length);
    expect(lists.every((list, at) => !list?.nodes.some(({ movie }) => movie.movieId === 1 + (at % 9)))).toBe(
      true,
    );
    const [first, ...rest] = statuses;
    expect(first).toBe(400);
    expect(rest.filter((status) => status === 200).length).toBeGreaterThan(1);
    expect(rest).not.toContain(400);
  });

  it('what a key may not do tells code and request', async () => {
    const refused = clientOf(api.keys.page).upsertUsers([{ externalId: 'eve' }]);
    await expect(refused).rejects.toMatchObject({
      name: 'BatchError',
      code: 'FORBIDDEN',
      requestId: expect.stringMatching(/./),
      unsent: [{ externalId: 'eve' }],
    });
    await expect(clientOf('pr_wrong').upsertUsers([{ externalId: 'eve' }])).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

it('the Node.js example comes from a key to an own user’s list', async () => {
  await copyFile(join(EXAMPLES, 'node/own-users.mjs'), join(scratch.folder, 'own-users.mjs'));
  const env = { POCKETROCKET_URL: api.url, POCKETROCKET_KEY: api.keys.backend };
  const [first, ...list] = (await scratch.run('own-users.mjs', env)).trim().split('\n');
  expect(first).toBe('3 events stored, 0 refused');
  expect(list).toHaveLength(5);
  expect(list[0]).toMatch(/^1\. .+ \(\d{4}\)/);
});

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** Without a Chromium a laptop skips the tests, and CI fails them. */
const describeInBrowser = existsSync(CHROMIUM) || process.env['CI'] ? describe : describe.skip;

describeInBrowser('a page of another origin', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  async function open(path: string): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(site.origin + path);
    return page;
  }
  const addressOf = (more: Record<string, string>) =>
    `/page?${String(new URLSearchParams({ api: api.url, ...more }))}`;

  it('shows what those like who like some films', async () => {
    const page = await open(addressOf({ films: '1,2' }));
    await page.getByText('5 films').waitFor();
    expect(await page.locator('#list li').count()).toBe(5);
  });

  it('shows the list of an app’s user, and follows what the user does elsewhere', async () => {
    const backend = new PocketRocket({ url: api.url, key: api.keys.backend });
    await backend.upsertUsers([{ externalId: 'bob' }]);
    const page = await open(addressOf({ key: api.keys.page, user: 'bob' }));
    await page.getByText('5 films').waitFor();
    const movieId = Number(await page.locator('#list li').first().getAttribute('data-movie-id'));
    await backend.recordEvents([{ userExternalId: 'bob', kind: 'DISMISS', movieId }]);
    await page.locator(`#list li[data-movie-id="${movieId}"]`).waitFor({ state: 'detached' });
    expect(await page.locator('#list li').count()).toBe(5);
  });

  it('says which error it met', async () => {
    const page = await open(addressOf({ key: 'pr_wrong', user: 'bob' }));
    await page.getByText(/^UNAUTHENTICATED: /).waitFor();
  });

  it('has the widget by one script tag', async () => {
    const page = await open('/widget');
    const widget = page.locator('because-you-watched');
    await widget.getByText(/^Because you watched /).waitFor();
    expect(await widget.locator('li').count()).toBe(4);
    await widget.evaluate((element) => element.setAttribute('movie', '2147483647'));
    await widget.locator('li').first().waitFor({ state: 'detached' });
  });

  it('of an origin that is not let in sees nothing', async () => {
    const other = await startSite({
      '/page': join(EXAMPLES, 'page/index.html'),
      '/pocketrocket.js': scratch.installed('dist/esm/index.js'),
    });
    const page = await browser.newPage();
    await page.goto(other.origin + addressOf({ films: '1,2' }));
    await page.getByText(/^NETWORK: /).waitFor({ timeout: 30_000 });
    await other.stop();
  });
});
