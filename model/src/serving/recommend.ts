import { FEATURES, type FeatureSource } from '@pocketrocket/engine';
import type { CandidateRanker } from './candidateRanker.ts';
import { explain, type Reason } from './explain.ts';
import type { LoadedModel } from './loadedModel.ts';
import { innerProduct } from './mathematics.ts';
import type { Profile } from './profile.ts';
import { rank, type RankedCandidates } from './rank.ts';
import { refine } from './refine.ts';
import { retrieve } from './retrieve.ts';
import type { AttributeFilter, VectorStore } from './vectorStore.ts';

/** The parts of the steps that can be swapped. */
export interface RecommendPorts {
  vectorStore: VectorStore;
  ranker: CandidateRanker;
}

/** Whom a list is for, and how it should be. */
export interface RecommendRequest {
  /** Step 1's, by the same model. */
  profile: Profile;
  /** [numItems], 1 where the item may be proposed; rated items are not. */
  eligible: Uint8Array;
  /** Part of why others are not eligible, for stores outside of this process. */
  filter?: AttributeFilter;
  /** 0 to 1. */
  diversity: number;
}

/** A whole list of recommendations, of which entries are made when they are shown. */
export interface RecommendedList {
  /** Number of entries. */
  length: number;
  /** The entries from `start`, at most `count`, best first. */
  entries(start: number, count: number): RecommendedItem[];
  /** The same without what says why: less work where nobody is told. */
  scores(start: number, count: number): Pick<RecommendedItem, 'movieId' | 'score'>[];
  ranker: RankedCandidates['ranker'];
  /** Number of candidates that the ranker received. */
  candidateCount: number;
  /** Why something else retrieved or ranked than was to, in words; null where nothing failed. */
  degradedReason: string | null;
}

export interface RecommendedItem {
  movieId: number;
  /** 0 to 1, comparable within one list. */
  score: number;
  /** Inner product of the user's recent item2vec vector with the movie's. */
  similarity: number;
  /** The source of the feature that counts most for it; `content` for a movie that the model was not trained on. */
  source: FeatureSource | 'content';
  /** Why it is here, strongest reason first. */
  reasons: Reason[];
}

/** Runs a step; whoever wants to know how long steps take measures around the work. */
export type StepTimer = <T>(step: 'retrieve' | 'rank' | 'refine' | 'explain', work: () => T) => T;

/** Steps 2 to 5: a list for a profile. */
export async function recommend(
  { vectorStore, ranker }: RecommendPorts,
  model: LoadedModel,
  { profile, eligible, filter, diversity }: RecommendRequest,
  timed: StepTimer = (_step, work) => work(),
): Promise<RecommendedList> {
  const { candidates, ...retrieval } = await timed('retrieve', () =>
    retrieve(vectorStore, model, profile, eligible, filter),
  );
  const ranked = await timed('rank', () => rank(ranker, model, profile, candidates));
  const refined = timed('refine', () => refine(model, ranked, diversity));
  const reasonsOf = explain(model, profile, candidates);
  const { dim, outVectors } = model.recommender.item2vec;
  return {
    length: refined.items.length,
    scores: (start, count) =>
      Array.from(refined.items.subarray(start, start + count), (itemIndex, index) => ({
        movieId: model.items.externalId(itemIndex),
        score: refined.scores[start + index] ?? 0,
      })),
    entries(start, count) {
      const shown = Array.from(refined.items.subarray(start, start + count));
      const reasons = timed('explain', () => reasonsOf(shown));
      return shown.map((itemIndex, index): RecommendedItem => {
        const strongest = candidates.strongest[refined.places[start + index] ?? -1] ?? -1;
        return {
          movieId: model.items.externalId(itemIndex),
          score: refined.scores[start + index] ?? 0,
          similarity: innerProduct(profile.user.item2vecRecent, outVectors, dim, itemIndex),
          source: itemIndex < model.numTrainedItems ? (FEATURES[strongest]?.source ?? 'popular') : 'content',
          reasons: reasons[index] ?? [],
        };
      });
    },
    ranker: ranked.ranker,
    candidateCount: candidates.items.length,
    degradedReason: inWords([retrieval.degradedReason, ranked.degradedReason]),
  };
}

function inWords(reasons: readonly (string | null)[]): string | null {
  return reasons.filter((reason) => reason !== null).join('; ') || null;
}
