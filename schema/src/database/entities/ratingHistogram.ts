import { Column } from 'typeorm';

/** Counts of each rating, as columns; updated in the transaction that writes the rating. */
export class RatingHistogramColumns {
  @Column({ type: 'int', default: 0 })
  stars05!: number;

  @Column({ type: 'int', default: 0 })
  stars10!: number;

  @Column({ type: 'int', default: 0 })
  stars15!: number;

  @Column({ type: 'int', default: 0 })
  stars20!: number;

  @Column({ type: 'int', default: 0 })
  stars25!: number;

  @Column({ type: 'int', default: 0 })
  stars30!: number;

  @Column({ type: 'int', default: 0 })
  stars35!: number;

  @Column({ type: 'int', default: 0 })
  stars40!: number;

  @Column({ type: 'int', default: 0 })
  stars45!: number;

  @Column({ type: 'int', default: 0 })
  stars50!: number;
}

/** The columns in ascending order of rating: index `halfStars - 1`. */
export const HISTOGRAM_COLUMNS = [
  'stars05',
  'stars10',
  'stars15',
  'stars20',
  'stars25',
  'stars30',
  'stars35',
  'stars40',
  'stars45',
  'stars50',
] as const satisfies readonly (keyof RatingHistogramColumns)[];

/** Columns from counts; `counts[halfStars - 1]`, ten entries. */
export function toHistogramColumns(counts: ArrayLike<number>): RatingHistogramColumns {
  const columns = new RatingHistogramColumns();
  HISTOGRAM_COLUMNS.forEach((column, index) => (columns[column] = counts[index] ?? 0));
  return columns;
}

/** Counts from columns; index `halfStars - 1`, ten entries. */
export function histogramCounts(columns: RatingHistogramColumns): number[] {
  return HISTOGRAM_COLUMNS.map((column) => columns[column]);
}
