import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@pocketrocket/runtime';
import type { Browser } from 'playwright-core';
import { median } from '../median.ts';
import { launch } from './browser.ts';
import { newcomersWalk } from './walk.ts';
import { heapOverPages, INPUTS, largestPaint, longList, mainThread, shiftAtWidth } from './measures.ts';

export interface PortalBenchOptions {
  /** The server that is measured. */
  url: string;
  rounds: number;
  chromium: string;
  /** Names of `MEASURES`; all where there is none. */
  only: readonly string[];
}

/** Addresses of pages as a visitor of whom nothing is known opens them. */
const PAGES = { home: '/', movie: '/movie/1', collection: '/collection/Drama', user: '/user/1' };
const MORE_PAGES = {
  films: '/films',
  search: '/search?q=the',
  signIn: '/sign-in',
  about: '/about',
  explore: '/explore',
};
const WIDTHS = [320, 360, 390, 412, 768, 1024, 1280, 1920];

const MAX_LCP_MS = 1_000;
const MAX_INPUT_MS = 200;
const MAX_SHIFT = 0.02;
/** Home, unthrottled. */
const MAX_MAIN_THREAD_MS = 455;
/** Megabytes after 100 pages by those after 20. */
const MAX_HEAP_GROWTH = 1.1;
const MAX_ELEMENTS = 1_500;
const MAX_FRAME_MS = 20;

/** Nothing but words: what machine and network take by themselves in the same run. */
const CALIBRATION = '<!doctype html><title>calibration</title><h1>The largest text of this page</h1>';

class Report {
  readonly #tooMuch: string[] = [];

  /** Prints the median of what was measured, with each; notes it where it is more than `most`. */
  add(name: string, values: readonly number[], { most = Infinity, digits = 0, unit = 'ms' } = {}): void {
    const value = median(values);
    const all = values.length > 1 ? `  (${values.map((one) => one.toFixed(digits)).join(' ')})` : '';
    const bound = most < Infinity ? `, at most ${most}` : '';
    process.stdout.write(`${name.padEnd(44)} ${value.toFixed(digits).padStart(7)} ${unit}${bound}${all}\n`);
    if (!(value <= most)) this.#tooMuch.push(name);
  }

  /** @throws AppError INTERNAL_SERVER_ERROR where something is more than it may be */
  end(): void {
    if (this.#tooMuch.length > 0)
      throw new AppError('INTERNAL_SERVER_ERROR', `more than it may be: ${this.#tooMuch.join(', ')}`);
  }
}

interface Bench extends Pick<PortalBenchOptions, 'url' | 'rounds'> {
  browser: Browser;
  report: Report;
}

/** Holds what can be measured, by the name that `--only` knows. */
export const MEASURES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  paint: async ({ browser, url, rounds, report }) => {
    const calibration = await serve(CALIBRATION);
    const addresses = { calibration: calibration.url, ...mapped(PAGES, (path) => url + path) };
    const measured = mapped(addresses, () => [] as number[]);
    for (let round = 0; round < rounds; round++)
      for (const [name, address] of Object.entries(addresses))
        measured[name]?.push(await largestPaint(browser, address));
    calibration.close();
    for (const [name, times] of Object.entries(measured))
      report.add(`LCP ${name}`, times, { most: name === 'calibration' ? Infinity : MAX_LCP_MS });
  },
  inputs: async ({ browser, url, rounds, report }) => {
    for (const [name, measure] of Object.entries(INPUTS))
      report.add(`INP ${name}`, await times(rounds, () => measure(browser, url)), { most: MAX_INPUT_MS });
  },
  cpu: async ({ browser, url, rounds, report }) => {
    const most = { home: MAX_MAIN_THREAD_MS, movie: Infinity, collection: Infinity, user: Infinity };
    for (const name of Object.keys(PAGES) as (keyof typeof PAGES)[]) {
      const measured = await times(rounds, () => mainThread(browser, url + PAGES[name]));
      report.add(`main thread ${name}`, measured, { most: most[name] });
    }
  },
  shift: async ({ browser, url, report }) => {
    for (const [name, path] of Object.entries({ ...PAGES, ...MORE_PAGES }))
      for (const width of WIDTHS) {
        const shift = await shiftAtWidth(browser, url + path, width);
        report.add(`CLS ${name} ${width}`, [shift], { most: MAX_SHIFT, digits: 4, unit: '' });
      }
  },
  heap: async ({ browser, url, report }) => {
    const { early, late } = await heapOverPages(browser, url);
    report.add('heap after 20 pages', [early], { digits: 1, unit: 'MB' });
    report.add('heap after 100 pages', [late], { most: early * MAX_HEAP_GROWTH, digits: 1, unit: 'MB' });
  },
  walk: async ({ browser, url, rounds, report }) => {
    const walks = await times(rounds, () => newcomersWalk(browser, url));
    for (const [at, { name, clicks }] of (walks[0] ?? []).entries()) {
      const seconds = walks.map((steps) => steps[at]?.seconds ?? NaN);
      report.add(`${name}, ${clicks} clicks`, seconds, { digits: 1, unit: 's' });
    }
  },
  list: async ({ browser, url, rounds, report }) => {
    const lists = await times(rounds, () => longList(browser, url));
    const [elements, frames] = [lists.map((list) => list.numElements), lists.map((list) => list.p95FrameMs)];
    report.add('elements of all films', elements, { most: MAX_ELEMENTS, unit: '' });
    report.add('p95 frame of all films', frames, { most: MAX_FRAME_MS, digits: 1 });
  },
};

/**
 * Measures the portal in a browser: on a slow phone, by throttling through the DevTools protocol, when the largest text or picture shows
 * and how long inputs take; unthrottled, the main thread, layout shift, heap and frames.
 * @throws AppError UPSTREAM_UNAVAILABLE without a server, INTERNAL_SERVER_ERROR where something is more than it may be
 */
export async function benchPortal({ url, rounds, chromium, only }: PortalBenchOptions): Promise<void> {
  await fetch(url).catch((cause: unknown) => {
    const remedy = 'start the server (npm start), or give the address of another by --url';
    throw new AppError('UPSTREAM_UNAVAILABLE', `no portal answers at ${url}: ${remedy}`, { cause });
  });
  const browser = await launch(chromium);
  const report = new Report();
  try {
    for (const [name, measure] of Object.entries(MEASURES))
      if (only.length === 0 || only.includes(name)) await measure({ browser, url, rounds, report });
  } finally {
    await browser.close();
  }
  report.end();
}

async function times<T>(rounds: number, measure: () => Promise<T>): Promise<T[]> {
  const measured = [];
  for (let round = 0; round < rounds; round++) measured.push(await measure());
  return measured;
}

const mapped = <Value, Result>(values: Readonly<Record<string, Value>>, map: (value: Value) => Result) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));

async function serve(html: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((_req, res) => {
    res.setHeader('content-type', 'text/html; charset=utf-8');
    res.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
