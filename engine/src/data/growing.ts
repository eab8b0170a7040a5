type Numbers = Int32Array | Float32Array | Float64Array;

/** An array that grows by doubling. */
export class Growing<Values extends Numbers> {
  length = 0;
  #values: Values;
  readonly #type: new (length: number) => Values;

  constructor(type: new (length: number) => Values, capacity: number) {
    this.#type = type;
    this.#values = new type(capacity);
  }

  push(values: Values): void {
    const length = this.length + values.length;
    if (length > this.#values.length) {
      const larger = new this.#type(Math.max(length, 2 * this.#values.length));
      larger.set(this.values());
      this.#values = larger;
    }
    this.#values.set(values, this.length);
    this.length = length;
  }

  /** A view of those there are. */
  values(): Values {
    return this.#values.subarray(0, this.length) as Values;
  }
}
