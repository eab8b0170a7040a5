import type { Answer } from '../../faults/load.ts';

/** Answers of the minute so far, printed as rows of one table. */
export class MinuteTable {
  #durationsMs: number[] = [];
  #kinds = new Map<string, number>();

  count({ kind, durationMs }: Answer): void {
    this.#durationsMs.push(durationMs);
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
  }

  /** Forgets what was counted so far. */
  clear(): void {
    this.#durationsMs = [];
    this.#kinds = new Map();
  }

  head(): string {
    return 'minute | fault | requests/s | p50 ms | p99 ms | max ms | degraded % | errors | memory MB';
  }

  /** The row of the minute that ends now; the next one begins empty. */
  row(minute: number, fault: string, megabytes: number): string {
    const sorted = Float64Array.from(this.#durationsMs).sort();
    const quantile = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
    const errors = [...this.#kinds].filter(([kind]) => kind !== 'ok' && kind !== 'degraded');
    const degraded = ((this.#kinds.get('degraded') ?? 0) / Math.max(1, sorted.length)) * 100;
    this.clear();
    return [
      minute,
      fault,
      (sorted.length / 60).toFixed(0),
      quantile(0.5),
      quantile(0.99),
      quantile(1),
      degraded.toFixed(1),
      errors.map(([kind, count]) => `${count} ${kind}`).join(', ') || 'none',
      megabytes.toFixed(0),
    ].join(' | ');
  }
}
