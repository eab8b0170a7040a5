import type { Inspection } from '@pocketrocket/schema/database';
import { about, type Finding } from '../finding.ts';

const { warn, fail } = about('database');

/** Finds tables that an import or a restore which was killed left beside those in use; none where it found nothing. */
export async function lookAtLeftovers(inspection: Inspection): Promise<Finding[]> {
  const rows = await inspection.query<{ name: string }>(
    `SELECT TABLE_NAME AS name FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND (TABLE_NAME LIKE '%\\_\\_import' OR TABLE_NAME LIKE '%\\_\\_old' OR TABLE_NAME = 'restore__state')`,
  );
  const names = rows.map(({ name }) => name);
  if (names.includes('restore__state'))
    return [
      fail(
        'a restore was interrupted: the tables that were there are aside, those in use are half filled',
        'run the same restore again: where it fails, it puts back what was there',
      ),
    ];
  if (names.length === 0) return [];
  return [
    warn(
      `an import is running, or was interrupted and left ${names.length} tables beside those in use, such as ${names[0]}`,
      'run the same import again: it goes on where that one ended, and drops them at the end; the data in use are whole',
    ),
  ];
}
