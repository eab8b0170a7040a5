/** Mean and standard deviation (population) of the values; deviation 0 where all are alike or there are none. */
export function momentsOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  const n = Math.max(1, values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i] - mean;
    squares += distance * distance;
  }
  return { mean, deviation: Math.sqrt(squares / n) };
}

/** (value − mean) / deviation of each value, [n]; all 0 where the deviation is 0: they say nothing about the order. */
export function standardise(values: Float32Array): Float64Array {
  const { mean, deviation } = momentsOf(values);
  return Float64Array.from(values, (value) => (deviation > 0 ? (value - mean) / deviation : 0));
}
