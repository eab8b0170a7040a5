import {
  IdMap,
  interactionsOf,
  type CountedParts,
  type Interactions,
  type ItemFacts,
  type ItemNeighbours,
  type UserHistories,
} from '@pocketrocket/engine';
import type { Logger } from '@pocketrocket/runtime';
import { z } from 'zod';
import type { MeasuredSplit } from '../pipeline/answers/heldOut.ts';
import { isAnswerable } from '../pipeline/evaluation/planEvaluation.ts';
import type { PlannedEvaluation, PlanRequest } from '../pipeline/evaluation/planEvaluation.ts';
import type { DataHandle } from '../pipeline/fitting/fitData.ts';
import { handleOf } from '../pipeline/ratings/fingerprint.ts';
import type { RatingFacts } from '../pipeline/ratings/ratingFacts.ts';
import type { Ratings, RunRatings } from '../pipeline/ratings/ratings.ts';
import type { Stage } from '../tensors/tensorFolder.ts';
import { numbersOf, type SparkQuestions, type SparkSplit } from './sparkQuestions.ts';
import { heldOutOnSpark } from './sparkHeldOut.ts';

const factsSchema: z.ZodType<RatingFacts> = z.object({
  numRatings: z.number(),
  histogram: z.array(z.object({ stars: z.number(), count: z.number() })),
  span: z.object({ first: z.number(), last: z.number() }).nullable(),
  numUntimed: z.number(),
  years: z.array(z.object({ year: z.number(), count: z.number() })),
});

const splitSchema = z.object({
  numRatings: z.number(),
  numUntimed: z.number(),
  fingerprint: z.array(z.number()).length(4),
  digest: z.number(),
});

/** Ratings of one split that Spark holds. */
export class SparkRatings implements Ratings {
  readonly held = null;
  readonly numUsers: number;
  readonly numItems: number;
  readonly handle: DataHandle;
  readonly #questions: SparkQuestions;

  private constructor(
    readonly split: SparkSplit,
    readonly numRatings: number,
    readonly numUntimed: number,
    readonly userCounts: Int32Array,
    readonly itemCounts: Int32Array,
    digest: readonly number[],
    /** Of fits, which compare it with that of the ratings they are given. */
    readonly checksum: number,
    questions: SparkQuestions,
  ) {
    this.numUsers = userCounts.length;
    this.numItems = itemCounts.length;
    const { numUsers, numItems } = this;
    this.handle = handleOf({ numUsers, numItems, numRatings, digest });
    this.#questions = questions;
  }

  /** Lets Spark split its ratings. */
  static async of(split: SparkSplit, questions: SparkQuestions): Promise<SparkRatings> {
    const { result, stage } = await questions.ask('split', { split });
    const { numRatings, numUntimed, fingerprint, digest } = splitSchema.parse(result);
    const userCounts = numbersOf(stage, 'userCounts', Int32Array);
    const itemCounts = numbersOf(stage, 'itemCounts', Int32Array);
    return new SparkRatings(
      split,
      numRatings,
      numUntimed,
      userCounts,
      itemCounts,
      fingerprint,
      digest,
      questions,
    );
  }

  countParts(facts: ItemFacts): Promise<CountedParts> {
    return this.#questions.countParts(this.split, facts);
  }

  countNeighbours(): Promise<ItemNeighbours> {
    return this.#questions.fitItemNeighbours(this.split);
  }

  async historiesOf(users: Int32Array): Promise<Interactions> {
    return (await this.withHeldOut(users)).histories;
  }

  /** The histories of some users, and what the split holds out of them. */
  async withHeldOut(users: Int32Array): Promise<{ histories: Interactions; heldOut: Interactions }> {
    const { stage } = await this.#questions.ask('histories', {
      split: this.split,
      users: [...users],
    });
    const rowsOf = (name: string): Interactions => interactionsOf(this.#rowsIn(stage, name), this.numUsers);
    return { histories: rowsOf('train'), heldOut: rowsOf('heldOut') };
  }

  #rowsIn(stage: Stage, name: string): UserHistories {
    const userIndices = numbersOf(stage, `${name}.userIndex`, Int32Array);
    return {
      userIndices,
      interactions: {
        numUsers: userIndices.length,
        numItems: this.numItems,
        userOffsets: numbersOf(stage, `${name}.offsets`, Int32Array),
        itemIndices: numbersOf(stage, `${name}.itemIndices`, Int32Array),
        ratings: numbersOf(stage, `${name}.ratings`, Float32Array),
        timestamps: numbersOf(stage, `${name}.timestamps`, Float64Array),
      },
    };
  }
}

/**
 * All ratings that Spark has read, split there.
 * @param splitOf splits them, each way once
 */
export async function runRatingsOnSpark(
  inputs: Stage,
  splitOf: (split: SparkSplit) => Promise<SparkRatings>,
  questions: SparkQuestions,
  logger: Logger,
): Promise<RunRatings> {
  // Whatever the shape is: nothing is held out.
  const everything = await splitOf({ shape: { kind: 'last-out' }, seed: 0, depth: 0 });

  const measuredSplit = async (request: PlanRequest, depth: 1 | 2): Promise<MeasuredSplit> => {
    const { protocol, shape, innerShape, seed, negatives, facts } = request;
    const outer = await splitOf({ shape, seed, depth: 1 });
    const [before, ratings] =
      depth === 1
        ? [everything, outer]
        : [outer, await splitOf({ shape, ...(innerShape && { innerShape }), seed, depth })];
    const heldOut = heldOutOnSpark(ratings, before, { negatives, seed }, questions, logger);
    return { protocol, seed, isFullCatalogue: negatives.kind === 'none', facts, ratings, heldOut };
  };
  return {
    ids: {
      users: IdMap.fromAscending(numbersOf(inputs, 'userIds', Int32Array)),
      items: IdMap.fromAscending(numbersOf(inputs, 'itemIds', Int32Array)),
    },
    facts: factsSchema.parse(inputs.settings['facts']),
    everything,
    async plan(request): Promise<PlannedEvaluation> {
      const outer = await measuredSplit(request, 1);
      if (!request.isTuned) return { outer, inner: null };
      const inner = await measuredSplit(request, 2);
      return { outer, inner: isAnswerable(inner) ? inner : null };
    },
  };
}
