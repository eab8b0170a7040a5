import {
  dislikedRateAtK,
  hitRateAtK,
  historyOf,
  intraListDiversity,
  mapAtK,
  meanCount,
  ndcgAtK,
  novelty,
  precisionAtK,
  recallAtK,
  type Interactions,
  type RatedOutcome,
} from '@pocketrocket/engine';

/** All that measures need beside an answer. */
export interface MeasureContext {
  /** The histories of the users who are asked. */
  readonly histories: Interactions;
  /** Ratings of each item to learn from, [numItems]. */
  readonly itemCounts: Int32Array;
  /** Of all users. */
  readonly numUsers: number;
  /** Vectors by which items are compared, [numItems × dim]. */
  readonly itemVectors: { readonly vectors: Float32Array; readonly dim: number };
}

type Measure = (outcome: RatedOutcome, context: MeasureContext) => number;

const MEASURES = {
  hitRateAt10: ({ ranks }) => hitRateAtK(ranks, 10),
  ndcgAt10: ({ ranks }) => ndcgAtK(ranks, 10),
  mapAt10: ({ ranks }) => mapAtK(ranks, 10),
  precisionAt10: ({ ranks }) => precisionAtK(ranks, 10),
  recallAt10: ({ ranks }) => recallAtK(ranks, 10),
  recallAt500: ({ ranks }) => recallAtK(ranks, 500),
  /** NaN for a user who liked nothing that was held out. */
  ndcgAt10OfLiked: ({ likedRanks }) => (likedRanks.length > 0 ? ndcgAtK(likedRanks, 10) : NaN),
  dislikedRateAt10: ({ topItems, disliked }) => dislikedRateAtK(topItems, disliked, 10),
  novelty: ({ topItems }, { itemCounts, numUsers }) => novelty(topItems, itemCounts, numUsers),
  /** NaN for a list without a pair. */
  intraListDiversity: ({ topItems }, { itemVectors: { vectors, dim } }) =>
    topItems.length > 1 ? intraListDiversity(topItems, vectors, dim) : NaN,
  /** Mean ratings of the items on the list; NaN for a user without a history. */
  popularity: ({ topItems, userIndex }, context) =>
    hasHistory(userIndex, context) ? meanCount(topItems, context.itemCounts) : NaN,
  /** Mean ratings of the items of the history; NaN without one. */
  watchedPopularity: ({ userIndex }, { histories, itemCounts }) =>
    hasHistory(userIndex, { histories }) ? meanCount(historyOf(histories, userIndex), itemCounts) : NaN,
  /** Tells lists apart, by items and order. */
  listDigest: ({ topItems }) => topItems.reduce((digest, item) => (4099 * digest + item + 1) % PRIME, 0),
} as const satisfies Record<string, Measure>;

/** Below 2^53 / 4099, so that no product is rounded. */
const PRIME = 2_199_023_255_531;

/** Names a number that one user's answer is measured by. */
export type UserMeasure = keyof typeof MEASURES;
export const USER_MEASURES = Object.keys(MEASURES) as [UserMeasure, ...UserMeasure[]];

/** Names of what is measured of answers among a few negatives. */
export const SAMPLED_MEASURES: readonly UserMeasure[] = ['hitRateAt10', 'ndcgAt10', 'listDigest'];

/** The measured answers of one scorer. */
export interface Answers {
  /** Of each measure that was asked for its values, [users]. */
  readonly values: Readonly<Partial<Record<UserMeasure, Float64Array>>>;
  /** [users] 1 where every time of the user is known. */
  readonly isTimed: Uint8Array;
  /** [numItems] {@link LISTED}, and {@link LISTED_TIMED}, of each item. */
  readonly listed: Uint8Array;
}

/** Bit of an item that is on a list. */
export const LISTED = 1;
/** Bit of an item that is on the list of a user whose times are all known. */
export const LISTED_TIMED = 2;

/** Collects what answers measure, one after another. */
export class AnswerCollector {
  readonly answers: Answers;
  readonly #measures: readonly UserMeasure[];
  readonly #context: MeasureContext;
  #count = 0;

  /** @param numUsers of whom answers will come */
  constructor(measures: readonly UserMeasure[], context: MeasureContext, numUsers: number) {
    this.#measures = measures;
    this.#context = context;
    this.answers = {
      values: Object.fromEntries(measures.map((name) => [name, new Float64Array(numUsers)])),
      isTimed: new Uint8Array(numUsers),
      listed: new Uint8Array(context.itemCounts.length),
    };
  }

  add(outcome: RatedOutcome, isTimed: boolean): void {
    const { values, listed, isTimed: timed } = this.answers;
    const place = this.#count++;
    for (const name of this.#measures) {
      const column = values[name];
      if (column) column[place] = MEASURES[name](outcome, this.#context);
    }
    timed[place] = Number(isTimed);
    const bits = isTimed ? LISTED | LISTED_TIMED : LISTED;
    for (const item of outcome.topItems) listed[item] = (listed[item] ?? 0) | bits;
  }
}

function hasHistory(userIndex: number, { histories }: Pick<MeasureContext, 'histories'>): boolean {
  return historyOf(histories, userIndex).length > 0;
}
