/** Work whose code is loaded when it is first asked for; loaded anew where that failed. */
export function lazily(load: () => Promise<() => Promise<void>>): () => Promise<void> {
  let loaded: Promise<() => Promise<void>> | undefined;
  return async () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    await (
      await loaded
    )();
  };
}
