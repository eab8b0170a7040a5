/** Lays rows of text out in columns: the first column to the left, the others to the right; a rule below the head. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) =>
        column === 0 ? (cells[0] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width),
      )
      .join('  ')
      .trimEnd();
  return (
    [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n') + '\n'
  );
}
