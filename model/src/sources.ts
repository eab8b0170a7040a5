import { CandidateSource } from '@pocketrocket/schema';
import type { RecommendedItem } from './serving/recommend.ts';

/** GraphQL's name of each source of candidates. */
export const CANDIDATE_SOURCES = {
  item2vec: CandidateSource.ITEM2VEC,
  collaborative: CandidateSource.COLLABORATIVE,
  transition: CandidateSource.TRANSITION,
  popular: CandidateSource.POPULAR,
  rising: CandidateSource.RISING,
  content: CandidateSource.CONTENT,
} as const satisfies Record<RecommendedItem['source'], CandidateSource>;
