import {
  likesNothing,
  neighboursOf,
  recommendToGroup as recommendByModel,
  type GroupAggregate,
  type GroupEntry,
  type LoadedModel,
} from '@pocketrocket/model';
import {
  GroupRecommendation,
  GroupStrategy,
  PopularityReason,
  Ranker,
  type GroupRecommendationConnection,
  type MemberScore,
} from '@pocketrocket/schema';
import { refuse } from '../arguments/checks.ts';
import { toConnection } from '../arguments/connections.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { eligibleItems } from '../catalogue/eligibleItems.ts';
import type { ResolvedFilter } from '../catalogue/movieFilter.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { withMovies } from '../loaders/withMovies.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import type { ModelState } from '../model/modelWatcher.ts';
import { timed } from '../timing/stepTimes.ts';
import { emptyReason } from './emptyReason.ts';
import { decodeListCursor, digestOf, encodeListCursor, missingList } from './listCursor.ts';
import type { ListSubject } from './listSubject.ts';
import { subjectsOf, type AskedSubject, type SubjectAccess } from './listSubjects.ts';
import { toServed } from './page.ts';
import { popularList } from './popularList.ts';
import type { ProfiledHistory } from './profileCache.ts';
import {
  checkArguments,
  takeTurn,
  type Asker,
  type ListArguments,
  type RecommendingDeps,
} from './recommendations.ts';
import { FOR_NOBODY, type ServedList } from './servedList.ts';
import { countShown } from './shownCounts.ts';

/** Fewer are no group, more like nothing in common. */
const LEAST_MEMBERS = 2;
export const MOST_MEMBERS = 6;

const AGGREGATES: Record<GroupStrategy, GroupAggregate> = {
  [GroupStrategy.LEAST_MISERY]: 'leastMisery',
  [GroupStrategy.MEAN]: 'mean',
};

/** Arguments of a group's list. */
export interface GroupArguments extends Omit<ListArguments, 'diversity'> {
  members: readonly AskedSubject[];
  /** Members who come by a link, after the others; null for one whose link does not hold. */
  linked?: readonly (ListSubject | null)[];
  strategy: GroupStrategy;
  after: string | null | undefined;
  access: SubjectAccess;
  asker: Omit<Asker, 'client'>;
}

/** A whole list for a group. */
interface GroupList extends Pick<
  ServedList,
  | 'modelVersion'
  | 'ranker'
  | 'candidateCount'
  | 'degradedReason'
  | 'emptyReason'
  | 'popularityReason'
  | keyof typeof FOR_NOBODY
> {
  /** Best first; the members' scores by place among the members of whom something is known. */
  entries: readonly GroupEntry[];
}

/**
 * A page of what several people may watch together, nothing that one of them has rated; null where one of the users does not exist or
 * keeps the ratings private, or a link does not hold. Each page is made anew: one of a list that has changed since is refused.
 * @throws AppError BAD_USER_INPUT for arguments out of range
 */
export async function recommendToGroup(
  deps: RecommendingDeps,
  scope: RequestScope,
  { members, linked = [], strategy, after, access, asker, ...asked }: GroupArguments,
): Promise<GroupRecommendationConnection | null> {
  const count = members.length + linked.length;
  if (count < LEAST_MEMBERS || count > MOST_MEMBERS)
    refuse(`members must be ${LEAST_MEMBERS} to ${MOST_MEMBERS}; there are ${count}`);
  const filter = checkArguments(deps, { ...asked, diversity: 0 });
  const catalogue = deps.catalogue.current();
  const named = await subjectsOf({ ...deps, catalogue }, scope, { asked: members, name: 'members', access });
  const subjects = [...named, ...linked].filter((subject) => subject !== null);
  if (subjects.length < count) return null;
  refuseTwice(subjects);

  const state = modelOfCatalogue(catalogue, deps.models.state());
  const question = digestOf(
    subjects.map(({ key }) => key),
    filter,
    strategy,
  );
  const cursor = typeof after === 'string' ? decodeListCursor(after, question) : null;
  const list = digestOf(
    question,
    identityOf(state, catalogue),
    subjects.map(({ ratingsState }) => ratingsState),
  );
  if (cursor && cursor.list !== list) throw missingList(cursor.list, deps.thread);

  const histories = await timed('profile', () =>
    Promise.all(subjects.map(async (subject) => subject.history(state.model))),
  );
  await takeTurn(asker);
  const made = await makeGroupList(deps, { catalogue, state, histories, filter, strategy, asker });
  const start = cursor ? cursor.place + 1 : 0;
  const knownPlaces = placesOfKnown(histories);
  const shown = made.entries.slice(start, start + asked.first);
  countShown(shown.map(({ movieId }) => movieId));
  const edges = (await withMovies(scope, shown, ({ movieId }) => movieId)).map(({ of: entry, movie }) => {
    const place = start + shown.indexOf(entry);
    const node = Object.assign(new GroupRecommendation(), {
      movie,
      rank: place + 1,
      score: entry.score,
      members: toMemberScores(entry, knownPlaces),
    });
    return { node, cursor: encodeListCursor({ question, list, place }) };
  });
  return {
    ...toConnection(edges, start + asked.first < made.entries.length, start > 0),
    served: toServed(made),
    skippedMovieIds: [...new Set(subjects.flatMap(({ skippedMovieIds }) => [...skippedMovieIds]))],
  };
}

interface GroupListRequest {
  catalogue: Catalogue;
  state: ModelState;
  histories: readonly ProfiledHistory[];
  filter: ResolvedFilter;
  strategy: GroupStrategy;
  asker: Omit<Asker, 'client'>;
}

async function makeGroupList(
  { ranker }: RecommendingDeps,
  { catalogue, state, histories, filter, strategy, asker }: GroupListRequest,
): Promise<GroupList> {
  const { model, problem } = state;
  const seen = histories.flatMap((history) => [...history.seen]);
  const dismissed = histories.flatMap((history) => [...history.dismissed]);
  const known = histories.flatMap(({ profile }) => (profile && !likesNothing(profile) ? [profile] : []));
  const whyEmpty = (length: number) =>
    length === 0
      ? emptyReason(catalogue, filter, { seen: Int32Array.from(seen), dismissed: Int32Array.from(dismissed) })
      : null;
  const leftOut = [...seen, ...dismissed, ...(model ? neighboursOfDislikes(model, histories) : [])];
  if (!model || known.length === 0) {
    const popular = popularList(catalogue, filter, leftOut, {
      modelVersion: model && String(model.version),
      ...whyPopular(model, problem, histories),
    });
    const entries = popular
      .entries(0, popular.length)
      .map(({ movieId, score }) => ({ movieId, score, members: [] }));
    return { ...popular, ...FOR_NOBODY, entries, emptyReason: whyEmpty(entries.length) };
  }
  const leftOutItems = leftOut.map((movieId) => model.items.indexOf(movieId));
  const list = await recommendByModel(ranker, model, {
    profiles: known,
    eligible: eligibleItems(model, catalogue, filter, leftOutItems),
    aggregate: AGGREGATES[strategy],
    betweenMembers: () => takeTurn(asker),
  });
  return {
    ...list,
    modelVersion: String(model.version),
    ranker: list.ranker === 'neuralCF' ? Ranker.NEURAL_CF : Ranker.RETRIEVAL,
    emptyReason: whyEmpty(list.entries.length),
    popularityReason: null,
    ...FOR_NOBODY,
  };
}

/** Movies much like those that a member has rated, all of them below 3 stars. */
function* neighboursOfDislikes(model: LoadedModel, histories: readonly ProfiledHistory[]): Generator<number> {
  for (const { profile } of histories)
    if (profile && likesNothing(profile)) yield* neighboursOf(model, profile);
}

function whyPopular(
  model: LoadedModel | null,
  problem: string | null,
  histories: readonly ProfiledHistory[],
): Pick<ServedList, 'degradedReason' | 'popularityReason'> {
  if (!model)
    return {
      popularityReason: PopularityReason.NO_MODEL,
      degradedReason: problem ?? 'there is no trained model',
    };
  if (histories.some(({ profile }) => profile))
    return { popularityReason: PopularityReason.ONLY_DISLIKES, degradedReason: null };
  if (histories.some(({ seen }) => seen.length > 0))
    return {
      popularityReason: PopularityReason.UNKNOWN_MOVIES,
      degradedReason: 'the model knows none of the rated movies',
    };
  return { popularityReason: PopularityReason.NO_RATINGS, degradedReason: null };
}

/** The place of each member among those of whom something is known; −1 for the others. */
function placesOfKnown(histories: readonly ProfiledHistory[]): number[] {
  let known = 0;
  return histories.map(({ profile }) => (profile && !likesNothing(profile) ? known++ : -1));
}

function toMemberScores({ score, members }: GroupEntry, knownPlaces: readonly number[]): MemberScore[] {
  return knownPlaces.map((place, member) => ({ member, ...(members[place] ?? { score, likes: false }) }));
}

function refuseTwice(subjects: readonly ListSubject[]): void {
  const userIds = subjects.flatMap(({ userId }) => (userId === null ? [] : [userId]));
  const twice = userIds.find((userId, at) => userIds.indexOf(userId) < at);
  if (twice !== undefined) refuse(`user ${twice} is a member twice`);
}

function identityOf({ model, problem }: ModelState, { dataset }: Catalogue): unknown[] {
  return [model?.version, model?.manifest.createdAt, model?.items.size, problem, dataset?.identity];
}
