import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Closed } from '../budgets/budgetGate.ts';
import { Tally } from '../counters/tally.ts';
import { budgetHeaders, overBudgetMessage } from '../budgets/toldBudget.ts';
import { sendError } from './responses.ts';

const OVER_BUDGET = 429;
/** Milliseconds that a refusal is held: who asks one thing after the other without a pause gets one. */
const HELD_MS = 250;
/** Refusals that are held at once; further ones are sent without a pause, and their connections end. */
const MAX_HELD = 2_000;
const MAX_HELD_BY_ADDRESS = 20;

/** Refusals of requests that the budget does not suffice for: held for a moment, while what the client sends is thrown away. */
export class HeldRefusals {
  readonly #byAddress = new Tally();
  #held = 0;

  async refuse(
    req: IncomingMessage,
    res: ServerResponse,
    { address, closed }: { address: string; closed: Closed },
  ): Promise<void> {
    req.resume();
    const mayBeHeld = this.#held < MAX_HELD && this.#byAddress.of(address) < MAX_HELD_BY_ADDRESS;
    if (mayBeHeld) await this.#hold(address, Math.min(HELD_MS, closed.ms));
    if (res.destroyed) return;
    if (!mayBeHeld || !req.complete) res.setHeader('connection', 'close');
    const seconds = Math.max(1, Math.ceil(closed.ms / 1000));
    res.setHeader('retry-after', String(seconds));
    for (const [name, value] of budgetHeaders(closed.standing)) res.setHeader(name, value);
    sendError(res, OVER_BUDGET, 'RATE_LIMITED', overBudgetMessage(seconds));
  }

  async #hold(address: string, ms: number): Promise<void> {
    this.#held++;
    this.#byAddress.add(address);
    await wait(ms);
    this.#held--;
    this.#byAddress.remove(address);
  }
}
