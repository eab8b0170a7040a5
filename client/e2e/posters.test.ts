import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { leadGenre } from '../src/posters/genres.ts';
import { posterArt, type PosterFilm } from '../src/posters/poster.ts';
import { csvFilms } from '../src/test/csvFilms.ts';
import { describeInBrowser, launchBrowser, screenshot, settled, visit } from './browser.ts';
import { Stack } from './startStack.ts';

/** The width and height in which posters are compared: as somebody sees a shelf from afar. */
const [COLUMNS, ROWS] = [8, 12];
/** Posters beside each other, and below, on a sheet that is drawn at once. */
const ACROSS = 20;

/** Films of a catalogue that are drawn: so many take some seconds. */
const MOST = 1_000;

/** Mean distance in OKLab of two posters, pixel by pixel: 0 is the same, 1 is black against white; and the share below. */
const ALIKE = 0.06;

describeInBrowser('posters', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  for (const { name, films } of catalogues())
    it(`of neighbours on a shelf look different: ${name}`, async () => {
      const { page } = await visit(browser);
      const colours = await coloursOf(page, films);
      const distances = shelvesOf(films)
        .flatMap((shelf) => shelf.slice(1).map((film, at) => [shelf[at] ?? film, film] as const))
        .map(([one, other]) => distance(colours[one] ?? [], colours[other] ?? []))
        .sort((one, other) => one - other);
      const alike = distances.filter((far) => far < ALIKE).length / distances.length;
      const median = distances[Math.floor(distances.length / 2)] ?? 0;
      expect({ alike: alike < 0.01, median: median > 0.2 }).toEqual({ alike: true, median: true });
      await page.context().close();
    }, 150_000);

  describe('on a page', () => {
    let stack: Stack;
    let origin: string;
    beforeAll(async () => {
      stack = await Stack.prepare({ trained: false });
      ({ origin } = await stack.serve());
    }, 120_000);
    afterAll(() => stack?.close());

    it('never collide with their own text, from 72 to 400 pixels', async () => {
      const { page } = await visit(browser);
      await page.goto(`${origin}/collection/Fantasy?shown=96`);
      await settled(page);
      const posters = page.locator('[data-place]');
      expect(await posters.count()).toBeGreaterThan(15);
      await page.evaluate(async () => {
        await Promise.all([...document.fonts].map((face) => face.load()));
      });
      for (const width of [72, 80, 88, 96, 105, 119, 121, 140, 175, 177, 240, 400]) {
        await page.evaluate(setWidth, width);
        const wrong = await page.evaluate(collisions);
        expect({ width, wrong }).toEqual({ width, wrong: [] });
        if (width === 88) await screenshot(page, 'posters-88');
      }
      await page.context().close();
    }, 150_000);
  });
});

/** Sets every poster of the page to a width, and waits for it to be shown. Runs in the page. */
async function setWidth(width: number): Promise<void> {
  for (const poster of document.querySelectorAll<HTMLElement>('[data-place]'))
    poster.style.inlineSize = `${width}px`;
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Names the posters of the page whose texts overlap or leave them. Runs in the page. */
function collisions(): string[] {
  const wrong: string[] = [];
  const posters = [...document.querySelectorAll<HTMLElement>('[data-place]')];
  for (const poster of posters) {
    const frame = poster.getBoundingClientRect();
    const boxes = [...poster.querySelectorAll<HTMLElement>(':scope > span span')]
      .filter(({ children, textContent }) => children.length === 0 && textContent.trim() !== '')
      .map((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect();
      })
      .filter(({ width: wide }) => wide > 0);
    const name = poster.textContent.trim();
    // Letters' boxes are higher than their lines, and empty there.
    const title = poster.querySelector('[data-voice]')?.getBoundingClientRect();
    const isOut =
      boxes.some(({ left, right }) => left < frame.left - 0.5 || right > frame.right + 0.5) ||
      (title && (title.top < frame.top - 0.5 || title.bottom > frame.bottom + 0.5));
    if (isOut) wrong.push(`${name} leaves its poster`);
    // Lines are set closer than their letters' boxes are high: what counts is words of different parts.
    const foot = boxes.slice(-2).filter(({ height }) => height > 0);
    const isFoot =
      poster.lastElementChild !== null && getComputedStyle(poster.lastElementChild).display !== 'none';
    if (!isFoot) continue;
    const parts = [...(poster.lastElementChild?.children ?? [])]
      .map((part) => part.getBoundingClientRect())
      .filter(({ width: wide }) => wide > 0);
    const [year, genre] = parts;
    if (year && genre && year.right > genre.left - 1) wrong.push(`${name}: year and genre`);
    const line = poster.lastElementChild?.getBoundingClientRect();
    if (title && line && foot.length > 0 && title.top < line.bottom - 0.5 && title.bottom > line.top + 0.5)
      wrong.push(`${name}: title and foot`);
  }
  return wrong;
}

/** Draws posters in the page, and returns each as the OKLab colours of a few pixels. */
async function coloursOf(page: Page, films: readonly PosterFilm[]): Promise<number[][]> {
  const colours: number[][] = [];
  const [width, height] = [ACROSS * COLUMNS, ACROSS * ROWS];
  for (let start = 0; start < films.length; start += ACROSS ** 2) {
    const sheet = films.slice(start, start + ACROSS ** 2).map((film, at) => {
      const place = `x="${(at % ACROSS) * 400}" y="${Math.floor(at / ACROSS) * 600}"`;
      return `<svg ${place} width="400" height="600" viewBox="0 0 400 600">${posterArt(film)}</svg>`;
    });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${400 * ACROSS} ${600 * ACROSS}" width="${width}" height="${height}">${sheet.join('')}</svg>`;
    const pixels = await page.evaluate(draw, { svg, width, height });
    for (const at of sheet.keys()) {
      const [left, top] = [(at % ACROSS) * COLUMNS, Math.floor(at / ACROSS) * ROWS];
      colours.push(
        Array.from({ length: COLUMNS * ROWS }, (_, pixel) => {
          const place = 4 * ((top + Math.floor(pixel / COLUMNS)) * width + left + (pixel % COLUMNS));
          return oklab(pixels.slice(place, place + 3));
        }).flat(),
      );
    }
  }
  return colours;
}

/** The pixels of an SVG, red, green, blue and opacity. Runs in the page. */
async function draw({
  svg,
  width,
  height,
}: {
  svg: string;
  width: number;
  height: number;
}): Promise<number[]> {
  const image = new Image();
  image.src = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
  await image.decode();
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0, width, height);
  return [...context.getImageData(0, 0, width, height).data];
}

/** Ottosson, "A perceptual color space for image processing", 2020. */
function oklab(channels: readonly number[]): number[] {
  const [r = 0, g = 0, b = 0] = channels.map((value) =>
    value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(one: readonly number[], other: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 3)
    sum += Math.hypot(...[0, 1, 2].map((axis) => (one[at + axis] ?? 0) - (other[at + axis] ?? 0)));
  return sum / (one.length / 3);
}

/** Shelves as the portal has them, as places in the list: the films of each genre, and those led by each. */
function shelvesOf(films: readonly PosterFilm[]): number[][] {
  const shelves = new Map<string, number[]>();
  films.forEach(({ genres }, place) => {
    for (const name of [...genres, `led by ${leadGenre(genres)}`])
      shelves.set(name, [...(shelves.get(name) ?? []), place]);
  });
  return [...shelves.values()];
}

function catalogues(): { name: string; films: PosterFilm[] }[] {
  const { MOVIELENS_DIR } = process.env;
  const sample = new URL('../../seeds/src/sample/films.csv', import.meta.url);
  const small = pathToFileURL(`${MOVIELENS_DIR}/ml-latest-small/movies.csv`);
  return [
    { name: 'the bundled sample', films: csvFilms(sample) },
    ...(MOVIELENS_DIR && existsSync(small)
      ? [{ name: 'ml-latest-small, its first films', films: csvFilms(small).slice(0, MOST) }]
      : []),
  ];
}
