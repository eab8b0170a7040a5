import {
  fitNeuralCFWith,
  seededRandom,
  unseenSampler,
  usersOfRows,
  type EpochPlan,
  type EpochResult,
  type FitContext,
  type Interactions,
  type NeuralCF,
  type NeuralCFInit,
  type NeuralCFOptions,
  type NeuralCFTrainer,
} from '@pocketrocket/engine';
import { loadTensorFlow, type TensorFlow } from '@pocketrocket/model/tensorflow';
import { neuralCFLayers, readWeights, writeWeights } from './neuralCFLayers.ts';

/** As in Kingma & Ba 2015, and in the engine. */
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * The engine's `fitNeuralCF` with TensorFlow taking the optimiser's steps: same start, same samples, same loss.
 *
 * The results differ by rounding, and because TensorFlow's Adam also moves the rows that a batch did not touch.
 * TensorFlow uses as many threads as it likes; `context.threads` says nothing to it.
 * @throws AppError ENVIRONMENT without the native library; FitError as the engine does
 */
export function fitNeuralCFTfjs(
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
  init?: NeuralCFInit,
): NeuralCF {
  const tf = loadTensorFlow();
  const closers: (() => void)[] = [];
  try {
    return fitNeuralCFWith(
      (model) => {
        const trainer = tfjsTrainer(tf, model, interactions, options);
        closers.push(() => trainer.close());
        return trainer;
      },
      interactions,
      options,
      context,
      init,
    );
  } finally {
    for (const close of closers) close();
  }
}

interface TfjsTrainer extends NeuralCFTrainer {
  /** Frees what TensorFlow holds. */
  close(): void;
}

/** @param model trained in place */
function tfjsTrainer(
  tf: TensorFlow,
  model: NeuralCF,
  interactions: Interactions,
  { batchSize, negatives, learningRate }: NeuralCFOptions,
): TfjsTrainer {
  const layers = neuralCFLayers(tf, model);
  writeWeights(tf, layers, model);
  const optimizer = tf.train.adam(learningRate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
  const sampleBatch = batchSampler(interactions, batchSize, negatives);
  // By the full batch's size in the last, smaller one too, as the engine does.
  const scale = 1 / (batchSize * (1 + negatives));
  return {
    runEpoch,
    close() {
      optimizer.dispose();
      layers.dispose();
    },
  };

  function runEpoch({ rows, seeds, learningRates }: EpochPlan): EpochResult {
    let loss = 0;
    let numSamples = 0;
    seeds.forEach((seed, batch) => {
      const samples = sampleBatch(rows.subarray(batch * batchSize, (batch + 1) * batchSize), seed);
      optimizer.learningRate = learningRates[batch] ?? learningRate;
      loss += stepOn(samples) / scale;
      numSamples += samples.labels.length;
    });
    readWeights(layers, model);
    return { loss, numSamples };
  }

  /** @returns the batch's loss, as scaled for the gradient */
  function stepOn({ users, items, labels }: Samples): number {
    return tf.tidy(() => {
      const shape = [labels.length, 1];
      const inputs = [tf.tensor(users, shape, 'int32'), tf.tensor(items, shape, 'int32')];
      const targets = tf.tensor(labels, shape, 'float32');
      const cost = optimizer.minimize(() => {
        const logits = layers.apply(inputs, { training: true });
        return tf.losses.sigmoidCrossEntropy(targets, logits, undefined, 0, tf.Reduction.SUM).mul(scale);
      }, true);
      return cost.dataSync()[0] ?? Number.NaN;
    });
  }
}

/** Pairs to tell apart, [n] each; a label is 1 where the user met the item. */
interface Samples {
  users: Int32Array;
  items: Int32Array;
  labels: Float32Array;
}

/** Each row's interaction and its negatives; the arrays are overwritten by the next call. */
function batchSampler(
  interactions: Interactions,
  batchSize: number,
  negatives: number,
): (rows: Int32Array, seed: number) => Samples {
  const sampleUnseen = unseenSampler(interactions);
  const userOfRow = usersOfRows(interactions);
  const group = new Int32Array(1 + negatives);
  const users = new Int32Array(batchSize * group.length);
  const items = new Int32Array(users.length);
  const labels = new Float32Array(users.length);
  return (rows, seed) => {
    const random = seededRandom(seed);
    let length = 0;
    for (const row of rows) {
      const user = userOfRow[row] ?? 0;
      group[0] = interactions.itemIndices[row] ?? 0;
      const count = 1 + sampleUnseen(user, group, random);
      users.fill(user, length, length + count);
      items.set(group.subarray(0, count), length);
      labels.fill(0, length, length + count);
      labels[length] = 1;
      length += count;
    }
    return {
      users: users.subarray(0, length),
      items: items.subarray(0, length),
      labels: labels.subarray(0, length),
    };
  };
}
