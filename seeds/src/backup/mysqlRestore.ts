import { setTimeout } from 'node:timers/promises';
import { AppError } from '@pocketrocket/runtime';
import { databaseLockName, inspectDatabase, type Inspection } from '@pocketrocket/schema/database';
import type { RestorePlace } from './restorePlace.ts';
import { forgetAside, moveAside, putBack } from './tablesAside.ts';

/**
 * The database itself: its tables are moved aside, others filled in their place, the data set's row last, and those aside dropped at the
 * end. What fails puts them back; where not even that is possible, the next restore does so first.
 * @throws AppError CONFLICT while an import or another restore runs, or another program is connected
 */
export async function prepareMysql(url: string): Promise<RestorePlace> {
  const inspection = await inspectDatabase({ url });
  if (inspection === null) throw new Error('a server has a database always');
  try {
    await takeImportLock(inspection);
    await refuseBesideOthers(inspection);
    await putBack(inspection);
    await moveAside(inspection);
  } catch (error) {
    await inspection.close();
    throw error;
  }
  return {
    url,
    async allowAnyOrder() {},
    async replace() {
      await forgetAside(inspection);
      await inspection.close();
    },
    async abandon() {
      try {
        await putBack(inspection);
      } finally {
        await inspection.close();
      }
    },
  };
}

async function takeImportLock(inspection: Inspection): Promise<void> {
  const [row] = await inspection.query<{ name: string }>('SELECT DATABASE() AS name');
  const lock = databaseLockName('import', row?.name ?? '');
  const [answer] = await inspection.query<{ locked: number | string | null }>(
    `SELECT GET_LOCK('${lock}', 0) AS locked`,
  );
  if (Number(answer?.locked) !== 1)
    throw new AppError(
      'CONFLICT',
      'an import or a restore into this database is running; nothing was changed: try again when it has ended',
    );
}

/** So often, in so many milliseconds, others may still be there. */
const LOOKS = 10;
const LOOK_EVERY_MS = 200;

interface Connection {
  id: number | string;
  user: string;
  host: string;
}

/** Servers and trainers, wherever they run, stay connected: what one of them wrote meanwhile would be lost. */
async function refuseBesideOthers(inspection: Inspection): Promise<void> {
  let others = await otherConnections(inspection);
  // The server takes a moment to notice that a process has ended.
  for (let look = 1; others.length > 0 && look < LOOKS; look++) {
    await setTimeout(LOOK_EVERY_MS);
    others = await otherConnections(inspection);
  }
  const [first] = others;
  if (first === undefined) return;
  throw new AppError(
    'CONFLICT',
    `${others.length} other connections use this database, such as number ${first.id} of ${first.user} from ${first.host}; nothing was ` +
      'changed: stop the servers and trainers, then try again',
  );
}

function otherConnections(inspection: Inspection): Promise<Connection[]> {
  return inspection.query<Connection>(
    `SELECT ID AS id, USER AS user, HOST AS host FROM information_schema.PROCESSLIST
     WHERE DB = DATABASE() AND ID <> CONNECTION_ID() ORDER BY ID`,
  );
}
