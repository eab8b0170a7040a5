import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@pocketrocket/runtime';
import { chromium, type Browser, type Page } from 'playwright-core';
import { median } from '../median.ts';

export interface PortalBenchOptions {
  /** The server that is measured. */
  url: string;
  rounds: number;
  chromium: string;
}

/** Addresses of pages as a visitor of whom nothing is known opens them. */
const PAGES = { home: '/', movie: '/movie/1', collection: '/collection/Drama', user: '/user/1' };

const MAX_LCP_MS = 1_000;
const PHONE = { width: 412, height: 823 };
/** A slow phone: a quarter of this machine's speed, and a 3G network. */
const CPU_RATE = 4;
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1e6) / 8,
  uploadThroughput: (0.75 * 1e6) / 8,
};
/** Nothing but words: what machine and network take by themselves in the same run. */
const CALIBRATION = '<!doctype html><title>calibration</title><h1>The largest text of this page</h1>';

/**
 * Measures, on a slow phone by throttling through the DevTools protocol, when the largest text or picture of each page shows, cold.
 * @throws AppError INTERNAL_SERVER_ERROR where it is later than it may be
 */
export async function benchPortal({
  url,
  rounds,
  chromium: executablePath,
}: PortalBenchOptions): Promise<void> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  const calibration = await serve(CALIBRATION);
  const late: string[] = [];
  try {
    const addresses = { calibration: calibration.url, ...mapped(PAGES, (path) => url + path) };
    const measured = mapped(addresses, () => [] as number[]);
    for (let round = 0; round < rounds; round++)
      for (const [name, address] of Object.entries(addresses))
        measured[name]?.push(await onPhone(browser, (page) => largestPaint(page, address)));
    for (const [name, times] of Object.entries(measured)) {
      report(`LCP ${name}`, times);
      if (name !== 'calibration' && median(times) > MAX_LCP_MS) late.push(`LCP ${name}`);
    }
  } finally {
    await browser.close();
    calibration.server.close();
  }
  if (late.length > 0)
    throw new AppError('INTERNAL_SERVER_ERROR', `later than they may be: ${late.join(', ')}`);
}

/** Opens a page with nothing cached on a slow phone. */
async function onPhone<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({
    viewport: PHONE,
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', NETWORK);
    await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
    return await work(page);
  } finally {
    await context.close();
  }
}

async function largestPaint(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  return page.evaluate<number>(LARGEST_PAINT);
}

/** In the page: the time of the last candidate for the largest paint. */
const LARGEST_PAINT = `new Promise((resolve) =>
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true }))`;

function report(name: string, times: readonly number[]): void {
  const all = times.map((time) => Math.round(time)).join(' ');
  process.stdout.write(`${name.padEnd(16)} ${String(Math.round(median(times))).padStart(6)} ms  (${all})\n`);
}

const mapped = <Value, Result>(values: Readonly<Record<string, Value>>, map: (value: Value) => Result) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));

async function serve(html: string): Promise<{ server: Server; url: string }> {
  const server = createServer((_req, res) => {
    res.setHeader('content-type', 'text/html; charset=utf-8');
    res.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
