import { Tally } from '../../counters/tally.ts';
import { MESSAGES_PER_CONNECTION, type LiveLimits } from './liveLimits.ts';
import { MessageRate } from './messageRate.ts';

/** Why a connection was cut, for metrics. */
export type DropReason = 'slow' | 'silent' | 'flood';

/** The live connections at hand, for metrics. */
export interface LiveConnectionCounts {
  websocket: number;
  events: number;
  dropped: Readonly<Record<DropReason, number>>;
}

/** Counts live connections by address and in all, and the messages that come on them. */
export class LiveRoom {
  readonly #limits: LiveLimits;
  readonly #byAddress = new Tally();
  readonly #rates = new Map<string, MessageRate>();
  readonly #open = { websocket: 0, events: 0 };
  readonly #dropped: Record<DropReason, number> = { slow: 0, silent: 0, flood: 0 };

  constructor(limits: LiveLimits) {
    this.#limits = limits;
  }

  /** @returns null where there is room, else the status of the refusal */
  refusal(address: string): 429 | 503 | null {
    const { connections, connectionsByAddress } = this.#limits;
    if (this.#open.websocket + this.#open.events >= connections) return 503;
    return this.#byAddress.of(address) >= connectionsByAddress ? 429 : null;
  }

  /** @returns gives the room back; once */
  enter(transport: 'websocket' | 'events', address: string): () => void {
    this.#open[transport]++;
    this.#byAddress.add(address);
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      this.#open[transport]--;
      this.#byAddress.remove(address);
      if (this.#byAddress.of(address) === 0) this.#rates.delete(address);
    };
  }

  /** Counts a message of an address that is inside; false where there were too many. */
  takesMessage(address: string): boolean {
    const known = this.#rates.get(address);
    if (known) return known.take();
    const { burst, perSecond } = MESSAGES_PER_CONNECTION;
    const connections = this.#limits.connectionsByAddress;
    const rate = new MessageRate({
      burst: Math.max(100, burst * connections),
      perSecond: Math.max(10, perSecond * connections),
    });
    this.#rates.set(address, rate);
    return rate.take();
  }

  countDropped(reason: DropReason): void {
    this.#dropped[reason]++;
  }

  counts(): LiveConnectionCounts {
    return { ...this.#open, dropped: { ...this.#dropped } };
  }
}
