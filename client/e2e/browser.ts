import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect } from '@jest/globals';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
  type ViewportSize,
} from 'playwright-core';

const CHROMIUM_PATH = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const SCREENSHOTS = fileURLToPath(new URL('./screenshots', import.meta.url));
const AXE_PATH = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** `describe` where there is a Chromium; without one a laptop skips the tests, and CI fails them. */
export const describeInBrowser: (name: string, tests: () => void) => void =
  existsSync(CHROMIUM_PATH) || process.env['CI'] ? describe : describe.skip;

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };
export const SCHEMES = ['light', 'dark'] as const;

/**
 * True for the states of a page that axe must see of those in all sizes and both schemes: a scheme changes nothing but colours, a size nothing
 * of them.
 */
export const isTelling = (
  sizes: readonly ViewportSize[],
  viewport: ViewportSize,
  colorScheme: (typeof SCHEMES)[number],
): boolean => viewport === (colorScheme === 'dark' ? sizes[0] : sizes.at(-1));

/** WebGL, computed where there is no graphics card. */
export const WEBGL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

export const launchBrowser = (flags: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM_PATH, args: [...FLAGS, ...flags] });

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** The errors so far, logged to the console or thrown. */
  complaints: string[];
}

/** Opens a page for a new visitor: nothing stored, nothing cached. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, context, complaints };
}

/** Keeps a picture of the page for people to look at. */
export async function screenshot(page: Page, name: string, fullPage = false): Promise<void> {
  await still(page);
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.jpg`, type: 'jpeg', quality: 80, fullPage });
}

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Names each rule of WCAG 2.2 AA or of the best practices that axe finds broken, with the elements; of one rule where it is given. */
export async function violationsOf(page: Page, rule?: string): Promise<string[]> {
  await still(page);
  // Not as a script element, which the page's policy refuses.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await readFile(AXE_PATH, 'utf8'));
  const runOnly = rule ?? AXE_TAGS;
  return page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`,
  );
}

/** Fails where axe finds the page at odds with WCAG 2.2 AA or its best practices, naming rule and element. */
export async function expectAccessible(page: Page): Promise<void> {
  const violations = await violationsOf(page);
  expect({ page: page.url(), violations }).toEqual({ page: page.url(), violations: [] });
}

/** Pixels by which the page is wider than its window. */
export const excessWidthOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Fails where the page can be scrolled sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await excessWidthOf(page);
  expect({ page: page.url(), excess }).toEqual({ page: page.url(), excess: 0 });
}

/** Waits until a page that was loaded has a heading, acts on what is done to it, and has had no request under way since it was loaded. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('h1') ?? {}).some((key) => key.startsWith('__reactFiber$')),
  );
}

/** Waits until the page has been drawn with all that has happened so far. */
export const nextFrames = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });

/**
 * Waits until nothing moves or changes its colour, but for what never ends. Even the shortest transition begins with what was before:
 * after a change of the scheme, texts have their old colours until frames are drawn, which takes a busy machine a while.
 */
const still = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const moving = () =>
      document
        .getAnimations()
        .filter(
          ({ playState, effect }) =>
            playState === 'running' && isFinite(Number(effect?.getComputedTiming().endTime)),
        );
    for (let now = moving(); now.length > 0; now = moving())
      await Promise.allSettled(now.map(({ finished }) => finished));
  });

/** Asks again until the answer passes; the last failure is the one reported. */
export async function eventually<T>(ask: () => Promise<T>, check: (answer: T) => void): Promise<void> {
  for (const deadline = Date.now() + 15_000; ;) {
    try {
      return check(await ask());
    } catch (failure) {
      if (Date.now() > deadline) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Asks for what has failed again, by the button or as the page does by itself, until it is shown. */
export const triedAgain = (page: Page, shown: Locator): Promise<void> => {
  const again = page.getByRole('button', { name: 'Try again' });
  return eventually(
    async () => {
      if (await again.isVisible()) await again.click({ timeout: 1_000 });
      return shown.count();
    },
    (count) => expect(count).toBe(1),
  );
};

/** Headers by which a page is asked for, not what answers the rest. */
export const asBrowser = { accept: 'text/html' };

const expectRendered = (page: string | undefined): void => expect(page).toContain('id="rendered-data"');

/** Waits until the server has rendered the page in a language, which is kept then. */
export const rendered = (url: string, language = 'en'): Promise<void> =>
  eventually(
    async () => (await fetch(url, { headers: { ...asBrowser, 'accept-language': language } })).text(),
    expectRendered,
  );

/** Opens a page as the server has rendered it, also one that it does not keep: where that took it too long, again. */
export const openRendered = (
  page: Page,
  url: string,
  { waitUntil, onTry = () => {} }: { waitUntil?: 'commit'; onTry?: () => unknown } = {},
): Promise<void> =>
  eventually(async () => {
    await onTry();
    const answer = await page.goto(url, { ...(waitUntil && { waitUntil }) });
    return answer?.text();
  }, expectRendered);

/** Waits for the answer to a question or change of the API, asked from now on. @param name as in the document */
export const answered = (page: Page, name: RegExp): Promise<unknown> =>
  page.waitForResponse((response) => name.test(response.request().postData() ?? ''));

/** Waits until the page is told what it subscribes to by a connection that it opens from now on. */
export const toldOf = (
  page: Page,
  subscription: 'recommendationsChanged' | 'trainingChanged',
): Promise<void> =>
  new Promise((told) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (payload.includes(subscription)) told();
      }),
    );
  });
