import { setTimeout as wait } from 'node:timers/promises';
import { msUntil } from '../budgets/bucket.ts';
import type { Standing } from '../budgets/budgetGate.ts';
import { bucketOf, type BudgetOptions, type Payer } from '../graphql/limits/budgetLimit.ts';

/** Whoever shares a budget with requests looks again no sooner. */
const LEAST_WAIT_MS = 50;

/**
 * Charges clients for answers of their subscriptions. An answer for which the budget does not suffice waits until it does: of each client
 * one after the other, in the order in which they came.
 */
export class PushBudget {
  readonly #options: BudgetOptions;
  /** By bucket, those behind the one whose turn it is. */
  readonly #lines = new Map<string, (() => void)[]>();

  constructor(options: BudgetOptions) {
    this.#options = options;
  }

  /** @param isWanted false once nobody waits for the answer: then nothing is charged */
  async pay(payer: Payer, units: number, isWanted: () => boolean): Promise<Standing | null> {
    const { key, rules } = await bucketOf(this.#options, payer);
    const line = this.#lines.get(key);
    if (line) await new Promise<void>((resolve) => line.push(resolve));
    else this.#lines.set(key, []);
    try {
      while (isWanted()) {
        // A charge that is refused would cost something: first it is looked whether it suffices.
        let balance = await this.#options.charge({ key, units: 0, rules, isDone: true });
        if (balance.remaining >= units) {
          balance = await this.#options.charge({ key, units, rules });
          if (balance.isAllowed) return { key, rules, balance };
        }
        await wait(Math.max(LEAST_WAIT_MS, msUntil(units, balance, rules)), undefined, { ref: false });
      }
      return null;
    } finally {
      const next = this.#lines.get(key)?.shift();
      if (next) next();
      else this.#lines.delete(key);
    }
  }
}
