import type { RecommendedItem } from './serving/recommend.ts';
import { CandidateSource } from '@pocketrocket/schema';

/** GraphQL's name of each source of candidates. */
export const CANDIDATE_SOURCES = {
  item2vec: CandidateSource.ITEM2VEC,
  item2vecRecent: CandidateSource.ITEM2VEC,
  implicitALS: CandidateSource.COLLABORATIVE,
  ease: CandidateSource.COLLABORATIVE,
  easeRecent: CandidateSource.COLLABORATIVE,
  coVisitation: CandidateSource.TRANSITION,
  coVisitationRecent: CandidateSource.TRANSITION,
  transitionsRecent: CandidateSource.TRANSITION,
  transitionsLast: CandidateSource.TRANSITION,
  trend: CandidateSource.POPULAR,
  trendRatio: CandidateSource.POPULAR,
  popularity: CandidateSource.POPULAR,
  content: CandidateSource.CONTENT,
} as const satisfies Record<RecommendedItem['source'], CandidateSource>;
