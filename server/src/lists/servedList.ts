import type { Reason, RecommendedItem } from '@pocketrocket/model';
import type { PopularityReason, Ranker } from '@pocketrocket/schema';

/** A whole list of recommendations, to be served page by page. */
export interface ServedList {
  /** Number of entries. */
  length: number;
  /** The entries from `start`, at most `count`, best first: worked out for those that are shown. */
  entries(start: number, count: number): ListEntry[];
  modelVersion: string | null;
  ranker: Ranker;
  /** Number of candidates that the ranker received. */
  candidateCount: number;
  /** Why the list is less than it should be, in words; null when it is not. */
  degradedReason: string | null;
  /** Why there is no entry, in words; null where there is one. */
  emptyReason: string | null;
  /** Why popular movies are served; null where they are not. */
  popularityReason: PopularityReason | null;
  /** The experiment that the user is in, and the arm by which the list was made; null without one. */
  experiment: string | null;
  arm: string | null;
  /** The revision of the ratings of the user whom it was made for; null for others. */
  ratingsRevision: string | null;
  /** An estimate of what the list keeps alive, in bytes. */
  bytes: number;
}

/** The part of a list that says for whom it was made, where that is nobody in particular. */
export const FOR_NOBODY = { experiment: null, arm: null, ratingsRevision: null } as const;

/** A list before it is told why it is empty, and for whom it was made. */
export type UnnamedList = Omit<ServedList, 'emptyReason' | keyof typeof FOR_NOBODY>;

export interface ListEntry {
  movieId: number;
  /** 0 to 1, comparable within one list. */
  score: number;
  /** The candidate stage's score; null where no embedding took part. */
  similarity: number | null;
  source: RecommendedItem['source'];
  /** Why it is here, strongest reason first. */
  reasons: Reason[];
}
