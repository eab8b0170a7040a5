import { evaluateScorer, ModelScorers, type Scorer } from '@pocketrocket/engine';
import type { Cases, Question } from './heldOut.ts';
import { scorerOf } from './scorers.ts';
import { AnswerCollector } from './userMeasures.ts';
import type { Answers, MeasureContext } from './userMeasures.ts';

const NUM_TOP_ITEMS = 20;

/** Lets several scorers of one model answer cases, a few at a time: they share what these users' features cost. */
export class Answering {
  readonly #cases: Cases;
  readonly #scorers: readonly (readonly [string, Scorer, AnswerCollector])[];

  constructor(
    cases: Cases,
    { model, factorization, scorers, measures }: Omit<Question, 'title'>,
    { itemCounts, numUsers }: Pick<MeasureContext, 'itemCounts' | 'numUsers'>,
  ) {
    const { histories } = cases;
    const { outVectors, dim } = model.item2vec;
    const context = { histories, itemCounts, numUsers, itemVectors: { vectors: outVectors, dim } };
    const ofModel = new ModelScorers(model, histories);
    this.#cases = cases;
    this.#scorers = Object.entries(scorers).map(([name, scorer]) => [
      name,
      scorerOf(scorer, ofModel, factorization),
      new AnswerCollector(measures, context, cases.cases.length),
    ]);
  }

  /** Lets all scorers answer the cases `places`, which go on from those before. */
  take(places: readonly number[]): void {
    const { cases, isTimed, histories } = this.#cases;
    const some = places.flatMap((place) => cases[place] ?? []);
    for (const [, scorer, collector] of this.#scorers) {
      evaluateScorer(some, histories, scorer, NUM_TOP_ITEMS).forEach((outcome, index) =>
        collector.add(outcome, isTimed[places[index] ?? -1] === 1),
      );
    }
  }

  /** The measured answers, by scorer. */
  answers(): Record<string, Answers> {
    return Object.fromEntries(this.#scorers.map(([name, , { answers }]) => [name, answers]));
  }
}
