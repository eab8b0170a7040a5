import { FEATURES, type FeatureSource } from '@pocketrocket/engine';
import { CandidateSource } from '@pocketrocket/schema';
import type { ApiDeps } from '../deps.ts';
import type { ResolvedFilter } from '../services/movieFilter.ts';
import { stepBegins, stepEnds } from '../stepTimes.ts';
import { explain } from './explain.ts';
import { popularList } from './popularList.ts';
import type { LoadedModel, ModelState } from '../model/modelProvider.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { Profile, ProfiledHistory } from './profile.ts';
import { rank } from './rank.ts';
import { refine } from './refine.ts';
import { retrieve } from './retrieve.ts';
import type { ServedList } from './servedList.ts';

export type RecommendDeps = Pick<ApiDeps, 'vectorStore' | 'ranker'>;

/** For whom a list is, and how it should be. */
export interface RecommendRequest {
  catalogue: Catalogue;
  /** The catalogue's model, and what the history was profiled with. */
  state: ModelState;
  /** What step 1 made of the ratings; these movies are not proposed. */
  history: ProfiledHistory;
  filter: ResolvedFilter;
  /** 0 to 1. */
  diversity: number;
}

/** Makes a whole list by the steps after the first; where nothing can be made of the ratings, by popularity, and says so. */
export async function recommend(deps: RecommendDeps, request: RecommendRequest): Promise<ServedList> {
  const { catalogue, filter, diversity } = request;
  const { model, problem } = request.state;
  const { seen, profile } = request.history;
  const modelVersion = model && String(model.version);
  const popular = (degradedReason: string | null) =>
    popularList(catalogue, filter, seen, { modelVersion, degradedReason });
  if (!model) return popular(problem ?? 'there is no trained model');
  if (seen.length === 0) return popular(null);

  if (!profile) return popular('the model knows none of the rated movies');
  const begunAt = stepBegins();
  const { candidates, ...retrieval } = await retrieve(deps.vectorStore, model, catalogue, {
    profile,
    filter,
    seen,
  });
  stepEnds('retrieve', begunAt);
  const retrievedAt = stepBegins();
  const ranked = await rank(deps.ranker, model, profile, candidates);
  stepEnds('rank', retrievedAt);
  const rankedAt = stepBegins();
  const refined = refine(model, ranked, diversity);
  stepEnds('refine', rankedAt);
  const reasonsOf = explain(model, profile, candidates);
  const similarities = similaritiesOf(model, profile);
  return {
    length: refined.items.length,
    entries(start, count) {
      const shown = Array.from(refined.items.subarray(start, start + count));
      const shownAt = stepBegins();
      const reasons = reasonsOf(shown);
      stepEnds('explain', shownAt);
      return shown.map((itemIndex, index) => ({
        movieId: model.items.externalId(itemIndex),
        score: refined.scores[start + index] ?? 0,
        similarity: similarities(itemIndex),
        source:
          itemIndex < model.numTrainedItems
            ? sourceOf(candidates.strongest[candidates.items.indexOf(itemIndex)])
            : CandidateSource.CONTENT,
        reasons: reasons[index] ?? [],
      }));
    },
    modelVersion,
    ranker: ranked.ranker,
    candidateCount: candidates.items.length,
    degradedReason: inWords([retrieval.degradedReason, ranked.degradedReason]),
  };
}

function inWords(reasons: readonly (string | null)[]): string | null {
  return reasons.filter((reason) => reason !== null).join('; ') || null;
}

const SOURCES = {
  item2vec: CandidateSource.ITEM2VEC,
  collaborative: CandidateSource.COLLABORATIVE,
  transition: CandidateSource.TRANSITION,
  popular: CandidateSource.POPULAR,
} satisfies Record<FeatureSource, CandidateSource>;

/** Who speaks most for a candidate. */
function sourceOf(strongest: number | undefined): CandidateSource {
  const feature = FEATURES[strongest ?? -1];
  return feature ? SOURCES[feature.source] : CandidateSource.POPULAR;
}

/** The inner product of the user's item2vec vector with an item's. */
function similaritiesOf(
  { recommender: { item2vec } }: LoadedModel,
  { user }: Profile,
): (itemIndex: number) => number {
  const { dim, outVectors } = item2vec;
  return (itemIndex) => {
    let sum = 0;
    for (let d = 0; d < dim; d++)
      sum += (user.item2vecRecent[d] ?? 0) * (outVectors[itemIndex * dim + d] ?? 0);
    return sum;
  };
}
