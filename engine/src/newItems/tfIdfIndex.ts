const { log, sqrt, max } = Math;

/** Finds rows that share terms. */
export class TfIdfIndex {
  private readonly rowsOf = new Map<string, number[]>();
  private readonly norms: Float64Array;
  private readonly numRows: number;

  constructor(rows: readonly (readonly string[])[]) {
    this.numRows = rows.length;
    rows.forEach((terms, row) => {
      for (const term of new Set(terms)) {
        const list = this.rowsOf.get(term);
        if (list) list.push(row);
        else this.rowsOf.set(term, [row]);
      }
    });
    this.norms = Float64Array.from(rows, (terms) => this.norm(terms));
  }

  /** Calls with every row that shares a term and each shared term's part of the cosine. */
  forEachMatch(terms: readonly string[], call: (row: number, part: number) => void): void {
    const norm = this.norm(terms);
    for (const term of new Set(terms)) {
      const weight = this.idf(term) ** 2;
      for (const row of this.rowsOf.get(term) ?? []) call(row, weight / (norm * this.norms[row]));
    }
  }

  private idf(term: string): number {
    return log(1 + this.numRows / (this.rowsOf.get(term)?.length ?? 1));
  }

  private norm(terms: readonly string[]): number {
    let squares = 0;
    for (const term of new Set(terms)) squares += this.idf(term) ** 2;
    return max(sqrt(squares), Number.MIN_VALUE);
  }
}
