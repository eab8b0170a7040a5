/** Values in a server's metrics. @param pattern of a line, global, whose first group is the value */
export async function metricValues(port: number | string | undefined, pattern: RegExp): Promise<number[]> {
  const told = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Array.from(told.matchAll(pattern), ([, value]) => Number(value));
}
