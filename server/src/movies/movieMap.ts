import type { LoadedModel } from '@pocketrocket/model';
import type { MovieMapConnection } from '@pocketrocket/schema';
import { z } from 'zod';
import { refuse } from '../arguments/checks.ts';
import { toConnection } from '../arguments/connections.ts';
import { decodeCursor, encodeCursor } from '../arguments/cursors.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { withMovies } from '../loaders/withMovies.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';

/** The longest page of the map: a place is small, and a map is of use whole. */
export const MAX_PLACES = 2_000;

/** Version of the model, and the row of the last place. */
const cursorParts = z.tuple([z.literal('map'), z.string().max(100), z.number().int().nonnegative()]);

/**
 * A page of the map of all movies, by the rows of the model that serves: those it was trained on by movieId, then those that came
 * later. Null where no model serves, or one without a map.
 * @throws AppError BAD_USER_INPUT for a length out of range, and for a cursor of another model's map
 */
export async function pageOfMap(
  { models, catalogue }: { models: ModelProvider; catalogue: CatalogueSource },
  scope: RequestScope,
  { first, after }: { first: number; after: string | null | undefined },
): Promise<MovieMapConnection | null> {
  if (first < 1 || first > MAX_PLACES) refuse(`first must be between 1 and ${MAX_PLACES}; it is ${first}`);
  const { model } = modelOfCatalogue(catalogue.current(), models.state());
  const map = model?.recommender.itemMap;
  if (!model || !map) return null;
  const identity = `${model.version} ${model.manifest.createdAt}`;
  const start = typeof after === 'string' ? rowAfter(after, identity) : 0;
  const end = Math.min(start + first, model.items.size);
  const rows = Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset);
  const found = await withMovies(scope, rows, (row) => model.items.externalId(row));
  const edges = found.map(({ of: row, movie }) => ({
    cursor: encodeCursor(['map', identity, row]),
    node: { movie, x: map[2 * row] ?? 0, y: map[2 * row + 1] ?? 0 },
  }));
  return { ...toConnection(edges, end < model.items.size, start > 0), totalCount: sizeOf(model) };
}

function rowAfter(after: string, identity: string): number {
  const [, given, row] = decodeCursor(after, cursorParts);
  if (given !== identity)
    refuse('the map that after continues is that of another model; start again without after');
  return row + 1;
}

function sizeOf({ items }: LoadedModel): number {
  return items.size;
}
