import {
  dislikeRisks,
  rankCandidates,
  type OrderedCandidates,
  type RetrievedCandidates,
} from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';
import { inProcessRanker, type CandidateRanker } from './candidateRanker.ts';
import type { LoadedModel } from './loadedModel.ts';
import type { Profile } from './profile.ts';

/** A ranked list and what ranked it. */
export interface RankedCandidates extends OrderedCandidates {
  /** `retrieval` where NeuralCF could not score the user. */
  ranker: 'neuralCF' | 'retrieval';
  /** Why the engine ranked in place of the ranker that was to; null where nothing failed. */
  degradedReason: string | null;
}

/**
 * Step 3: the candidates in the order that the user will like them, with scores in (0, 1). NeuralCF scores, this blends. Where
 * the ranker depends on something that does not answer, the published NeuralCF in this process scores instead.
 */
export async function rank(
  ranker: CandidateRanker,
  model: LoadedModel,
  profile: Profile,
  candidates: RetrievedCandidates,
): Promise<RankedCandidates> {
  const { logits, degradedReason } = await logitsOf(ranker, model, profile, candidates.items);
  const risks = dislikeRisks(model.recommender, profile.user, candidates.items);
  const ranked = rankCandidates(model.recommender, candidates, logits, risks);
  return { ...ranked, ranker: logits ? 'neuralCF' : 'retrieval', degradedReason };
}

/** NeuralCF's logits, by the ranker or in its place by the engine. */
export async function logitsOf(
  ranker: CandidateRanker,
  model: LoadedModel,
  profile: Profile,
  items: Int32Array,
): Promise<{ logits: Float32Array | null; degradedReason: string | null }> {
  try {
    return { logits: await ranker.logits(model, profile, items), degradedReason: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'UPSTREAM_UNAVAILABLE') throw error;
    const logits = await inProcessRanker.logits(model, profile, items);
    return { logits, degradedReason: `${error.message}; ${logits ? 'the engine' : 'retrieval'} ranks` };
  }
}
