/** Things of users, several of one. */
export class ByUser<T> {
  readonly #sets = new Map<number, Set<T>>();

  /** The users of whom there is something. */
  userIds(): Iterable<number> {
    return this.#sets.keys();
  }

  of(userId: number): Iterable<T> {
    return this.#sets.get(userId) ?? [];
  }

  *all(): Iterable<T> {
    for (const ofUser of this.#sets.values()) yield* ofUser;
  }

  add(userId: number, one: T): void {
    const known = this.#sets.get(userId);
    if (known) known.add(one);
    else this.#sets.set(userId, new Set([one]));
  }

  delete(userId: number, one: T): void {
    const known = this.#sets.get(userId);
    known?.delete(one);
    if (known?.size === 0) this.#sets.delete(userId);
  }
}
