/** A request that runs beside so many others may be long work; until the loop comes round quickly, no further one joins them. */
const MANY = 4;
/** A loop that takes longer to come round is busy. */
const BUSY_MS = 20;
const PAUSE_MS = 5;

/**
 * Decides when a request that is under way leaves room for another: at once while it only waits for something, and not before it has ended
 * where this thread is busy with several. A request that ends within one turn of the loop needs no decision.
 */
export class RoomKeeper {
  readonly #leavesRoom: (id: number) => void;
  readonly #running = new Set<number>();

  /** @param leavesRoom called once for a request that leaves room before it has ended */
  constructor(leavesRoom: (id: number) => void) {
    this.#leavesRoom = leavesRoom;
  }

  begin(id: number): void {
    this.#running.add(id);
    const begunAt = performance.now();
    setImmediate(() => this.#decide(id, performance.now() - begunAt));
  }

  end(id: number): void {
    this.#running.delete(id);
  }

  #decide(id: number, turnMs: number): void {
    if (!this.#running.has(id)) return;
    if (this.#running.size < MANY || turnMs < BUSY_MS) return this.#leavesRoom(id);
    const begunAt = performance.now();
    setTimeout(() => this.#decide(id, performance.now() - begunAt - PAUSE_MS), PAUSE_MS).unref();
  }
}
