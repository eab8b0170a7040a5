import type { Logger } from '@pocketrocket/runtime';
import { drawUsers, MAX_ASKED_USERS } from '../pipeline/answers/askedUsers.ts';
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

/**
 * The ratings that a split on Spark holds out; tasks there answer.
 * @param before the ratings that were split
 */
export function heldOutOnSpark(
  ratings: Pick<SparkRatings, 'split' | 'numUsers' | 'numItems' | 'userCounts' | 'withHeldOut'>,
  before: Pick<SparkRatings, 'userCounts'>,
  { negatives, seed }: Pick<EvaluationTask, 'negatives' | 'seed'>,
  questions: Pick<SparkQuestions, 'askForSeveral' | 'write'>,
  logger: Pick<Logger, 'info'>,
  mostUsers = MAX_ASKED_USERS,
): HeldOut {
  const { numUsers, numItems } = ratings;
  const all = Int32Array.from({ length: numUsers }, (_, userIndex) => userIndex).filter(
    (userIndex) => (ratings.userCounts[userIndex] ?? 0) < (before.userCounts[userIndex] ?? 0),
  );
  const users = drawUsers(all, mostUsers, seed);
  const count = negatives.kind === 'sampled' ? negatives.count : null;
  const firstDraws = new Float64Array(users.length);
  let drawn = 0;
  users.forEach((userIndex, place) => {
    firstDraws[place] = drawn;
    if (count !== null) drawn += numDrawn(numItems, before.userCounts[userIndex] ?? 0, count);
  });

  return {
    users,
    numHeldOut: all.length,
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
