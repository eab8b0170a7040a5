import type { EventInput, RecordEventsPayload, RefusedEvent } from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import type { Database } from '@pocketrocket/schema/database';
import { findOrMakeUsers, type AppOfUsers } from '../apps/appUsers.ts';
import { checkEntries } from '../arguments/checks.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { Changes } from '../changes/changes.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import { checkEvent, isReason, type CheckedEvent } from './checkEvent.ts';
import type { PlacedEvent } from './eventTables.ts';
import { findMovies } from './findMovies.ts';
import { identityOfDataset, writeEvents, type WrittenEvents } from './writeEvents.ts';

interface EventDeps {
  database: Database;
  catalogue: Pick<CatalogueSource, 'recount'>;
  changes: Changes;
}

/** An import or a deletion comes between two looks at most so often. */
const MAX_LOOKS = 3;

/**
 * Stores what users of an app did; the next lists of these users are made from it. Each event is looked at by itself: those that cannot
 * be used are named, all others are stored. An event that was stored before changes nothing.
 * @throws AppError BAD_USER_INPUT for more than 500 events; UNAUTHENTICATED when the app is gone
 */
export async function recordEvents(
  { database, catalogue, changes }: EventDeps,
  scope: Pick<RequestScope, 'clear'>,
  app: AppOfUsers,
  given: readonly EventInput[],
  deadline: Deadline,
): Promise<RecordEventsPayload> {
  checkEntries(given, 'events');
  const now = nowSeconds();
  const refused: RefusedEvent[] = [];
  const good: (CheckedEvent & { place: number })[] = [];
  for (const [place, event] of given.entries()) {
    const checked = checkEvent(event, now);
    if (isReason(checked)) refused.push({ eventId: event.eventId, reason: checked.reason });
    else good.push({ ...checked, place });
  }
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const written = await lookAndWrite(database, app, good, { now, deadline });
    if (!written) continue;
    const { movies, storedCount, duplicateCount } = written;
    for (const [movieId, tally] of movies) catalogue.recount(movieId, tally);
    for (const userId of written.changedUserIds) changes.announce({ userId });
    scope.clear();
    return { storedCount, duplicateCount, refused: [...refused, ...written.refused] };
  }
  throw new AppError('CONFLICT', 'the data are being replaced; send the events again');
}

async function lookAndWrite(
  database: Database,
  app: AppOfUsers,
  events: readonly (CheckedEvent & { place: number })[],
  { now, deadline }: { now: number; deadline: Deadline },
): Promise<(WrittenEvents & { refused: RefusedEvent[] }) | null> {
  const dataset = await identityOfDataset(database.dataSource.manager);
  const movieIds = await findMovies(database.dataSource, app.appId, events);
  const refused: RefusedEvent[] = [];
  const found = new Map<string, CheckedEvent & { place: number; movieId: number }>();
  let numTwice = 0;
  for (const [index, event] of events.entries()) {
    const { eventId } = event;
    const movieId = movieIds[index] ?? null;
    if (movieId === null) refused.push({ eventId, reason: reasonOf(event) });
    else if (found.has(eventId)) numTwice++;
    else found.set(eventId, { ...event, movieId });
  }
  const externalIds = new Set([...found.values()].map(({ userExternalId }) => userExternalId));
  const users = await findOrMakeUsers(database, app, [...externalIds], deadline);
  const placed = [...found.values()].map((event): PlacedEvent => ({
    ...event,
    userId: users.get(event.userExternalId) ?? 0,
    receivedAtSeconds: now,
  }));
  const written = await writeInTransaction(database, deadline, (manager) =>
    writeEvents(manager, app, placed, { dataset }),
  );
  return written && { ...written, duplicateCount: written.duplicateCount + numTwice, refused };
}

function reasonOf({ movie }: CheckedEvent): string {
  if ('movieId' in movie) return `movie ${movie.movieId} does not exist`;
  return `no movie has the externalId ${movie.externalId}`;
}
