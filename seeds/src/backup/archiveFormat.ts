import { z } from 'zod';

/**
 * A backup is a gzipped tar archive. `backup.json` comes first, `checksums.json` last, so that a backup without it is not whole.
 * Tables are in parts of JSON lines, a row an array in the order of the table's columns: any database can read any other's.
 */
export const FORMAT = 1;
export const HEADER = 'backup.json';
export const CHECKSUMS = 'checksums.json';
export const SECRET = 'jwt-secret';
export const MODELS = 'models/';

export const headerSchema = z.object({
  format: z.literal(FORMAT),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** The migrations that had been run. */
  migrations: z.array(z.string()),
  /** The data set; null for none. */
  dataset: z.object({ name: z.string(), identity: z.string() }).nullable(),
  /** In the order in which they are to be filled; the data set comes last: what is half restored holds none. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
});

export type Header = z.infer<typeof headerSchema>;

export const checksumsSchema = z.object({
  /** SHA-256 of every entry before, hexadecimal. */
  entries: z.record(z.string(), z.string()),
});

export const rowsSchema = z.array(z.union([z.string(), z.number(), z.null()]));
export type Row = z.infer<typeof rowsSchema>;

/** The name of a part of a table. */
export function partName(table: string, part: number): string {
  return `database/${table}/${String(part).padStart(6, '0')}.jsonl`;
}

/** The table that an entry is a part of; null for other entries. */
export function tableOf(entry: string): string | null {
  return /^database\/(\w+)\/\d{6}\.jsonl$/.exec(entry)?.[1] ?? null;
}

/** The path of a model's file inside `recmodel/`; null for other entries and for names that lead elsewhere. */
export function modelFileOf(entry: string): string | null {
  const path = /^models\/([\w.][\w./-]*)$/.exec(entry)?.[1] ?? null;
  return path === null || path.split('/').includes('..') ? null : path;
}
