import type { Evaluation } from '../pipeline/stages/measureModels.ts';
import type { ModelMeasures } from '../pipeline/evaluation/modelMeasures.ts';
import { formatTable } from './table.ts';

/** The one object that `evaluate --json` prints. */
export function toJson(evaluation: Evaluation, seconds: number): object {
  const { protocol, users, seed, weights, retrievalWeights, models, ablation, timestampedUsers } = evaluation;
  return {
    protocol,
    users,
    seed,
    seconds,
    weights,
    retrievalWeights,
    models: mapValues(models, accuracyOf),
    ablation: mapValues(ablation, accuracyOf),
    changedByNeuralCF: evaluation.changedByNeuralCF,
    calibration: evaluation.calibration,
    timestampedUsers: {
      users: timestampedUsers.users,
      models: mapValues(timestampedUsers.models, accuracyOf),
    },
  };
}

/** Formats an evaluation for people: accuracy with intervals for all users and those of known times, then the rest. */
export function toText(evaluation: Evaluation, seconds: number): string {
  const { protocol, users, seed, weights, models, ablation, timestampedUsers } = evaluation;
  const shares = Object.entries(weights).map(([name, share]) => `${name} ${share.toFixed(2)}`);
  const changed = `${Math.round(100 * evaluation.changedByNeuralCF)} %`;
  const sections = [
    `${protocol}: ${users} users, seed ${seed}, ${seconds.toFixed(1)} s`,
    `pipeline = ${shares.join(' + ')}; without NeuralCF the first 20 of ${changed} of the users would differ`,
    calibrationText(evaluation.calibration),
    accuracyTable(models),
    'the pipeline without one of its parts',
    accuracyTable(ablation),
  ];
  if (timestampedUsers.users !== users && timestampedUsers.users > 0) {
    sections.push(
      `the ${timestampedUsers.users} users whose times are all known`,
      accuracyTable(timestampedUsers.models),
    );
  }
  if (models.pipeline?.beyondAccuracy) sections.push('the first 10 of a list', beyondAccuracyTable(models));
  return sections.join('\n') + '\n';
}

function calibrationText({ error, users }: Evaluation['calibration']): string {
  const found = error === null ? 'cannot be told' : `${error.toFixed(4)} over ten bins`;
  return `calibration error of its scores: ${found}, ${users} users`;
}

function accuracyTable(models: Record<string, ModelMeasures>): string {
  const metrics = Object.keys(Object.values(models)[0]?.accuracy ?? {});
  return formatTable(
    ['model', ...metrics],
    Object.entries(models).map(([name, { accuracy }]) => [
      name,
      ...Object.values(accuracy).map(
        ({ mean, low, high }) => `${mean.toFixed(4)} [${low.toFixed(3)}, ${high.toFixed(3)}]`,
      ),
    ]),
  );
}

function beyondAccuracyTable(models: Record<string, ModelMeasures>): string {
  const rows = Object.entries(models).map(([name, { beyondAccuracy }]) => [
    name,
    ...Object.values(beyondAccuracy ?? {}).map((value) => value.toFixed(4)),
  ]);
  return formatTable(['model', ...Object.keys(Object.values(models)[0]?.beyondAccuracy ?? {})], rows);
}

function accuracyOf({ accuracy }: ModelMeasures): Record<string, number> {
  return mapValues(accuracy, ({ mean }) => mean);
}

function mapValues<Key extends string, Value, Result>(
  record: Record<Key, Value>,
  change: (value: Value) => Result,
): Record<Key, Result> {
  const entries = Object.entries(record) as [Key, Value][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value)])) as Record<Key, Result>;
}
