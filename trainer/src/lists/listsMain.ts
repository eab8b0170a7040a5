/** A process that makes the lists of users: it is told the settings, then part after part. */
import { join } from 'node:path';
import type { RatedMovie } from '@pocketrocket/model';
import { AppError, fileFailureOf } from '@pocketrocket/runtime';
import { asUnavailable, openDatabase, type Database } from '@pocketrocket/schema/database';
import { readCatalogue } from '../data/catalogue.ts';
import { readRatingsBetween, readUserIds } from '../data/database.ts';
import { loadVersion } from '../data/publishedModel.ts';
import { ListRows, writeListFile } from './listFile.ts';
import { partName } from './listRun.ts';
import type { FromWorker, ListPart, ListSettings, ToWorker } from './listWorkers.ts';
import { UserLists } from './userLists.ts';

// A terminal sends its interrupt to every process of the command; the parent decides what it means.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.kill(process.pid));

interface Making {
  settings: ListSettings;
  database: Database;
  lists: UserLists;
}

let making: Promise<Making> | null = null;

process.on('message', (message: ToWorker) => {
  if (message.kind === 'settings') {
    making = prepare(message.settings);
    // Each part awaits it, and answers with what went wrong.
    making.catch(() => undefined);
  } else void answer(message.part);
});

async function answer(part: ListPart): Promise<void> {
  if (!making) throw new Error('a part before the settings');
  const said: FromWorker = await making
    .then((all) => makePart(all, part))
    .then((users): FromWorker => ({ kind: 'made', users }), failureOf);
  process.send?.(said);
}

/** The answer of an expected failure. @throws the error where it is none: the parent sees this process end */
function failureOf(error: unknown): FromWorker {
  const known = asUnavailable(error);
  const failure = known instanceof AppError ? known : fileFailureOf(error);
  if (!failure) throw error;
  return { kind: 'failed', code: failure.code, message: failure.message };
}

async function prepare(settings: ListSettings): Promise<Making> {
  const database = await openDatabase({ url: settings.databaseUrl });
  const model = await loadVersion(settings.modelDir, settings.modelVersion);
  return { settings, database, lists: new UserLists(model, await readCatalogue(database)) };
}

/** @returns the number of users */
async function makePart(
  { settings, database, lists }: Making,
  { place, firstUser, lastUser }: ListPart,
): Promise<number> {
  const { folder, top, modelVersion } = settings;
  const ratings = await ratingsByUser(database, firstUser, lastUser);
  const users = await usersBetween(database, firstUser, lastUser);
  const rows = new ListRows();
  for (const userId of users) {
    const list = await lists.listFor(userId, ratings.get(userId) ?? []);
    rows.add(userId, list.scores(0, top));
  }
  await writeListFile(join(folder, partName(place)), rows, modelVersion);
  return users.length;
}

async function ratingsByUser(
  database: Database,
  first: number,
  last: number,
): Promise<Map<number, RatedMovie[]>> {
  const byUser = new Map<number, RatedMovie[]>();
  for (const { userId, movieId, halfStars, ratedAtSeconds } of await readRatingsBetween(
    database,
    first,
    last,
  )) {
    const rated = { movieId, rating: halfStars / 2, ratedAtSeconds };
    const known = byUser.get(userId);
    if (known) known.push(rated);
    else byUser.set(userId, [rated]);
  }
  return byUser;
}

async function usersBetween(database: Database, first: number, last: number): Promise<number[]> {
  const users = await readUserIds(database, first - 1, last - first + 1);
  return users.filter((userId) => userId <= last);
}
