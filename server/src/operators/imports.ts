import type { DataImport } from '@pocketrocket/schema';
import { DataImportEntity, type Database } from '@pocketrocket/schema/database';
import { checkFirst } from '../arguments/checks.ts';

/** The last imports of data sets, latest first. @throws AppError BAD_USER_INPUT for a length out of range */
export async function listDataImports(
  { dataSource }: Pick<Database, 'dataSource'>,
  first: number,
): Promise<DataImport[]> {
  checkFirst(first);
  const imports = await dataSource
    .getRepository(DataImportEntity)
    .find({ order: { finishedAtSeconds: 'DESC', dataImportId: 'ASC' }, take: first });
  return imports.map(({ skipped, startedAtSeconds, finishedAtSeconds, ...told }) => ({
    ...told,
    skipped: Object.entries(skipped).map(([kind, count]) => ({ kind, count })),
    startedAt: new Date(startedAtSeconds * 1000),
    finishedAt: new Date(finishedAtSeconds * 1000),
  }));
}
