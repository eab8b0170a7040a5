import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { until } from '@pocketrocket/testing';
import { emptyReport, fullReport, HOSTILE_TITLE } from '../../test/runReports.ts';
import { readPageAssets } from './pageAssets.ts';
import { renderReport } from './renderReport.ts';
import type { RunReport } from './reportData.ts';

const CHROMIUM_PATH = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const AXE_PATH = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Runs where there is a Chromium; without one a laptop skips the tests, and CI fails them. */
const describeInBrowser = existsSync(CHROMIUM_PATH) || process.env['CI'] ? describe : describe.skip;

describeInBrowser('the report in a browser without a network', () => {
  let browser: Browser;
  let folder: string;
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: FLAGS });
    folder = await mkdtemp(join(tmpdir(), 'pocketrocket-report-'));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    complaints = [];
  });
  afterEach(() => {
    expect(complaints).toEqual([]);
  });

  async function open(report: RunReport, options: BrowserContextOptions = {}): Promise<Page> {
    const file = join(folder, 'report.html');
    await writeFile(file, renderReport(report, await readPageAssets()));
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    await context.setOffline(true);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  /** Counts the different colours of a chart's pixels: one for an empty canvas. */
  const coloursIn = (page: Page, id: string): Promise<number> =>
    page.evaluate(`(() => {
      const canvas = document.querySelector('#${id} canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    })()`);

  const zoomOf = (page: Page): Promise<[number, number][]> =>
    page.evaluate(`echarts.getInstanceByDom(document.getElementById('item-map')).getOption().dataZoom
      .map(({ start, end }) => [start, end])`);

  it('draws every chart', async () => {
    const page = await open(fullReport());
    const ids: string[] = await page.evaluate(
      `[...document.querySelectorAll('[data-chart]')].map(({ id }) => id)`,
    );
    expect(ids).toEqual(
      expect.arrayContaining(['rating-histogram', 'loss-0', 'metric-0', 'ablation-0', 'lists-0', 'item-map']),
    );
    for (const id of ids) expect([id, (await coloursIn(page, id)) > 5]).toEqual([id, true]);
  });

  it('zooms the map by wheel and by its buttons, and back', async () => {
    const page = await open(fullReport());
    expect(await zoomOf(page)).toEqual([
      [0, 100],
      [0, 100],
    ]);
    await page.locator('#item-map').scrollIntoViewIfNeeded();
    await page.locator('#item-map').hover();
    await page.mouse.wheel(0, -300);
    await page.waitForFunction(`(() => {
      const { start, end } = echarts.getInstanceByDom(document.getElementById('item-map')).getOption().dataZoom[0];
      return end - start < 100;
    })()`);
    await page.getByRole('button', { name: 'Whole map' }).click();
    expect((await zoomOf(page))[0]).toEqual([0, 100]);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await zoomOf(page)).toEqual([
      [37.5, 62.5],
      [37.5, 62.5],
    ]);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    expect((await zoomOf(page))[0]).toEqual([25, 75]);
  });

  it('finds a movie by title and shows the hostile one as text', async () => {
    const page = await open(fullReport());
    await page.getByRole('combobox', { name: 'Find a movie' }).fill('SONS');
    await page.keyboard.press('Enter');
    expect(await page.locator('#map-answer').textContent()).toBe(`${HOSTILE_TITLE}: Drama · 200 ratings`);
    const [[start, end] = [0, 100]] = await zoomOf(page);
    expect(end - start).toBeCloseTo(12.5, 6);
    await page.getByRole('combobox', { name: 'Find a movie' }).fill('no such film');
    await page.keyboard.press('Enter');
    expect(await page.locator('#map-answer').textContent()).toContain('No movie on the map');
    expect(await page.locator('img').count()).toBe(0);
  });

  it('hides and shows a genre', async () => {
    const page = await open(fullReport());
    const all = await coloursIn(page, 'item-map');
    for (const genre of ['Drama', 'Comedy']) await page.getByLabel(`${genre} (100)`).uncheck();
    expect(await coloursIn(page, 'item-map')).toBeLessThan(all);
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)('is accessible and fits in %s at %i pixels', async (colorScheme, width) => {
    const page = await open(fullReport(), { colorScheme, viewport: { width, height: 800 } });
    const excess = await page.evaluate(`document.documentElement.scrollWidth - window.innerWidth`);
    expect(excess).toBeLessThanOrEqual(0);
    // The page's own policy would refuse a script element; a debugger's evaluation it does not concern.
    await page.evaluate(await readFile(AXE_PATH, 'utf8'));
    const violations = await page.evaluate(
      `axe.run(document, { runOnly: ${JSON.stringify(AXE_TAGS)} }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`,
    );
    expect(violations).toEqual([]);
  });

  it('follows the system from light to dark', async () => {
    const page = await open(fullReport(), { colorScheme: 'light' });
    const before = await page.locator('#weights canvas').screenshot();
    await page.emulateMedia({ colorScheme: 'dark' });
    // It is drawn anew with a frame that comes.
    await until(
      'it is drawn otherwise',
      async () => !(await page.locator('#weights canvas').screenshot()).equals(before),
    );
  });

  it('stays whole where there is nothing to show', async () => {
    const page = await open(emptyReport());
    expect(await page.locator('[data-chart]').count()).toBe(0);
    expect(await page.locator('.empty:visible').count()).toBeGreaterThanOrEqual(8);
  });
});
