import { CandidateSource, Ranker } from '@pocketrocket/schema';
import type { ApiDeps } from '../deps.ts';
import type { RatedMovie } from '../repositories/ratingRepository.ts';
import type { ResolvedFilter } from '../services/movieFilter.ts';
import { modelFor } from '../services/modelFor.ts';
import { explain } from './explain.ts';
import { popularList } from './popularList.ts';
import { buildProfile } from './profile.ts';
import { rank } from './rank.ts';
import { refine } from './refine.ts';
import { retrieve } from './retrieve.ts';
import type { ServedList } from './servedList.ts';

export type RecommendDeps = Pick<ApiDeps, 'models' | 'catalogue' | 'vectorStore' | 'ranker'>;

/** For whom a list is, and how it should be. */
export interface RecommendRequest {
  /** Null for a taste given with the request. */
  userId: number | null;
  /** Oldest first; these movies are not proposed. */
  rated: readonly RatedMovie[];
  filter: ResolvedFilter;
  /** 0 to 1. */
  diversity: number;
}

/** Makes a whole list in five steps; where nothing can be made of the ratings, by popularity, and says so. */
export async function recommend(deps: RecommendDeps, request: RecommendRequest): Promise<ServedList> {
  const { userId, rated, filter, diversity } = request;
  const catalogue = deps.catalogue.current();
  const { model, problem } = modelFor(catalogue, deps.models.state());
  const seen = rated.map(({ movieId }) => movieId);
  const modelVersion = model && String(model.version);
  const popular = (degradedReason: string | null) =>
    popularList(catalogue, filter, seen, { modelVersion, degradedReason });
  if (!model) return popular(problem ?? 'there is no trained model');
  if (rated.length === 0) return popular(null);

  const profile = buildProfile(model, rated, userId);
  if (!profile) return popular('the model knows none of the rated movies');
  const candidates = await retrieve(deps.vectorStore, model, catalogue, { profile, filter, seen });
  const ranked = await rank(deps.ranker, model, profile, candidates);
  const refined = refine(model, ranked, diversity);
  const reasonsOf = explain(model, profile, candidates);
  const similarities = new Map(
    Array.from(candidates.items, (item, place) => [item, candidates.scores[place]]),
  );
  return {
    entries: Array.from(refined.items, (itemIndex, place) => ({
      movieId: model.items.externalId(itemIndex),
      score: refined.scores[place] ?? 0,
      similarity: similarities.get(itemIndex) ?? null,
      source: CandidateSource.ITEM2VEC,
      reasons: () => reasonsOf(itemIndex),
    })),
    modelVersion,
    ranker: profile.userIndex === null ? Ranker.RETRIEVAL : Ranker.NEURAL_CF,
    candidateCount: candidates.items.length,
    degradedReason: null,
  };
}
