import type {
  EvaluationCase,
  Interactions,
  ItemFacts,
  MatrixFactorization,
  RecommenderModel,
} from '@pocketrocket/engine';
import type { BatchDeps } from '../evaluation/userBatches.ts';
import type { Ratings } from '../ratings/ratings.ts';
import type { ScorerName } from './scorers.ts';
import type { Answers, UserMeasure } from './userMeasures.ts';

/** Questions to some users, and what is known of these. */
export interface Cases {
  readonly cases: readonly EvaluationCase[];
  /** [cases] 1 where every time of the user is known, in the history and held out. */
  readonly isTimed: Uint8Array;
  /** The histories to answer from, by the cases' `userIndex`. */
  readonly histories: Interactions;
}

/** A question to the users who are asked. */
export interface Question {
  /** Of its progress. */
  readonly title: string;
  /** Fitted on the split's training rows. */
  readonly model: RecommenderModel;
  /** Fitted beside it; for scorers of that kind. */
  readonly factorization: MatrixFactorization | null;
  readonly scorers: Readonly<Record<string, ScorerName>>;
  readonly measures: readonly UserMeasure[];
}

/** The answers of a scorer to all cases, ascending by user. */
export type AnswersOf = (scorer: string) => Promise<Answers>;

/** Held-out ratings, a case for each of their users, wherever they are. */
export interface HeldOut {
  /** Rows of the users who are asked, ascending. */
  readonly users: Int32Array;
  /** Number of users with held-out ratings: more than `users` where they are too many. */
  readonly numHeldOut: number;
  /** Some of the cases, in the order asked for. @param places in `users` */
  casesOf(places: Int32Array): Promise<Cases>;
  /** Lets scorers answer all cases, and measures the answers. */
  answer(question: Question, deps: BatchDeps): Promise<AnswersOf>;
}

/** A split to measure on: ratings to learn from, and held-out ones to find again. */
export interface MeasuredSplit {
  /** As reports name it. */
  readonly protocol: string;
  readonly seed: number;
  /** True where held-out items are ranked against the whole catalogue, false for a few negatives. */
  readonly isFullCatalogue: boolean;
  readonly facts: ItemFacts;
  readonly ratings: Ratings;
  readonly heldOut: HeldOut;
}
