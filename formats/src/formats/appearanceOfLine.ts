const APPEARANCES: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^<(?:!doctype html|html|head|body)/i, 'a web page, perhaps the one that offers the download'],
  [/^<\?xml/i, 'XML: save it as CSV'],
  [/^[[{]/, 'JSON: save it as CSV'],
  [/^version https:\/\/git-lfs/, 'a pointer to a file in Git LFS, not the file: fetch it with git lfs pull'],
  [/^(?:--|\/\*|create table|insert into)/i, 'SQL: save the table as CSV'],
  [/^@(?:relation|attribute)/i, 'ARFF: save it as CSV'],
];

/** Tells a file that is no table by its first line, for people; null for all else. */
export function appearanceOfLine(line: string): string | null {
  const start = line.trimStart();
  return APPEARANCES.find(([pattern]) => pattern.test(start))?.[1] ?? null;
}
