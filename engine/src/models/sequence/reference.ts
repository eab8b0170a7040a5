import type { Interactions } from '../../data/interactions.ts';
import { BETA1, BETA2, EPSILON } from './adam.ts';
import { zeroGradient } from './forward.ts';
import type { SequenceGradient } from './forward.ts';
import { addWindowGradient, tokenRows, windowAt } from './gradient.ts';
import type { SequenceOptions } from './options.ts';
import { PARAMETER_NAMES, parametersOf } from './parameters.ts';
import { positivePower } from './plan.ts';
import type { EpochPlan } from './plan.ts';
import { shapeOf } from './state.ts';
import type { SequenceNumbers, SequenceState } from './state.ts';
import type { EpochResult, SequenceTrainer } from './trainer.ts';

const { min, sqrt } = Math;

/** Training in plain TypeScript: one window after the other, then Adam on all parameters. */
export function referenceTrainer(
  state: SequenceState,
  interactions: Interactions,
  options: SequenceOptions,
): SequenceTrainer {
  const rows = tokenRows(interactions);
  const shape = shapeOf(interactions, options);
  const viewsOf = ({ itemEmbeddings, network }: SequenceNumbers) =>
    parametersOf(shape, itemEmbeddings, network);
  const model = { ...shape, parameters: viewsOf(state.weights) };
  const first = viewsOf(state.first);
  const second = viewsOf(state.second);
  const average = viewsOf(state.average);
  const power = positivePower(interactions, options);
  return { runEpoch };

  function runEpoch(plan: EpochPlan): EpochResult {
    const { batchSize, dropout, loss, negatives: numNegatives } = options;
    let total = 0;
    let numTargets = 0;
    for (let batch = 0; batch < plan.seeds.length; batch++) {
      const gradient = zeroGradient(shape);
      const from = batch * batchSize;
      const end = min(plan.starts.length, from + batchSize);
      const drawn = [batch * numNegatives, (batch + 1) * numNegatives];
      const targets = plan.lengths.subarray(from, end).reduce((sum, length) => sum + length, 0);
      const settings = {
        negatives: {
          items: plan.negatives.subarray(...drawn),
          corrections: plan.corrections.subarray(...drawn),
        },
        dropout,
        loss,
        power,
        seed: plan.seeds[batch],
        scale: 1 / targets,
      };
      for (let window = from; window < end; window++) {
        const one = windowAt(rows, plan.starts[window], plan.lengths[window], window - from);
        total += addWindowGradient(model, one, settings, gradient);
      }
      numTargets += targets;
      step(gradient, plan.rates[batch], plan.averagings[batch]);
      state.steps++;
    }
    return { loss: total, numTargets };
  }

  /** Adam on all parameters; the average follows. */
  function step(gradient: SequenceGradient, rate: number, averaging: number): void {
    for (const name of PARAMETER_NAMES) {
      const [values, m, v, mean] = [model.parameters[name], first[name], second[name], average[name]];
      gradient[name].forEach((slope, i) => {
        m[i] = BETA1 * m[i] + (1 - BETA1) * slope;
        v[i] = BETA2 * v[i] + (1 - BETA2) * slope * slope;
        values[i] -= (rate * m[i]) / (sqrt(v[i]) + EPSILON);
        mean[i] += averaging * (values[i] - mean[i]);
      });
    }
  }
}
