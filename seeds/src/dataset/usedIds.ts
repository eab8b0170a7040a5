import { FIRST_MAPPED_ID, type IdColumn, type SourceBlock } from '@pocketrocket/formats';

/** Remembers which of the mapped users have ratings that can be used, while the ratings are read. */
export class UsedIds {
  #isUsed = new Uint8Array(1 << 10);
  readonly #users: IdColumn;

  constructor(users: IdColumn) {
    this.#users = users;
  }

  mark({ length, userIds }: Pick<SourceBlock, 'length' | 'userIds'>): void {
    const numMapped = this.#users.mapped.size;
    if (numMapped === 0) return;
    if (numMapped > this.#isUsed.length) {
      const larger = new Uint8Array(2 * numMapped);
      larger.set(this.#isUsed);
      this.#isUsed = larger;
    }
    for (let index = 0; index < length; index++) {
      const place = (userIds[index] ?? 0) - FIRST_MAPPED_ID;
      if (place >= 0) this.#isUsed[place] = 1;
    }
  }

  /** @param place of an id in the column's `mapped` */
  has(place: number): boolean {
    return this.#isUsed[place] === 1;
  }
}

/** Puts users' final numbers in the place of those that the ratings were read with; true where there are any to put. */
export function renumberUsers({ length, userIds }: SourceBlock, users: IdColumn): boolean {
  if (users.mapped.size === 0) return false;
  for (let index = 0; index < length; index++) {
    const place = (userIds[index] ?? 0) - FIRST_MAPPED_ID;
    if (place >= 0) userIds[index] = users.numberAt(place);
  }
  return true;
}
