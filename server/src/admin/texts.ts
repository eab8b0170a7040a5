import { formatTable } from '@pocketrocket/runtime';

/** Text that a command prints: a list as a table, an object as lines of its facts, with its lists as tables below. */
export function toText(result: unknown): string {
  if (Array.isArray(result)) return tableOf(result as object[]);
  const facts: [string, string][] = [];
  const tables: string[] = [];
  for (const [name, value] of Object.entries(result as object))
    if (isTable(value)) tables.push(`\n${inWords(name)}\n${tableOf(value)}`);
    else facts.push([inWords(name), cell(value)]);
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('') + tables.join('');
}

function isTable(value: unknown): value is object[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object');
}

function tableOf(rows: readonly object[]): string {
  const [first] = rows;
  if (!first) return 'none\n';
  const names = Object.keys(first);
  return formatTable(
    names.map(inWords),
    rows.map((row) => names.map((name) => cell((row as Record<string, unknown>)[name]))),
  );
}

/** `ratingCount` as `rating count`. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (value instanceof Date) return inMinutes(value.toISOString());
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(3);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return isTime(value) ? inMinutes(value) : value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(cell).join(', ');
  return JSON.stringify(value);
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);
}

function inMinutes(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
