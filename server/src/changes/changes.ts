/** A committed change of what a user's lists are made of: ratings, dismissals, whether they are shared, sessions. */
export interface UserChange {
  userId: number;
}

export type ChangeListener = (userIds: readonly number[]) => void;

/** The changes that this thread hears of: its own, those of other threads, and those of other servers. */
export class Changes {
  readonly #listeners = new Set<ChangeListener>();
  readonly #tellers = new Set<ChangeListener>();
  #announced = new Set<number>();

  /** Tells everybody, after the change was committed. Several in one turn of the event loop are told together. */
  announce({ userId }: UserChange): void {
    if (this.#announced.size === 0) setImmediate(() => this.#flush());
    this.#announced.add(userId);
  }

  /** Takes over what another thread or server told. */
  hear(userIds: readonly number[]): void {
    for (const listener of this.#listeners) listener(userIds);
  }

  /** Calls back with the users of every change, wherever it was made. @returns ends that */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls back with the users of the changes made here, for others to be told. */
  onAnnounced(teller: ChangeListener): void {
    this.#tellers.add(teller);
  }

  #flush(): void {
    const userIds = [...this.#announced];
    this.#announced = new Set();
    this.hear(userIds);
    for (const teller of this.#tellers) teller(userIds);
  }
}
