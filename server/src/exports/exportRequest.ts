/** The kinds of exports. */
export const EXPORT_KINDS = ['movies', 'users', 'ratings', 'events'] as const;

export type ExportKindName = (typeof EXPORT_KINDS)[number];

/** An export that is asked for. */
export interface ExportRequest {
  kind: ExportKindName;
  /** True where also what accounts and apps do not share is exported. */
  includesPrivate: boolean;
}
