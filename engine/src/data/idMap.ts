const MAX_ID = 2 ** 31 - 1;
/** 2³² over the golden ratio: spreads ids that follow one another over the whole table (Knuth, TAOCP 3, section 6.4). */
const SPREAD = 0x9e3779b1;

/** The tables of an {@link IdMap}, which threads share without a copy. */
export interface IdTables {
  /** Distinct external ids, ascending up to those appended; the position is the dense row. */
  readonly ids: Int32Array;
  /** A hash table with linear probing, in shared memory: row + 1, or 0 where nothing is. A power of two, at least twice the ids. */
  readonly slots: Int32Array;
}

/** The one place where external ids become dense rows: rows 0 … size − 1 in ascending order of external id, appended ones last. */
export class IdMap {
  /** Distinct external ids, ascending up to those appended; the position is the dense row. */
  readonly ids: Int32Array;
  readonly tables: IdTables;

  readonly #slots: Int32Array;
  readonly #shift: number;

  private constructor(tables: IdTables) {
    this.tables = tables;
    this.ids = tables.ids;
    this.#slots = tables.slots;
    this.#shift = 1 + Math.clz32(tables.slots.length);
  }

  /**
   * Maps the distinct ids among those given; their order does not matter.
   * @throws RangeError for an id that is no integer in 0 … 2^31 − 1.
   */
  static from(ids: Iterable<number>): IdMap {
    const distinct = new Set(ids);
    for (const id of distinct) checkId(id);
    return new IdMap(tablesOf(Int32Array.from(distinct).sort()));
  }

  /**
   * Maps ids that are distinct and ascending already; the array becomes the map's own.
   * @throws RangeError for an id that is negative or not larger than the one before it.
   */
  static fromAscending(ids: Int32Array): IdMap {
    let before = -1;
    for (const id of ids) {
      if (id <= before) throw new RangeError(`external id ${id} after ${before}: not distinct and ascending`);
      before = id;
    }
    return new IdMap(tablesOf(ids));
  }

  /** Opens the tables of a map, such as one that another thread made. */
  static open(tables: IdTables): IdMap {
    return new IdMap(tables);
  }

  get size(): number {
    return this.ids.length;
  }

  /**
   * The same rows with those of further ids behind them, in the order given.
   * @throws RangeError for an id that is there already.
   */
  withAppended(ids: readonly number[]): IdMap {
    const all = new Int32Array(this.size + ids.length);
    all.set(this.ids);
    all.set(ids, this.size);
    if (new Set(all).size !== all.length) throw new RangeError('ids to append are not new, or not distinct');
    return new IdMap(tablesOf(all));
  }

  /** The dense row of an external id, −1 when it is absent. */
  indexOf(externalId: number): number {
    const slots = this.#slots;
    const last = slots.length - 1;
    let slot = Math.imul(externalId, SPREAD) >>> this.#shift;
    for (;;) {
      const row = slots[slot] - 1;
      if (row < 0 || this.ids[row] === externalId) return row;
      slot = (slot + 1) & last;
    }
  }

  /**
   * The external id of a dense row.
   * @throws RangeError when the row is outside 0 … size − 1.
   */
  externalId(index: number): number {
    const id = this.ids.at(index);
    if (index < 0 || id === undefined) throw new RangeError(`row ${index} outside 0 … ${this.size - 1}`);
    return id;
  }
}

function checkId(id: number): void {
  if (!Number.isInteger(id) || id < 0 || id > MAX_ID) {
    throw new RangeError(`external id ${id}: not an integer from 0 to ${MAX_ID}`);
  }
}

function tablesOf(ids: Int32Array): IdTables {
  const capacity = 2 ** Math.max(1, Math.ceil(Math.log2(2 * ids.length)));
  const slots = new Int32Array(new SharedArrayBuffer(4 * capacity));
  const shift = 1 + Math.clz32(capacity);
  for (let row = 0; row < ids.length; row++) {
    let slot = Math.imul(ids[row], SPREAD) >>> shift;
    while (slots[slot] !== 0) slot = (slot + 1) & (capacity - 1);
    slots[slot] = row + 1;
  }
  return { ids, slots };
}
