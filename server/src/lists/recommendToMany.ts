import type { RecommendationConnection } from '@pocketrocket/schema';
import { checkEntries } from '../arguments/checks.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import { historyOf, type ListSubject } from './listSubject.ts';
import { subjectsOf, type AskedSubject, type SubjectAccess } from './listSubjects.ts';
import { toPage } from './page.ts';
import {
  checkArguments,
  makeList,
  noteExposure,
  questionOf,
  type Asker,
  type ListArguments,
  type RecommendingDeps,
} from './recommendations.ts';

/** Lists that one request may ask for. */
export const MAX_LISTS = 100;

/** Lists that are made at the same time: enough that a ranker on the net is not waited for by each alone. */
const LANES = 4;

/** Milliseconds before the deadline of the request at which the lists that are there are handed over. */
const HAND_OVER_MS = 100;

/** Arguments of many lists at once. */
export interface ManyArguments extends ListArguments {
  requests: readonly AskedSubject[];
  access: SubjectAccess;
  asker: Omit<Asker, 'client'>;
}

/**
 * The first page of the list of each subject, in the order asked: null for a user whom there is none of, or whose ratings are private;
 * an error where the list was not there in time. Its cursors continue the list where one subject alone is asked for.
 * @throws AppError BAD_USER_INPUT for arguments out of range
 */
export async function recommendToMany(
  deps: RecommendingDeps,
  scope: RequestScope,
  { requests, access, asker, ...asked }: ManyArguments,
): Promise<(RecommendationConnection | Error | null)[]> {
  checkEntries(requests, 'requests', MAX_LISTS);
  const filter = checkArguments(deps, asked);
  const { first, diversity } = asked;
  const catalogue = deps.catalogue.current();
  const subjects = await subjectsOf({ ...deps, catalogue }, scope, {
    asked: requests,
    name: 'requests',
    access,
  });
  await readHistories(deps, scope, subjects);
  const soon = asker.deadline.earlier(HAND_OVER_MS);
  try {
    return await inLanes(subjects, (subject) => soon.race(pageOf(subject)).catch(asError));
  } finally {
    soon.clear();
  }

  async function pageOf(subject: ListSubject): Promise<RecommendationConnection> {
    soon.check();
    const taker = { deadline: soon, turns: asker.turns };
    const { served, list } = await makeList(deps, subject, { filter, diversity, asker: taker });
    noteExposure(deps, subject, served, null);
    const question = questionOf(subject, filter, diversity);
    const { skippedMovieIds } = subject;
    return toPage(scope, served, { question, list, start: 0, first, skippedMovieIds });
  }
}

/** Reads the histories of all users whose profiles are not kept, in as few statements as there may be. */
async function readHistories(
  { profiles, catalogue, models }: RecommendingDeps,
  scope: RequestScope,
  subjects: readonly (ListSubject | null)[],
): Promise<void> {
  const { model } = modelOfCatalogue(catalogue.current(), models.state());
  const unread = subjects.flatMap((subject) => {
    if (!subject || subject.userId === null) return [];
    const { userId, ratingsState } = subject;
    return profiles.has(model, userId, ratingsState) ? [] : [userId];
  });
  await Promise.all(unread.map((userId) => historyOf(scope, userId)));
}

/** Works on some at a time, those asked first before the others; null stays null. */
async function inLanes<T, R>(
  things: readonly (T | null)[],
  work: (thing: T) => Promise<R>,
): Promise<(R | null)[]> {
  const done: (R | null)[] = things.map(() => null);
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < things.length; at = next++) {
      const thing = things[at];
      if (thing) done[at] = await work(thing);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
