import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  type Page,
} from 'playwright-core';

/** A page with nothing cached, and the DevTools protocol of its tab. */
export interface Opened {
  page: Page;
  devTools: CDPSession;
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });

/** Opens a page for a new visitor: nothing stored, nothing cached. */
export async function opened<T>(
  browser: Browser,
  options: BrowserContextOptions,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const devTools = await context.newCDPSession(page);
    await devTools.send('Performance.enable');
    return await work({ page, devTools });
  } finally {
    await context.close();
  }
}

const PHONE: BrowserContextOptions = {
  viewport: { width: 412, height: 823 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
};
/** A slow phone: a quarter of this machine's speed, and a 3G network. */
const CPU_RATE = 4;
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1e6) / 8,
  uploadThroughput: (0.75 * 1e6) / 8,
};

/** Opens a page with nothing cached on a slow phone, by throttling through the DevTools protocol. */
export const onSlowPhone = <T>(browser: Browser, work: (opened: Opened) => Promise<T>): Promise<T> =>
  opened(browser, PHONE, async (tab) => {
    await tab.devTools.send('Network.enable');
    await tab.devTools.send('Network.emulateNetworkConditions', NETWORK);
    await tab.devTools.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
    return work(tab);
  });

/** Waits until nothing has been asked for half a second. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
}

/** Reads one of the browser's own counters of the tab. */
export async function counterOf(devTools: CDPSession, name: string): Promise<number> {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return metrics.find((metric) => metric.name === name)?.value ?? NaN;
}
