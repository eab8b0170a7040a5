import type { IncomingMessage } from 'node:http';

/** The headers as names and values in turn, with the values of equal ones joined, as HTTP allows. */
export function flatHeaders({ headers }: Pick<IncomingMessage, 'headers'>): string[] {
  const flat: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat.push(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return flat;
}
