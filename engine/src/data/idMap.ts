const MAX_ID = 2 ** 31 - 1;

/** The one place where external ids become dense rows: rows 0 … size − 1 in ascending order of external id, appended ones last. */
export class IdMap {
  /** Distinct external ids, ascending up to those appended; the position is the dense row. */
  readonly ids: Int32Array;

  private readonly rows: ReadonlyMap<number, number>;

  private constructor(ids: Int32Array) {
    this.ids = ids;
    const rows = new Map<number, number>();
    ids.forEach((id, row) => rows.set(id, row));
    this.rows = rows;
  }

  /**
   * Maps the distinct ids among those given; their order does not matter.
   * @throws RangeError for an id that is no integer in 0 … 2^31 − 1.
   */
  static from(ids: Iterable<number>): IdMap {
    const distinct = new Set(ids);
    for (const id of distinct) {
      if (!Number.isInteger(id) || id < 0 || id > MAX_ID) {
        throw new RangeError(`external id ${id}: not an integer from 0 to ${MAX_ID}`);
      }
    }
    return new IdMap(Int32Array.from(distinct).sort());
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
    return new IdMap(all);
  }

  /** The dense row of an external id, −1 when it is absent. */
  indexOf(externalId: number): number {
    return this.rows.get(externalId) ?? -1;
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
