import { readFile } from 'node:fs/promises';

/** Objects of one kind in a heap. */
export interface HeapKind {
  /** The constructor's name; for what has none, V8's name of its type in brackets. */
  name: string;
  count: number;
  bytes: number;
}

/** The parts of V8's snapshot format that are read here. */
interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
  nodes: number[];
  strings: string[];
}

/**
 * The kinds of objects of which a heap holds more bytes than before, the most first.
 * @param before file of a snapshot; `after` of a later one of the same thread
 */
export async function heapGrowth(before: string, after: string): Promise<HeapKind[]> {
  const older = await kindsIn(before);
  const grown: HeapKind[] = [];
  for (const { name, count, bytes } of (await kindsIn(after)).values()) {
    const known = older.get(name) ?? { count: 0, bytes: 0 };
    if (bytes > known.bytes) grown.push({ name, count: count - known.count, bytes: bytes - known.bytes });
  }
  return grown.sort((a, b) => b.bytes - a.bytes);
}

async function kindsIn(file: string): Promise<Map<string, HeapKind>> {
  const { snapshot, nodes, strings } = JSON.parse(await readFile(file, 'utf8')) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [typeAt, nameAt, sizeAt] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  if (typeAt === undefined || nameAt === undefined || sizeAt === undefined)
    throw new Error('a heap snapshot names its fields');
  const kinds = new Map<string, HeapKind>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const type = types[0][nodes[at + typeAt] ?? 0] ?? '';
    const name = type === 'object' ? (strings[nodes[at + nameAt] ?? 0] ?? '') : `(${type})`;
    const kind = kinds.get(name) ?? { name, count: 0, bytes: 0 };
    kind.count++;
    kind.bytes += nodes[at + sizeAt] ?? 0;
    kinds.set(name, kind);
  }
  return kinds;
}
