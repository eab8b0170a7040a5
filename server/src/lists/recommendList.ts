import {
  likesNothing,
  neighboursOf,
  recommend,
  type LoadedModel,
  type Profile,
  type RecommendedList,
  type RecommendPorts,
} from '@pocketrocket/model';
import { PopularityReason, Ranker } from '@pocketrocket/schema';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { eligibleItems } from '../catalogue/eligibleItems.ts';
import { FilterInWords, type ResolvedFilter } from '../catalogue/movieFilter.ts';
import type { ModelState } from '../model/modelWatcher.ts';
import { timed } from '../timing/stepTimes.ts';
import { emptyReason } from './emptyReason.ts';
import { popularList } from './popularList.ts';
import { bytesOfProfile } from './profileBytes.ts';
import type { ProfiledHistory } from './profileCache.ts';
import { countList } from './listCounts.ts';
import { FOR_NOBODY, type ServedList, type UnnamedList } from './servedList.ts';

/** Whom a list is for, and how it should be. */
export interface ListRequest {
  catalogue: Catalogue;
  /** The catalogue's model, and what the history was profiled with. */
  state: ModelState;
  /** Step 1's result; what was rated or dismissed is not proposed. */
  history: ProfiledHistory;
  /** True where something was rated, and nothing of it exists. */
  isAllSkipped: boolean;
  filter: ResolvedFilter;
  /** 0 to 1. */
  diversity: number;
}

const RANKERS = {
  neuralCF: Ranker.NEURAL_CF,
  retrieval: Ranker.RETRIEVAL,
} as const satisfies Record<RecommendedList['ranker'], Ranker>;

/** A candidate's numbers: place, scores, and its value of each feature. */
const BYTES_PER_CANDIDATE = 120;
const BYTES_AROUND = 4_000;

/** Makes a whole list, and counts it. */
export async function recommendList(ports: RecommendPorts, request: ListRequest): Promise<ServedList> {
  const list = await makeList(ports, request);
  countList(list);
  const { catalogue, filter, history } = request;
  const reason = list.length === 0 ? emptyReason(catalogue, filter, history) : null;
  return { ...list, emptyReason: reason, ...FOR_NOBODY };
}

/** Makes a whole list by the steps after the first; where nothing can be made of the ratings, by popularity, and says so. */
async function makeList(ports: RecommendPorts, request: ListRequest): Promise<UnnamedList> {
  const { catalogue, filter, diversity } = request;
  const { model, problem } = request.state;
  const { seen, dismissed, profile } = request.history;
  const modelVersion = model && String(model.version);
  const popular = (popularityReason: PopularityReason, degradedReason: string | null = null) =>
    popularList(catalogue, filter, [...seen, ...dismissed], {
      modelVersion,
      degradedReason,
      popularityReason,
    });
  if (!model) return popular(PopularityReason.NO_MODEL, problem ?? 'there is no trained model');
  if (request.isAllSkipped)
    return popular(PopularityReason.UNKNOWN_MOVIES, 'none of the rated movies exists');
  if (seen.length === 0) return popular(PopularityReason.NO_RATINGS);
  if (!profile) return popular(PopularityReason.UNKNOWN_MOVIES, 'the model knows none of the rated movies');
  if (likesNothing(profile)) {
    const leftOut = [...seen, ...dismissed, ...neighboursOf(model, profile)];
    const popularityReason = PopularityReason.ONLY_DISLIKES;
    return popularList(catalogue, filter, leftOut, { modelVersion, degradedReason: null, popularityReason });
  }

  const eligible = eligibleItems(model, catalogue, filter, rowsLeftOut(model, profile, dismissed));
  const inWords = new FilterInWords(filter, catalogue);
  const list = await recommend(ports, model, { profile, eligible, filter: inWords, diversity }, timed);
  const bytes =
    BYTES_AROUND + BYTES_PER_CANDIDATE * list.candidateCount + bytesOfProfile(profile, seen.length);
  return { ...list, modelVersion, ranker: RANKERS[list.ranker], popularityReason: null, bytes };
}

/** The rows of what a user has rated or dismissed; −1 where the model does not know the movie. */
export function rowsLeftOut(
  { items }: LoadedModel,
  profile: Profile,
  dismissed: Int32Array,
): ArrayLike<number> {
  // Most have dismissed nothing, and a history may be long.
  if (dismissed.length === 0) return profile.items;
  return [...profile.items, ...Array.from(dismissed, (movieId) => items.indexOf(movieId))];
}
