import { msUntil, type Balance } from './bucket.ts';
import type { Standing } from './budgetGate.ts';

/** Says that a request was not even read. */
export function overBudgetMessage(seconds: number): string {
  return `The budget is used up: try again in ${inWords(seconds)}.`;
}

/** So many seconds, in words. */
export function inWords(seconds: number): string {
  return seconds === 1 ? 'a second' : `${seconds} seconds`;
}

/** Whole units that a bucket holds. */
export function leftOf({ remaining }: Balance): number {
  return Math.max(0, Math.floor(remaining));
}

/** The headers of draft-ietf-httpapi-ratelimit-headers-06, which clients know best. */
export function budgetHeaders({ balance, rules }: Pick<Standing, 'balance' | 'rules'>): [string, string][] {
  const seconds = (ms: number) => String(Math.ceil(ms / 1000));
  return [
    ['ratelimit-limit', String(rules.burst)],
    ['ratelimit-remaining', String(leftOf(balance))],
    ['ratelimit-reset', seconds(msUntil(rules.burst, balance, rules))],
    ['ratelimit-policy', `${rules.burst};w=${seconds((1000 * rules.burst) / rules.perSecond)}`],
  ];
}

/** The headers that pages of other origins may read. */
export const BUDGET_HEADERS = [
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'ratelimit-policy',
];
