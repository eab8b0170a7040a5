import {
  HistoryCollector,
  interactionsOf,
  type Interactions,
  type Tensors,
  type UserHistories,
} from '@pocketrocket/engine';
import { servingSettingsSchema } from '@pocketrocket/model/artifact';
import { z } from 'zod';
import { Answering } from '../../pipeline/answers/answering.ts';
import { casesOf } from '../../pipeline/answers/casesOf.ts';
import { fromTensorsWithUsers } from '../../pipeline/answers/modelTensors.ts';
import { scorerSchema } from '../../pipeline/answers/scorers.ts';
import { USER_MEASURES } from '../../pipeline/answers/userMeasures.ts';
import { rowsIn } from '../../tasks/rows.ts';
import type { NamedTensors } from '../../tensors/namedTensors.ts';
import { checked } from '../task.ts';
import type { Task, TaskInput } from '../task.ts';
import { vectorIn } from '../tensorsIn.ts';

const settingsSchema = z.object({
  numItems: z.number().int().positive(),
  /** Of all users, not those of this task alone. */
  numUsers: z.number().int().positive(),
  seed: z.number().int().nonnegative(),
  /** Of each user; null where held-out items are ranked against the whole catalogue. */
  numNegatives: z.number().int().positive().nullable(),
  /** Of the model. */
  settings: servingSettingsSchema,
  scorers: z.array(scorerSchema),
  measures: z.array(z.enum(USER_MEASURES)),
});

type AnswerSettings = z.infer<typeof settingsSchema>;

/** Users whose features are computed once for all scorers. */
const USERS_PER_BATCH = 32;

/**
 * Lets a model answer what was held out of users, whose histories come as rows, and measures the answers.
 *
 * The first partial is the model without users. Each further one has held-out rows of some users, with `firstDraw` [users], the negatives
 * drawn for all users before each one, and `vectors` [users × width], their own numbers in the model. `itemCounts` [numItems] comes with the
 * start. The result are `userIndex` and `isTimed` [users], and of the n-th scorer `values.n` [measures × users] and `listed.n` [numItems].
 */
export const answerTask: Task = {
  prepare(given) {
    const settings = checked(settingsSchema, given);
    const partials: NamedTensors[] = [];
    return {
      add: (partial) => void partials.push(partial),
      run: (input) => answered(settings, input, partials),
    };
  },
};

function answered(
  { numItems, numUsers, seed, numNegatives: count, settings, scorers, measures }: AnswerSettings,
  { tensors, histories }: TaskInput,
  [ofModel, ...parts]: readonly NamedTensors[],
): NamedTensors {
  const itemCounts = vectorIn(tensors, 'itemCounts', '<i4', numItems);
  if (!ofModel) throw new RangeError('answer: no model came');
  const { users, heldOut, firstDraws, vectors } = joined(parts, numItems, numUsers);
  const placeOf = new Map(Array.from(users, (userIndex, place) => [userIndex, place]));
  const negatives = count === null ? null : { count, seed, firstDraws };
  const cases = casesOf(placed(histories, placeOf), heldOut, negatives);
  const measured = fromTensorsWithUsers(ofModel as Tensors, settings, users.length, vectors);
  const byPlace = Object.fromEntries(scorers.map((scorer, place) => [place, scorer]));
  const answering = new Answering(
    cases,
    { ...measured, scorers: byPlace, measures },
    { itemCounts, numUsers },
  );
  const places = [...users.keys()];
  for (let start = 0; start < places.length; start += USERS_PER_BATCH) {
    answering.take(places.slice(start, start + USERS_PER_BATCH));
  }
  const results: Record<string, NamedTensors[string]> = {
    userIndex: { shape: [users.length], data: users },
    isTimed: { shape: [users.length], data: cases.isTimed },
  };
  for (const [scorer, { values, listed }] of Object.entries(answering.answers())) {
    const columns = new Float64Array(measures.length * users.length);
    measures.forEach((name, row) => columns.set(values[name] ?? [], row * users.length));
    results[`values.${scorer}`] = { shape: [measures.length, users.length], data: columns };
    results[`listed.${scorer}`] = { shape: [numItems], data: listed };
  }
  return results;
}

interface AskedUsers {
  /** Ascending. */
  users: Int32Array;
  /** By their places in `users`. */
  heldOut: Interactions;
  firstDraws: Float64Array;
  vectors: Float32Array;
}

/** Puts together what came of users in parts, in any order. */
function joined(parts: readonly NamedTensors[], numItems: number, numUsers: number): AskedUsers {
  const collector = new HistoryCollector({ numItems, numUsers });
  const own = new Map<number, { firstDraw: number; vector: Float32Array }>();
  for (const tensors of parts) {
    const rows = rowsIn({ header: { kind: 'rows' }, tensors }, numItems);
    collector.add(rows);
    const { length } = rows.userIndices;
    const draws = vectorIn(tensors, 'firstDraw', '<f8', length);
    const vectors = vectorIn(tensors, 'vectors', '<f4');
    const width = vectors.length / length;
    rows.userIndices.forEach((userIndex, place) => {
      const vector = vectors.subarray(place * width, (place + 1) * width);
      own.set(userIndex, { firstDraw: draws[place] ?? 0, vector });
    });
  }
  const { userIndices: users, interactions: heldOut } = collector.build();
  const firstDraws = Float64Array.from(users, (userIndex) => own.get(userIndex)?.firstDraw ?? 0);
  const width = own.get(users[0] ?? -1)?.vector.length ?? 0;
  const vectors = new Float32Array(users.length * width);
  users.forEach((userIndex, place) => vectors.set(own.get(userIndex)?.vector ?? [], place * width));
  return { users, heldOut, firstDraws, vectors };
}

/** Histories by the places of their users. @throws RangeError for a user who is not asked */
function placed(
  { userIndices, interactions }: UserHistories,
  placeOf: ReadonlyMap<number, number>,
): Interactions {
  const places = userIndices.map((userIndex) => placeOf.get(userIndex) ?? -1);
  if (places.includes(-1)) throw new RangeError('answer: the history of a user who is not asked');
  return interactionsOf({ userIndices: places, interactions }, placeOf.size);
}
