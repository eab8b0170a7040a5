import { seededRandom, shuffle } from '@pocketrocket/engine';
import type { Logger } from '@pocketrocket/runtime';
import { casesOf, numDrawn } from '../pipeline/answers/casesOf.ts';
import type { AnswersOf, Cases, HeldOut, Question } from '../pipeline/answers/heldOut.ts';
import { toTensorsWithoutUsers, userNumbersOf, userWidth } from '../pipeline/answers/modelTensors.ts';
import type { UserMeasure } from '../pipeline/answers/userMeasures.ts';
import type { EvaluationTask } from '../pipeline/evaluation/evaluationTask.ts';
import type { BatchDeps } from '../pipeline/evaluation/userBatches.ts';
import { hashPlainData } from '../pipeline/fitting/hashPlainData.ts';
import { frameParts } from '../tensors/frames.ts';
import { npyParts } from '../tensors/npy.ts';
import { numbersOf, type SparkQuestions } from './sparkQuestions.ts';
import type { SparkRatings } from './sparkRatings.ts';

/** Of more users with held-out ratings so many are drawn: enough for any difference that matters. */
const MAX_ASKED_USERS = 200_000;

/**
 * The ratings that a split on Spark holds out; tasks there answer.
 * @param before the ratings that were split
 */
export function heldOutOnSpark(
  ratings: Pick<SparkRatings, 'split' | 'numUsers' | 'numItems' | 'userCounts' | 'withHeldOut'>,
  before: Pick<SparkRatings, 'userCounts'>,
  { negatives, seed }: Pick<EvaluationTask, 'negatives' | 'seed'>,
  questions: Pick<SparkQuestions, 'askForSeveral' | 'write'>,
  logger: Pick<Logger, 'info' | 'warn'>,
  mostUsers = MAX_ASKED_USERS,
): HeldOut {
  const { numUsers, numItems } = ratings;
  const all = Int32Array.from({ length: numUsers }, (_, userIndex) => userIndex).filter(
    (userIndex) => (ratings.userCounts[userIndex] ?? 0) < (before.userCounts[userIndex] ?? 0),
  );
  const users = someOf(all, mostUsers, seed);
  if (users.length < all.length)
    logger.warn({ users: users.length, of: all.length }, 'so many users are asked, drawn at random');
  const count = negatives.kind === 'sampled' ? negatives.count : null;
  const firstDraws = new Float64Array(users.length);
  let drawn = 0;
  users.forEach((userIndex, place) => {
    firstDraws[place] = drawn;
    if (count !== null) drawn += numDrawn(numItems, before.userCounts[userIndex] ?? 0, count);
  });

  return {
    users,
    async casesOf(places): Promise<Cases> {
      const ascending = places.slice().sort();
      const asked = Int32Array.from(ascending, (place) => users[place] ?? -1);
      const { histories, heldOut } = await ratings.withHeldOut(asked);
      const draws = Float64Array.from(ascending, (place) => firstDraws[place] ?? 0);
      const found = casesOf(histories, heldOut, count === null ? null : { count, seed, firstDraws: draws });
      // In the order asked for.
      const rankOf = new Map(Array.from(ascending, (place, rank) => [place, rank]));
      const ranks = Array.from(places, (place) => rankOf.get(place) ?? -1);
      return {
        cases: ranks.flatMap((rank) => found.cases[rank] ?? []),
        isTimed: Uint8Array.from(ranks, (rank) => found.isTimed[rank] ?? 0),
        histories,
      };
    },
    async answer(question: Question, { progress }: BatchDeps): Promise<AnswersOf> {
      const { title, model, scorers, measures } = question;
      const stage = progress.stage(title, users.length, 'users');
      const tensors = toTensorsWithoutUsers(question);
      const own = { shape: [users.length, userWidth(question)], data: userNumbersOf(question, users) };
      const settings = {
        numItems,
        numUsers,
        seed,
        numNegatives: count,
        settings: model.settings,
        scorers: Object.values(scorers),
        measures,
      };
      const files = {
        model: await questions.write(
          `${hashPlainData(tensors)}.frame`,
          frameParts({ header: { kind: 'partial' }, tensors }),
        ),
        vectors: await questions.write(`${hashPlainData(own)}.npy`, npyParts(own)),
      };
      const { result, stageOf } = await questions.askForSeveral(
        'answer',
        { split: ratings.split, settings, ...files },
        {
          users: { shape: [users.length], data: users },
          firstDraws: { shape: [users.length], data: firstDraws },
        },
      );
      stage.update(users.length);
      stage.finish();
      const facts = { users: users.length, scorers: Object.keys(scorers).length, ...result };
      logger.info({ depth: ratings.split.depth, ...facts }, 'answered on Spark');
      const names = Object.keys(scorers);
      return async (scorer) => {
        const answered = await stageOf(String(names.indexOf(scorer)));
        const values = numbersOf(answered, 'values', Float64Array);
        const column = (row: number): Float64Array =>
          values.subarray(row * users.length, (row + 1) * users.length);
        return {
          values: Object.fromEntries(measures.map((name: UserMeasure, row) => [name, column(row)])),
          isTimed: numbersOf(answered, 'isTimed', Uint8Array),
          listed: numbersOf(answered, 'listed', Uint8Array),
        };
      };
    },
  };
}

/** At most so many of the users, drawn by a seed, ascending. */
function someOf(users: Int32Array, most: number, seed: number): Int32Array {
  if (users.length <= most) return users;
  const drawn = users.slice();
  shuffle(drawn, seededRandom(seed));
  return drawn.slice(0, most).sort();
}
