import { setImmediate } from 'node:timers/promises';
import {
  evaluateScorer,
  item2vecScorer,
  metricPerCase,
  ndcgAtK,
  neuralCFScorer,
  pipelineScorer,
  popularityScorer,
} from '@pocketrocket/engine';
import type { EvaluationOutcome, Scorer, ServedSettings } from '@pocketrocket/engine';
import type { Progress } from '@pocketrocket/schema/runtime';
import type { FittedModels } from './fitModels.ts';
import { measure } from './metrics.ts';
import type { ModelMeasures } from './metrics.ts';
import { servedModelOf } from './servedModel.ts';
import type { PreparedTask } from './task.ts';

/** The names under which reports list models; `pipeline` is what would be served. */
export type ModelName = 'popularity' | 'item2vec' | 'neuralCF' | 'pipeline';

/** What was measured on one task. */
export interface Evaluation {
  protocol: string;
  seed: number;
  /** Users with held-out rows. */
  users: number;
  /** Each model's share of the served score. */
  weights: { item2vec: number; neuralCF: number };
  models: Record<ModelName, ModelMeasures>;
  /** The kind of user vector that is served. */
  userVector: ServedSettings['userVector'];
  /** item2vec with the other kind of user vector than the served one. */
  otherUserVector: { kind: ServedSettings['userVector']; measures: ModelMeasures };
  /** The same for the users whose times are all known. */
  timestampedUsers: { users: number; models: Record<ModelName, ModelMeasures> };
  /** nDCG@10 of each held-out user, ascending by user: what the gate compares pairwise. */
  ndcgAt10ByUser: Record<'popularity' | 'pipeline', Float64Array>;
}

/** Cases between two turns of the event loop, in which signals are noticed. */
const CASES_PER_TURN = 32;

/** Lets every model answer the task and measures the answers. */
export async function evaluateModels(
  task: PreparedTask,
  fitted: FittedModels,
  settings: ServedSettings,
  deps: { progress: Progress; signal: AbortSignal },
): Promise<Evaluation> {
  const { interactions, cases } = task;
  const served = servedModelOf(interactions, fitted, settings);
  const otherKind = settings.userVector === 'mean' ? 'recency' : 'mean';
  const other = { ...served, settings: { ...settings, userVector: otherKind } as const };
  const isTimestamped = timestampedUsersOf(task);

  const stage = deps.progress.stage('evaluating', 5 * cases.length, 'users');
  let numDone = 0;
  const answer = async (scorer: Scorer): Promise<EvaluationOutcome[]> => {
    const outcomes: EvaluationOutcome[] = [];
    for (let start = 0; start < cases.length; start += CASES_PER_TURN) {
      const some = cases.slice(start, start + CASES_PER_TURN);
      outcomes.push(...evaluateScorer(some, interactions, scorer));
      stage.update((numDone += some.length));
      await setImmediate();
      deps.signal.throwIfAborted();
    }
    return outcomes;
  };
  const measured = (outcomes: readonly EvaluationOutcome[]): ModelMeasures =>
    measure(task, outcomes, fitted.item2vec);

  const outcomes: Record<ModelName, EvaluationOutcome[]> = {
    popularity: await answer(popularityScorer(served)),
    item2vec: await answer(item2vecScorer(served, interactions)),
    neuralCF: await answer(neuralCFScorer(served, interactions)),
    pipeline: await answer(pipelineScorer(served, interactions)),
  };
  const otherOutcomes = await answer(item2vecScorer(other, interactions));
  stage.finish();

  const measuredModels = (accept: (userIndex: number) => boolean): Record<ModelName, ModelMeasures> => {
    const of = (name: ModelName): ModelMeasures =>
      measured(outcomes[name].filter(({ userIndex }) => accept(userIndex)));
    return {
      popularity: of('popularity'),
      item2vec: of('item2vec'),
      neuralCF: of('neuralCF'),
      pipeline: of('pipeline'),
    };
  };
  return {
    protocol: task.protocol,
    seed: task.seed,
    users: cases.length,
    // In whole percents: 1 − 0.7 is 0.30000000000000004.
    weights: {
      item2vec: (100 - Math.round(100 * settings.neuralCFWeight)) / 100,
      neuralCF: settings.neuralCFWeight,
    },
    models: measuredModels(() => true),
    userVector: settings.userVector,
    otherUserVector: { kind: otherKind, measures: measured(otherOutcomes) },
    timestampedUsers: {
      users: cases.filter(({ userIndex }) => isTimestamped(userIndex)).length,
      models: measuredModels(isTimestamped),
    },
    ndcgAt10ByUser: {
      popularity: ndcgAt10Of(outcomes.popularity),
      pipeline: ndcgAt10Of(outcomes.pipeline),
    },
  };
}

function ndcgAt10Of(outcomes: readonly EvaluationOutcome[]): Float64Array {
  return metricPerCase(outcomes, (ranks) => ndcgAtK(ranks, 10));
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
