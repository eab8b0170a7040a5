import type { EntityManager } from 'typeorm';
import { CatalogueStateEntity } from '../entities/catalogueState.ts';

type State = Pick<CatalogueStateEntity, 'version' | 'lastMovieId'>;

/**
 * Locks the catalogue against other writers until the transaction ends; comes before anything is read, so that what is read afterwards
 * is the latest.
 */
export async function lockCatalogue(manager: EntityManager): Promise<void> {
  await manager.query('UPDATE catalogue_state SET version = version WHERE stateId = 1');
}

/** The state of a catalogue that is locked. */
export async function readCatalogueState(queries: Pick<EntityManager, 'query'>): Promise<State> {
  const [state] = await queries.query<State[]>(
    'SELECT version, lastMovieId FROM catalogue_state WHERE stateId = 1',
  );
  return state ?? { version: 0, lastMovieId: 0 };
}

/** Stores the state; of two that are the first at once the later gives way. */
export async function writeCatalogueState(
  manager: EntityManager,
  { version, lastMovieId }: State,
): Promise<void> {
  const isThere = await manager.existsBy(CatalogueStateEntity, { stateId: 1 });
  if (!isThere)
    await manager.query('INSERT INTO catalogue_state (stateId, version, lastMovieId) VALUES (1, ?, ?)', [
      version,
      lastMovieId,
    ]);
  else
    await manager.query('UPDATE catalogue_state SET version = ?, lastMovieId = ? WHERE stateId = 1', [
      version,
      lastMovieId,
    ]);
}
