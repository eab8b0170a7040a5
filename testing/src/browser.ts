/** For browser tests and benches of the portal: what both do with a page. */
import type { Page } from 'playwright-core';

/** The cumulative layout shift of a page since it was opened. */
export const layoutShift = (page: Page): Promise<number> => page.evaluate<number>(SHIFTS);

/** In the page: shifts that followed an input do not count. Those so far are told within the pause. */
const SHIFTS = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 200);
})`;

export interface NewAccount {
  name: string;
  email: string;
  password: string;
}

/** Opens the form for a new account on the sign-in page that is shown, and fills it in: one click. `createAccount` sends it. */
export async function fillSignUp(page: Page, { name, email, password }: NewAccount): Promise<void> {
  await page.getByRole('button', { name: 'I have no account yet' }).click();
  await page.getByLabel('Display name').fill(name);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel(/^Password/).fill(password);
}

/** Sends the form that `fillSignUp` filled in: one click. */
export const createAccount = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Create an account' }).click();
