/** One place where two recordings differ. */
export interface Difference {
  /** Keys and indices from the recording's root, such as `answers.users.7.recommendations`. */
  path: string;
  before: string;
  after: string;
}

const ABSENT = Symbol('absent');
const MAX_SHOWN = 200;

/**
 * Lists where two JSON values differ, in the order of the first. Numbers are equal only where every digit is; members
 * count in their order, since texts are made of them.
 */
export function compare(before: unknown, after: unknown, path = ''): Difference[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      compare(at(before, index), at(after, index), join(path, index)),
    ).flat();
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const differences = keys.flatMap((key) =>
      compare(key in before ? before[key] : ABSENT, key in after ? after[key] : ABSENT, join(path, key)),
    );
    const [order, otherOrder] = [Object.keys(before), Object.keys(after)].map((names) => names.join(', '));
    if (differences.length > 0 || order === otherOrder) return differences;
    return [{ path: join(path, '(order of members)'), before: shown(order), after: shown(otherOrder) }];
  }
  if (typeof before === 'string' && typeof after === 'string') {
    const [lines, otherLines] = [before.split('\n'), after.split('\n')];
    if (Math.max(lines.length, otherLines.length) > 1) {
      // Of long texts the first line that differs says more than their beginnings.
      const line = [...lines, ABSENT].findIndex((text, index) => text !== at(otherLines, index));
      return [
        {
          path: `${path} (line ${line + 1})`,
          before: shown(at(lines, line)),
          after: shown(at(otherLines, line)),
        },
      ];
    }
  }
  return [{ path, before: shown(before), after: shown(after) }];
}

function at(list: readonly unknown[], index: number): unknown {
  return index < list.length ? list[index] : ABSENT;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}.${key}`;
}

function shown(value: unknown): string {
  if (value === ABSENT) return '(absent)';
  const text = JSON.stringify(value) ?? '(absent)';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
