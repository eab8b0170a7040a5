/**
 * Mean and standard deviation (population) of the values; deviation 0 where all are alike or there are none. In four sums, so
 * that an addition need not wait for the one before.
 */
export function momentsOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  const { length } = values;
  const whole = length - (length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (let i = whole; i < length; i++) a += values[i];
  const mean = (a + b + (c + d)) / Math.max(1, length);
  [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += (values[i] - mean) ** 2;
    b += (values[i + 1] - mean) ** 2;
    c += (values[i + 2] - mean) ** 2;
    d += (values[i + 3] - mean) ** 2;
  }
  for (let i = whole; i < length; i++) a += (values[i] - mean) ** 2;
  return { mean, deviation: Math.sqrt((a + b + (c + d)) / Math.max(1, length)) };
}

/** (value − mean) / deviation of each value, [n]; all 0 where the deviation is 0: they say nothing about the order. */
export function standardise(values: Float32Array): Float64Array {
  const { mean, deviation } = momentsOf(values);
  return Float64Array.from(values, (value) => (deviation > 0 ? (value - mean) / deviation : 0));
}
