const NUMERIC = /^[-+\d., [\]]*$/;

/** Lays rows of text out in columns, numbers to the right and everything else to the left; a rule below the head. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((title, column) => {
    const cells = rows.map((row) => row[column] ?? '');
    const width = Math.max(title.length, ...cells.map((cell) => cell.length));
    return { width, isNumeric: cells.every((cell) => NUMERIC.test(cell)) };
  });
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ width, isNumeric }, column) => {
        const cell = cells[column] ?? '';
        return isNumeric ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(head), columns.map(({ width }) => '─'.repeat(width)).join('  '), ...rows.map(line), ''].join(
    '\n',
  );
}
