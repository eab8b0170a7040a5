import type { PreparedTask } from '../evaluation/evaluationTask.ts';
import { inUserBatches } from '../evaluation/userBatches.ts';
import type { BatchDeps } from '../evaluation/userBatches.ts';
import { RatingsInMemory } from '../ratings/ratingsInMemory.ts';
import { Answering } from './answering.ts';
import { drawUsers, MAX_ASKED_USERS } from './askedUsers.ts';
import type { AnswersOf, Cases, HeldOut, MeasuredSplit, Question } from './heldOut.ts';

/** A task whose ratings this process holds, as stages take it. @param mostUsers of more with held-out ratings so many are asked */
export function splitInMemory(task: PreparedTask, mostUsers = MAX_ASKED_USERS): MeasuredSplit {
  const { protocol, seed, facts, negatives } = task;
  const ratings = new RatingsInMemory(task.interactions);
  return {
    protocol,
    seed,
    isFullCatalogue: negatives.kind === 'none',
    facts,
    ratings,
    heldOut: new HeldOutInMemory(task, ratings, mostUsers),
  };
}

class HeldOutInMemory implements HeldOut {
  readonly users: Int32Array;
  readonly numHeldOut: number;
  readonly #all: Cases;
  readonly #ratings: RatingsInMemory;

  constructor(task: PreparedTask, ratings: RatingsInMemory, mostUsers: number) {
    const { cases, interactions } = task;
    const isTimed = timestampedUsersOf(task);
    const all = Int32Array.from(cases, ({ userIndex }) => userIndex);
    this.numHeldOut = all.length;
    this.users = drawUsers(all, mostUsers, task.seed);
    const asked = new Set(this.users);
    this.#all = {
      cases: cases.filter(({ userIndex }) => asked.has(userIndex)),
      isTimed: Uint8Array.from(this.users, (userIndex) => Number(isTimed(userIndex))),
      histories: interactions,
    };
    this.#ratings = ratings;
  }

  async casesOf(places: Int32Array): Promise<Cases> {
    const { cases, isTimed, histories } = this.#all;
    return {
      cases: [...places].flatMap((place) => cases[place] ?? []),
      isTimed: Uint8Array.from(places, (place) => isTimed[place] ?? 0),
      histories,
    };
  }

  async answer({ title, ...question }: Question, deps: BatchDeps): Promise<AnswersOf> {
    const answering = new Answering(this.#all, question, this.#ratings);
    await inUserBatches(title, [...this.users.keys()], (places) => answering.take(places), deps);
    const answers = answering.answers();
    return async (scorer) => {
      const found = answers[scorer];
      if (!found) throw new RangeError(`the scorer ${scorer} was not asked`);
      return found;
    };
  }
}

/** Tells of which users every time is known, in training and holdout. */
function timestampedUsersOf({ train, holdout }: PreparedTask): (userIndex: number) => boolean {
  const untimed = new Set<number>();
  for (const { userIndices, timestamps } of [train, holdout]) {
    userIndices.forEach((userIndex, row) => {
      if (Number.isNaN(timestamps[row])) untimed.add(userIndex);
    });
  }
  return (userIndex) => !untimed.has(userIndex);
}
