import { randomUUID } from 'node:crypto';
import { createAccount, fillSignUp, layoutShift } from '@pocketrocket/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { counterOf, goTo, onSlowPhone, opened, type Opened } from './browser.ts';

/** Milliseconds until the largest text or picture shows, on a slow phone. */
export const largestPaint = (browser: Browser, address: string): Promise<number> =>
  onSlowPhone(browser, async ({ page }) => {
    await goTo(page, address);
    return page.evaluate<number>(LARGEST_PAINT);
  });

/** In the page: the time of the last candidate for the largest paint. */
const LARGEST_PAINT = `new Promise((resolve) =>
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true }))`;

/** Milliseconds of CPU that the tab's main thread takes until the page is at rest, not slowed. */
export const mainThread = (browser: Browser, address: string): Promise<number> =>
  opened(browser, {}, async ({ page, devTools }) => {
    await goTo(page, address);
    return 1_000 * (await counterOf(devTools, 'ThreadTime'));
  });

/** Cumulative layout shift until the page is at rest, in a window of `width` pixels. */
export const shiftAtWidth = (browser: Browser, address: string, width: number): Promise<number> =>
  opened(browser, { viewport: { width, height: width < 700 ? 740 : 900 } }, async ({ page }) => {
    await goTo(page, address);
    return layoutShift(page);
  });

/**
 * Milliseconds from an input to the next picture on a slow phone, of the slowest input: with so few of them that is the interaction to
 * next paint (INP). Inputs under 16 ms are not reported by browsers and count as that.
 */
const slowestInput = (browser: Browser, address: string, act: (opened: Opened) => Promise<void>) =>
  onSlowPhone(browser, async (tab) => {
    await tab.page.addInitScript(KEEP_INPUTS);
    await goTo(tab.page, address);
    await act(tab);
    await tab.page.waitForLoadState('networkidle');
    return tab.page.evaluate<number>('window.slowestInput');
  });

const KEEP_INPUTS = `window.slowestInput = 16;
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) window.slowestInput = Math.max(window.slowestInput, duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });`;

/** Inputs by name: what people do most. */
export const INPUTS: Readonly<Record<string, (browser: Browser, origin: string) => Promise<number>>> = {
  pick: (browser, origin) => slowestInput(browser, origin, ({ page }) => pickThree(page)),
  filter: (browser, origin) => slowestInput(browser, `${origin}/films`, ({ page }) => filterByGenre(page)),
  rate: (browser, origin) =>
    slowestInput(browser, `${origin}/sign-in?to=/collection/Drama`, async ({ page }) => {
      await signUp(page);
      // What signing up took is not what is measured.
      await page.evaluate('window.slowestInput = 16');
      await rateFirst(page);
    }),
};

async function pickThree(page: Page): Promise<void> {
  const films = page.getByRole('list', { name: 'Films to pick from' }).getByRole('checkbox');
  for (let picked = 0; picked < 3; picked++) {
    await films.first().tap({ force: true });
    await page.waitForLoadState('networkidle');
  }
}

async function filterByGenre(page: Page): Promise<void> {
  const filters = page.getByRole('button', { name: /^Filters/ });
  if (await filters.isVisible()) await filters.tap();
  await page.getByRole('checkbox', { name: 'Comedy' }).tap({ force: true });
  await page.waitForURL(/Comedy/);
}

async function signUp(page: Page): Promise<void> {
  const email = `bench-${randomUUID()}@example.org`;
  await fillSignUp(page, { name: 'Bench', email, password: randomUUID() });
  await createAccount(page);
  await page.waitForURL('**/collection/Drama');
  await page.waitForLoadState('networkidle');
}

async function rateFirst(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Rate, save or hide/ })
    .first()
    .tap();
  const stars = page.getByRole('dialog').getByRole('radio', { name: '4 stars', exact: true });
  await stars.waitFor({ state: 'attached' });
  await stars.tap({ force: true });
}

/** Megabytes of heap, garbage collected, after 20 and after 100 pages opened one after the other by links and Back. */
export const heapOverPages = (browser: Browser, origin: string): Promise<{ early: number; late: number }> =>
  opened(browser, { viewport: { width: 1280, height: 800 } }, async ({ page, devTools }) => {
    const heap = async () => {
      await devTools.send('HeapProfiler.collectGarbage');
      return (await counterOf(devTools, 'JSHeapUsedSize')) / 2 ** 20;
    };
    await goTo(page, `${origin}/collection/Drama`);
    let early = NaN;
    for (let times = 0; times < 50; times++) {
      if (times === 10) early = await heap();
      await page
        .locator('main [data-card-link]')
        .nth(times % 6)
        .click();
      await page.waitForURL('**/movie/*');
      await page.goBack();
      await page.waitForURL('**/collection/Drama');
    }
    await page.waitForLoadState('networkidle');
    return { early, late: await heap() };
  });

export interface LongList {
  numElements: number;
  /** Milliseconds between frames while it is scrolled, of which 5 in 100 are longer. */
  p95FrameMs: number;
}

/** Scrolls the list of all films by screens. */
export const longList = (browser: Browser, origin: string): Promise<LongList> =>
  opened(browser, { viewport: { width: 1280, height: 800 } }, async ({ page }) => {
    await goTo(page, `${origin}/films`);
    const p95FrameMs = await page.evaluate<number>(SCROLL);
    await page.waitForLoadState('networkidle');
    return { numElements: await page.locator('*').count(), p95FrameMs };
  });

const SCROLL = `new Promise((resolve) => {
  const frames = [];
  let before = performance.now();
  const step = () => {
    const now = performance.now();
    frames.push(now - before);
    before = now;
    window.scrollBy(0, 120);
    if (frames.length < 300) requestAnimationFrame(step);
    else resolve(frames.sort((one, other) => one - other)[Math.floor(frames.length * 0.95)]);
  };
  requestAnimationFrame(step);
})`;
