import type { RatingImport } from '@pocketrocket/schema';
import type { DataSource } from 'typeorm';

interface ImportRow {
  importId: string;
  startedAtSeconds: number;
  undoneAtSeconds: number | null;
  ratingCount: number | string;
}

/** A user's imports that are kept, latest first. */
export async function listImports(dataSource: DataSource, userId: number): Promise<RatingImport[]> {
  const rows = await dataSource.query<ImportRow[]>(
    `SELECT rating_import.importId, rating_import.startedAtSeconds, rating_import.undoneAtSeconds,
            (SELECT COUNT(*) FROM imported_rating
             WHERE imported_rating.userId = rating_import.userId AND imported_rating.importId = rating_import.importId) AS ratingCount
     FROM rating_import WHERE rating_import.userId = ? ORDER BY rating_import.startedAtSeconds DESC, rating_import.importId`,
    [userId],
  );
  return rows.map(({ importId, startedAtSeconds, undoneAtSeconds, ratingCount }) => ({
    importId,
    startedAt: new Date(startedAtSeconds * 1000),
    undoneAt: undoneAtSeconds === null ? null : new Date(undoneAtSeconds * 1000),
    ratingCount: Number(ratingCount),
  }));
}
