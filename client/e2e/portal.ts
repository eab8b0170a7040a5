import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { createAccount, fillSignUp } from '@pocketrocket/testing/browser';
import type { Browser, Page, ViewportSize } from 'playwright-core';
import {
  describeInBrowser,
  DESKTOP,
  expectAccessible,
  expectNoSidewaysScroll,
  isTelling,
  launchBrowser,
  PHONE,
  SCHEMES,
  screenshot,
  settled,
  visit,
  type Visit,
} from './browser.ts';
import { Stack, type Running, type ServerOptions } from './startStack.ts';

/** Of every account that tests open. */
export const PASSWORD = 'correct horse battery';

/** A browser, and a server with the bundled sample. */
export interface Portal {
  stack: Stack;
  browser: Browser;
  server: Running;
  /** The server's. */
  origin: string;
}

interface PortalOptions extends ServerOptions {
  /** True where a model of the sample answers. */
  trained?: boolean;
  /** More of the browser's. */
  flags?: readonly string[];
}

/** `describeInBrowser` with a portal, which is there from the first `beforeAll` of the tests on. */
export function describePortal(
  name: string,
  { trained = false, flags, ...serverOptions }: PortalOptions,
  tests: (portal: Portal) => void,
): void {
  describeInBrowser(name, () => {
    const portal: Partial<Portal> = {};
    beforeAll(async () => {
      const [stack, browser] = await Promise.all([Stack.prepare({ trained }), launchBrowser(flags)]);
      Object.assign(portal, { stack, browser });
      const server = await stack.serve(serverOptions);
      Object.assign(portal, { server, origin: server.origin });
    }, 600_000);
    afterAll(async () => {
      await portal.browser?.close();
      await portal.stack?.close();
    });
    tests(portal as Portal);
  });
}

/** A new visitor for each test of a block. */
export function visitEach(portal: Portal): Visit {
  const visitor: Partial<Visit> = {};
  beforeEach(async () => {
    Object.assign(visitor, await visit(portal.browser));
  });
  afterEach(() => visitor.context?.close());
  return visitor as Visit;
}

/** The API's answer to one request. */
export async function ask<Data>(
  origin: string,
  query: string,
  { variables, token }: { variables?: object; token?: string } = {},
): Promise<Data> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
  return data;
}

/** The address that `signUp` gives an account unless told. */
export const emailOf = (name: string): string => `${name.toLowerCase()}@example.org`;

/** Opens an account by the form of the sign-in page, which is shown. */
export async function signUp(page: Page, name: string, email = emailOf(name)): Promise<void> {
  await settled(page);
  await fillSignUp(page, { name, email, password: PASSWORD });
  await page.getByText('Your ratings and lists are private until you choose to share them').waitFor();
  await createAccount(page);
  await forYou(page, `For you, ${name}`).waitFor();
}

/** Signs in by the form of the sign-in page, which is shown. */
export async function signIn(page: Page, email: string): Promise<void> {
  await settled(page);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await forYou(page, /^For you/).waitFor();
}

const forYou = (page: Page, name: string | RegExp) => page.getByRole('banner').getByRole('link', { name });

interface Look {
  sizes?: readonly ViewportSize[];
  /** True for pictures that hold what must be scrolled to. */
  fullPage?: boolean;
  /** Waits for what has to be there to be looked at, where that is more than a heading. */
  ready?: () => Promise<unknown>;
}

/** Looks at the page that is shown in both schemes and several sizes, and keeps pictures of it. */
export async function look(
  page: Page,
  name: string,
  { sizes = [DESKTOP, PHONE], fullPage = false, ready }: Look = {},
): Promise<void> {
  const size = page.viewportSize();
  // What is pointed at looks otherwise.
  await page.mouse.move(0, 0);
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    for (const viewport of sizes) {
      await page.setViewportSize(viewport);
      await settled(page);
      await ready?.();
      if (isTelling(sizes, viewport, colorScheme)) await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `${name}-${viewport.width}-${colorScheme}`, fullPage);
    }
  }
  if (size) await page.setViewportSize(size);
}
