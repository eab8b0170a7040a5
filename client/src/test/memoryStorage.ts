/** A browser's storage in memory, whose entries a test can look at. */
export function memoryStorage(initial: Record<string, string> = {}) {
  const items = new Map(Object.entries(initial));
  return {
    items,
    length: 0,
    clear: () => items.clear(),
    getItem: (key: string) => items.get(key) ?? null,
    key: () => null,
    removeItem: (key: string) => void items.delete(key),
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}
