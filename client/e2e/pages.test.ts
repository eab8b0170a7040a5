import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { routes } from '../src/app/routes.ts';
import { adminPath, PATHS } from '../src/routing/paths.ts';
import { SECTIONS } from '../src/pages/admin/sections.ts';
import {
  DESKTOP,
  excessWidthOf,
  isTelling,
  nextFrames,
  PHONE,
  SCHEMES,
  screenshot,
  settled,
  violationsOf,
  visit,
  type Visit,
} from './browser.ts';
import { ask, describePortal, emailOf, PASSWORD, signIn } from './portal.ts';

const SIZES = [DESKTOP, { width: 768, height: 1024 }, PHONE];
/** Pixels of each side of what is touched. */
const TARGET = 44;

interface Shown {
  /** The name of its pictures. */
  name: string;
  at: string;
  /** Answered with 404. */
  isMissing?: boolean;
}

/** Every page of the router, by who is to see it; a page that is added there has to be added here. */
const PAGES: Record<string, Record<string, readonly Shown[]>> = {
  stranger: {
    [PATHS.home]: [{ name: 'home', at: '/' }],
    [PATHS.films]: [{ name: 'films', at: '/films?genre=Drama,Crime&from=1990&to=1999' }],
    [PATHS.explore]: [{ name: 'explore', at: '/explore' }],
    [PATHS.genre]: [{ name: 'collection', at: '/collection/Comedy' }],
    [PATHS.movie]: [{ name: 'movie', at: '/movie/1' }],
    [PATHS.person]: [{ name: 'person', at: '/person/1', isMissing: true }],
    [PATHS.tag]: [{ name: 'tag', at: '/tag/noir', isMissing: true }],
    [PATHS.users]: [{ name: 'users', at: '/users' }],
    [PATHS.user]: [{ name: 'user', at: '/user/1' }],
    [PATHS.search]: [{ name: 'search', at: '/search?q=star' }],
    [PATHS.signIn]: [{ name: 'sign-in', at: '/sign-in' }],
    [PATHS.forgotPassword]: [{ name: 'forgot-password', at: '/forgot-password' }],
    [PATHS.resetPassword]: [
      { name: 'reset-password', at: '/reset-password#none' },
      { name: 'reset-password-cut', at: '/reset-password' },
    ],
    [PATHS.confirmEmail]: [
      { name: 'confirm-email', at: '/confirm-email#none' },
      { name: 'confirm-email-cut', at: '/confirm-email' },
    ],
    [PATHS.compare]: [{ name: 'compare', at: '/compare?one=1&other=2' }],
    [PATHS.group]: [{ name: 'group', at: '/group?with=1.2' }],
    [PATHS.about]: [{ name: 'about', at: '/about' }],
    '*': [{ name: 'not-found', at: '/nowhere', isMissing: true }],
  },
  Ada: {
    [PATHS.me]: [{ name: 'me', at: '/me' }],
    [PATHS.myRatings]: [{ name: 'my-ratings', at: '/me/ratings' }],
    [PATHS.watchlist]: [{ name: 'watchlist', at: '/watchlist' }],
    [PATHS.account]: [{ name: 'account', at: '/account' }],
    [PATHS.ownRatings]: [{ name: 'own-ratings', at: '/own-ratings' }],
  },
  Boss: {
    [PATHS.admin]: SECTIONS.map(({ path }) => ({ name: `admin-${path || 'overview'}`, at: adminPath(path) })),
  },
};

/** Genres of MovieLens that have another name in German, and are seldom a word of a film's title. */
const ENGLISH_GENRES = [
  'Adventure',
  'Comedy',
  'Crime',
  'Documentary',
  'Film-Noir',
  'Romance',
  'Sci-Fi',
  'War',
];

const hasWord = (text: string, word: string) => new RegExp(`(?<!\\w)${word}(?!\\w)`).test(text);

/** Every text of a page, with those of its head and for screen readers; a poster's lines of a title are left out. */
const wordsOf = (page: Page) =>
  page.evaluate(() => {
    const found = [document.title, document.querySelector('meta[name=description]')?.getAttribute('content')];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      if (!walker.currentNode.parentElement?.closest('script, style, [data-voice]'))
        found.push(walker.currentNode.textContent);
    for (const named of document.querySelectorAll('[aria-label]'))
      found.push(named.getAttribute('aria-label'));
    return found.map((text) => text?.trim() ?? '').filter(Boolean);
  });

it('is shown every page of the router', () => {
  const shown = Object.values(PAGES).flatMap((pages) => Object.keys(pages));
  expect(shown.sort()).toEqual(routes.map(({ path }) => path).sort());
});

describePortal('every page, once', { trained: true }, (portal) => {
  beforeAll(async () => {
    const { movies } = await ask<{ movies: { nodes: { movieId: number }[] } }>(
      portal.origin,
      '{ movies(first: 8) { nodes { movieId } } }',
    );
    for (const name of Object.keys(PAGES).filter((who) => who !== 'stranger')) {
      const { signUp } = await ask<{ signUp: { token: string } }>(
        portal.origin,
        'mutation ($input: SignUpInput!) { signUp(input: $input) { token } }',
        { variables: { input: { name, email: emailOf(name), password: PASSWORD } } },
      );
      const films = movies.nodes.map(({ movieId }) => movieId);
      const ratings = films.slice(0, 6).map((movieId, place) => ({ movieId, rating: 5 - place / 2 }));
      await ask(
        portal.origin,
        'mutation ($ratings: [RatingInput!]!) { rateMovies(ratings: $ratings) { user { userId } } }',
        { variables: { ratings }, token: signUp.token },
      );
      await ask(
        portal.origin,
        'mutation ($movieId: Int!) { addToWatchlist(movieId: $movieId) { movie { movieId } } }',
        { variables: { movieId: films.at(-1) }, token: signUp.token },
      );
    }
    await portal.stack.grant(emailOf('Boss'));
  }, 600_000);

  it('names genres as the language of the page does', async () => {
    const { genres, movies } = await ask<{
      genres: { name: string }[];
      movies: { nodes: { title: string }[] };
    }>(portal.origin, '{ genres { name } movies(first: 100) { nodes { title } } }');
    const english = genres.map(({ name }) => name).filter((name) => ENGLISH_GENRES.includes(name));
    expect(english.length).toBeGreaterThan(4);
    const titles = movies.nodes.map(({ title }) => title);
    const faults: string[] = [];
    for (const [who, pages] of Object.entries(PAGES)) {
      const { page, context } = await visit(portal.browser);
      await page.goto(`${portal.origin}/sign-in`);
      if (who !== 'stranger') await signIn(page, emailOf(who));
      await page.evaluate(() => {
        localStorage.setItem('pocketrocket.language', 'de');
        document.cookie = 'language=de; path=/';
      });
      for (const { name, at } of Object.values(pages).flat()) {
        await page.goto(portal.origin + at);
        await settled(page);
        expect(await page.locator('html').getAttribute('lang')).toBe('de');
        const filters = page.getByRole('button', { name: 'Filter', exact: true });
        if (await filters.isVisible()) await filters.click();
        for (const text of await wordsOf(page))
          if (!titles.some((title) => text.includes(title)) && english.some((genre) => hasWord(text, genre)))
            faults.push(`${name}: ${text}`);
      }
      await context.close();
    }
    expect(faults).toEqual([]);
  }, 240_000);

  for (const [who, pages] of Object.entries(PAGES)) {
    it(`is for everybody: the pages of ${who}`, async () => {
      const visitor = await visit(portal.browser);
      if (who !== 'stranger') {
        await visitor.page.goto(`${portal.origin}/sign-in`);
        await signIn(visitor.page, emailOf(who));
      }
      const touch = await touching(visitor);
      const faults: string[] = [];
      for (const shown of Object.values(pages).flat())
        for (const fault of await faultsOf(visitor, touch, portal.origin, shown))
          faults.push(`${shown.name}: ${fault}`);
      await visitor.context.close();
      expect(faults).toEqual([]);
    }, 480_000);
  }
});

/** Looks at a page in both schemes, at three widths and in forced colours, keeps pictures, and names what is wrong. */
async function faultsOf(
  { page, complaints }: Visit,
  touch: (isTouched: boolean) => Promise<void>,
  origin: string,
  { name, at, isMissing = false }: Shown,
): Promise<string[]> {
  complaints.length = 0;
  const faults: string[] = [];
  const found = (where: string, those: readonly string[]) =>
    faults.push(...those.map((fault) => `${where}: ${fault}`));
  await page.goto(origin + at);
  await settled(page);
  for (const viewport of SIZES) {
    await page.setViewportSize(viewport);
    await touch(viewport === PHONE);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await nextFrames(page);
      if (isTelling(SIZES, viewport, colorScheme))
        found(`${viewport.width} ${colorScheme}`, await violationsOf(page));
      await screenshot(page, `${name}-${viewport.width}-${colorScheme}`);
    }
    const excess = await excessWidthOf(page);
    if (excess > 0) found(`${viewport.width}`, [`${excess} px too wide`]);
    if (viewport === PHONE) found('touch', await smallTargetsOf(page));
  }
  await touch(false);
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ forcedColors: 'active', colorScheme: null });
  found('forced colours', await violationsOf(page, 'color-contrast'));
  await screenshot(page, `${name}-forced-colours`);
  await page.emulateMedia({ forcedColors: null });
  // The browser tells of an address with nothing at it.
  found(
    'console',
    complaints.filter((complaint) => !(isMissing && complaint.includes('status of 404'))),
  );
  return faults;
}

/** Lets a page be touched, or pointed at again. */
async function touching({ page, context }: Visit): Promise<(isTouched: boolean) => Promise<void>> {
  const session = await context.newCDPSession(page);
  return async (enabled) => {
    await session.send('Emulation.setTouchEmulationEnabled', { enabled });
  };
}

/**
 * Names what can be touched and is smaller than it should be, with what reaches beyond its box. Links within a sentence may
 * be as high as its lines (WCAG 2.5.8).
 */
const smallTargetsOf = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const KINDS =
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option]';
    const isInSentence = (element: Element) => {
      if (!/^inline/.test(getComputedStyle(element).display) || element.matches('button, input, select'))
        return false;
      const around = element.closest('p, dd, dt, li, td, th, span');
      return (around?.textContent ?? '').trim().length > (element.textContent ?? '').trim().length;
    };
    const small: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(KINDS)) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (element.closest('[inert]') || element.matches(':disabled') || isInSentence(element)) continue;
      // What is drawn for a field is touched in its place.
      const drawn = element.matches('input') ? (element.closest('label') ?? element) : element;
      drawn.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = drawn.getBoundingClientRect();
      // For screen readers alone, or not on the page yet.
      if (width <= 1 || height <= 1) continue;
      const [x, y] = [left + width / 2, top + height / 2];
      const isHit = (dx: number, dy: number) => {
        const hit = document.elementFromPoint(x + dx, y + dy);
        return hit !== null && (drawn.contains(hit) || hit.closest('label')?.control === element);
      };
      /** Pixels from its middle to both sides that belong to it. */
      const reach = (dx: number, dy: number) => {
        let sum = 0;
        for (const side of [-1, 1])
          for (let far = 1; far <= least && isHit(side * far * dx, side * far * dy); far++) sum++;
        return sum + 1;
      };
      const isWide = width >= least - 0.5 || reach(1, 0) >= least - 1;
      const isHigh = height >= least - 0.5 || reach(0, 1) >= least - 1;
      if (isWide && isHigh) continue;
      const named = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30);
      small.push(
        `${element.tagName} "${named}" ${element.className.slice(0, 30)} ${Math.round(width)} × ${Math.round(height)}`,
      );
    }
    window.scrollTo(0, 0);
    return [...new Set(small)];
  }, TARGET);
