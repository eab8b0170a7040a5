import type { EntityManager } from 'typeorm';
import { lockCatalogue, readCatalogueState, writeCatalogueState } from './catalogueState.ts';
import { inParts, readOverlay, type OverlayRow } from './overlayFilm.ts';
import { rewriteMovies, withdrawMovies } from './places.ts';
import { lockMoviesOf, rowsOf } from './upsertOverlayMovies.ts';

/** The outcome of deleting movies. */
export interface HiddenMovies {
  deletedCount: number;
  /** Ids that the app has not given, or whose movies are deleted already. */
  unknownExternalIds: string[];
  /** Those who had rated one of the movies, whose lists are others now. */
  changedUserIds: number[];
}

/**
 * Takes an app's movies away from everybody's sight, at most some hundred; within a transaction. Their rows and ratings are kept. A movie
 * that another app describes too stays, as that one describes it; one of the data set loses the app's id alone.
 */
export async function hideOverlayMovies(
  manager: EntityManager,
  namespace: string,
  externalIds: readonly string[],
  nowSeconds: number,
): Promise<HiddenMovies> {
  await lockCatalogue(manager);
  await lockMoviesOf(manager, namespace, externalIds);
  const held = await rowsOf(manager, namespace, externalIds);
  const hidden = [...held.values()].filter(({ isHidden }) => isHidden === 0);
  const isGoing = new Set(hidden.map(({ externalId }) => externalId));
  const unknownExternalIds = [...new Set(externalIds)].filter((externalId) => !isGoing.has(externalId));
  if (hidden.length === 0) return { deletedCount: 0, unknownExternalIds, changedUserIds: [] };
  const state = await readCatalogueState(manager);
  const version = state.version + 1;
  await markHidden(manager, namespace, [...isGoing], version, nowSeconds);
  const owned = hidden.filter(({ isOwner }) => isOwner === 1).map(({ movieId }) => movieId);
  const heirs = await heirsOf(manager, owned);
  const ofHeirs = await passOn(manager, [...heirs.values()], version);
  const ofOthers = await withdrawMovies(
    manager,
    owned.filter((movieId) => !heirs.has(movieId)),
  );
  await writeCatalogueState(manager, { ...state, version });
  return { deletedCount: hidden.length, unknownExternalIds, changedUserIds: [...ofHeirs, ...ofOthers] };
}

async function markHidden(
  manager: EntityManager,
  namespace: string,
  externalIds: readonly string[],
  version: number,
  nowSeconds: number,
): Promise<void> {
  await inParts(externalIds, async (part, marks) => {
    const which = `namespace = ? AND externalId IN (${marks})`;
    await manager.query(
      `UPDATE overlay_movie SET isHidden = 1, version = ?, changedAtSeconds = ? WHERE ${which}`,
      [version, nowSeconds, namespace, ...part],
    );
    await manager.query(`DELETE FROM movie_external_id WHERE ${which}`, [namespace, ...part]);
  });
}

/** The oldest other description of each movie, where there is one. */
async function heirsOf(
  manager: EntityManager,
  movieIds: readonly number[],
): Promise<Map<number, OverlayRow>> {
  const heirs = new Map<number, OverlayRow>();
  await inParts(movieIds, async (part, marks) => {
    for (const row of await readOverlay(manager, `movieId IN (${marks}) AND isHidden = 0`, part))
      if (!heirs.has(row.movieId)) heirs.set(row.movieId, row);
  });
  return heirs;
}

/** Makes movies those of other descriptions of them. */
async function passOn(
  manager: EntityManager,
  heirs: readonly OverlayRow[],
  version: number,
): Promise<number[]> {
  for (const { namespace, externalId, movieId } of heirs) {
    await manager.query('UPDATE overlay_movie SET isOwner = 0 WHERE movieId = ?', [movieId]);
    await manager.query(
      'UPDATE overlay_movie SET isOwner = 1, version = ? WHERE namespace = ? AND externalId = ?',
      [version, namespace, externalId],
    );
  }
  return rewriteMovies(manager, heirs);
}
