import type { ChargeBucket } from './bucket.ts';

/** A client's use of its budget. */
export interface ClientUnits {
  /** Names the client, as in its charges. */
  key: string;
  units: number;
  refused: number;
}

/** The use of budgets lately, as one thread or several saw it. */
export interface ClientUseReport {
  /** The use counts from here on, in Unix milliseconds. */
  sinceMs: number;
  /** Those who used most. */
  clients: ClientUnits[];
  /** Refusals since the thread began. */
  refusedCount: number;
}

/** A report is of one to two of these. */
const WINDOW_MS = 600_000;
/** Clients of a window at most: a few hundred kilobytes. */
const MAX_CLIENTS = 4_000;
/** Clients that a report tells. */
export const TOLD_CLIENTS = 50;

type Uses = Map<string, { units: number; refused: number }>;

const noUses = (): Uses => new Map();

/** Counts who uses how much of a budget; bounded, whoever asks. */
export class ClientUse {
  readonly #nowMs: () => number;
  #current = noUses();
  #before = noUses();
  #begunMs: number;
  #sinceMs: number;
  #refusedCount = 0;

  /** @param nowMs Unix milliseconds */
  constructor(nowMs: () => number = Date.now) {
    this.#nowMs = nowMs;
    this.#begunMs = this.#sinceMs = nowMs();
  }

  note(key: string, units: number, isRefused: boolean): void {
    this.#turn();
    if (isRefused) this.#refusedCount++;
    const use = this.#current.get(key);
    if (use) {
      use.units += units;
      use.refused += Number(isRefused);
      return;
    }
    if (this.#current.size >= MAX_CLIENTS) this.#current = smallerHalfGone(this.#current);
    this.#current.set(key, { units, refused: Number(isRefused) });
  }

  report(): ClientUseReport {
    this.#turn();
    const clients = [this.#before, this.#current].flatMap((uses) =>
      Array.from(uses, ([key, use]) => ({ key, ...use })),
    );
    return {
      sinceMs: this.#sinceMs,
      clients: topClients(clients),
      refusedCount: this.#refusedCount,
    };
  }

  #turn(): void {
    const now = this.#nowMs();
    const windows = Math.floor((now - this.#begunMs) / WINDOW_MS);
    if (windows < 1) return;
    this.#before = windows === 1 ? this.#current : noUses();
    this.#sinceMs = windows === 1 ? this.#begunMs : now;
    this.#current = noUses();
    this.#begunMs = now;
  }
}

/** The reports of several threads as one. @param nowMs Unix milliseconds, for none */
export function sumOfClientUse(reports: readonly ClientUseReport[], nowMs: number): ClientUseReport {
  return {
    sinceMs: Math.min(nowMs, ...reports.map(({ sinceMs }) => sinceMs)),
    clients: topClients(reports.flatMap(({ clients }) => clients)),
    refusedCount: reports.reduce((sum, { refusedCount }) => sum + refusedCount, 0),
  };
}

/** The same charges, of which a count is kept. */
export function metered(charge: ChargeBucket, use: ClientUse): ChargeBucket {
  return async (one) => {
    const balance = await charge(one);
    if (one.units > 0) use.note(one.key, balance.isAllowed ? one.units : 0, !balance.isAllowed);
    return balance;
  };
}

/** Those who used most, with what is told twice of one added up. */
function topClients(clients: readonly ClientUnits[]): ClientUnits[] {
  const byKey = new Map<string, ClientUnits>();
  for (const { key, units, refused } of clients) {
    const sum = byKey.get(key) ?? { key, units: 0, refused: 0 };
    byKey.set(key, { key, units: sum.units + units, refused: sum.refused + refused });
  }
  return [...byKey.values()].sort(byUse).slice(0, TOLD_CLIENTS);
}

function byUse(a: ClientUnits, b: ClientUnits): number {
  return b.units - a.units || b.refused - a.refused || (a.key < b.key ? -1 : 1);
}

function smallerHalfGone(uses: Uses): Uses {
  const entries = [...uses].sort(([, a], [, b]) => b.units - a.units || b.refused - a.refused);
  return new Map(entries.slice(0, entries.length / 2));
}
