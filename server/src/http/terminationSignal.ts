/** Resolves at the first request to stop; a second one ends the process at once. */
export function terminationSignal(): Promise<NodeJS.Signals> {
  const names = ['SIGTERM', 'SIGINT'] as const;
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const name of names) process.off(name, stop);
      resolve(signal);
    };
    for (const name of names) process.on(name, stop);
  });
}
