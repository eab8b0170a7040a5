/** The strongest of the rows offered, ties by ascending row. */
export class StrongestRows {
  private readonly most: number;
  private rows: number[] = [];
  private strengths: number[] = [];

  constructor(most: number) {
    this.most = most;
  }

  /** Takes a row of positive strength in where it is among the strongest. */
  offer(row: number, strength: number): void {
    const { rows, strengths, most } = this;
    if (!(strength > 0)) return;
    let place = rows.length;
    while (place > 0 && isStronger(row, strength, rows[place - 1], strengths[place - 1])) place--;
    if (place >= most) return;
    rows.splice(place, 0, row);
    strengths.splice(place, 0, strength);
    if (rows.length > most) {
      rows.pop();
      strengths.pop();
    }
  }

  /** The strongest first; then there are none. */
  take(): { rows: readonly number[]; strengths: readonly number[] } {
    const { rows, strengths } = this;
    this.rows = [];
    this.strengths = [];
    return { rows, strengths };
  }
}

function isStronger(row: number, strength: number, other: number, otherStrength: number): boolean {
  return strength > otherStrength || (strength === otherStrength && row < other);
}
