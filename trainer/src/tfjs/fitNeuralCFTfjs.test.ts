import { describe, expect, it } from '@jest/globals';
import {
  fitNeuralCFReference,
  gaussian,
  groupByUser,
  scoreNeuralCF,
  seededRandom,
  type EpochProgress,
  type Interactions,
  type NeuralCF,
  type NeuralCFOptions,
} from '@pocketrocket/engine';
import { loadTensorFlow } from '@pocketrocket/model/tensorflow';
import { messageOf } from '@pocketrocket/runtime';
import { fitNeuralCFTfjs } from './fitNeuralCFTfjs.ts';

const NUM_USERS = 80;
const NUM_ITEMS = 60;
const DIM = 3;

const OPTIONS: NeuralCFOptions = {
  embeddingDim: 8,
  hiddenDims: [16, 8],
  negatives: 4,
  epochs: 12,
  learningRate: 0.01,
  batchSize: 64,
};

/** Users who meet the items nearest to their hidden tastes; the last of each user's is held out. */
function worldOf(seed: number): { train: Interactions; heldOut: Int32Array } {
  const random = seededRandom(seed);
  const vectors = (count: number) => Array.from({ length: count * DIM }, () => gaussian(random));
  const [users, items] = [vectors(NUM_USERS), vectors(NUM_ITEMS)];
  const affinity = (user: number, item: number) =>
    [0, 1, 2].reduce((sum, d) => sum + (users[user * DIM + d] ?? 0) * (items[item * DIM + d] ?? 0), 0);
  const heldOut = new Int32Array(NUM_USERS);
  const [userIndices, itemIndices]: [number[], number[]] = [[], []];
  for (let user = 0; user < NUM_USERS; user++) {
    const liked = Array.from({ length: NUM_ITEMS }, (_, item) => item)
      .sort((a, b) => affinity(user, b) - affinity(user, a))
      .slice(0, 12);
    heldOut[user] = liked.splice(5, 1)[0] ?? 0;
    userIndices.push(...liked.map(() => user));
    itemIndices.push(...liked);
  }
  const rows = {
    userIndices: Int32Array.from(userIndices),
    itemIndices: Int32Array.from(itemIndices),
    ratings: new Float32Array(userIndices.length).fill(4),
    timestamps: new Float64Array(userIndices.length).fill(Number.NaN),
  };
  return { train: groupByUser(rows, NUM_USERS, NUM_ITEMS), heldOut };
}

/** Share of users whose held-out item is among the ten best that they have not met. */
function hitRateAt10(model: NeuralCF, { train, heldOut }: ReturnType<typeof worldOf>): number {
  const all = Int32Array.from({ length: NUM_ITEMS }, (_, item) => item);
  const scores = new Float32Array(NUM_ITEMS);
  let hits = 0;
  heldOut.forEach((held, user) => {
    scoreNeuralCF(model, user, all, scores);
    for (const met of train.itemIndices.subarray(train.userOffsets[user], train.userOffsets[user + 1]))
      scores[met] = -Infinity;
    const own = scores[held] ?? 0;
    hits += scores.filter((score) => score > own).length < 10 ? 1 : 0;
  });
  return hits / NUM_USERS;
}

const problem = problemHere();
if (problem !== null && process.env['CI']) throw new Error(problem);
const describeWithTensorFlow = problem === null ? describe : describe.skip;

function problemHere(): string | null {
  try {
    loadTensorFlow();
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

describeWithTensorFlow('fitNeuralCFTfjs', () => {
  const world = worldOf(1);

  /** Both fits, and each one's loss per epoch. */
  function fitBoth(options: NeuralCFOptions) {
    return [fitNeuralCFReference, fitNeuralCFTfjs].map((fit) => {
      const losses: number[] = [];
      const onEpoch = ({ loss }: EpochProgress): number => losses.push(loss);
      return { model: fit(world.train, options, { seed: 3, onEpoch }), losses };
    });
  }

  it('sees the same samples as the engine, and takes the same first step', () => {
    // All in one batch: no row has moments yet that only one of the two would go on moving.
    const [engine, tfjs] = fitBoth({ ...OPTIONS, epochs: 2, batchSize: world.train.itemIndices.length });
    const [before = 0, after = 0] = (tfjs?.losses ?? []).map(
      (loss, epoch) => loss - (engine?.losses[epoch] ?? 0),
    );
    expect(Math.abs(before)).toBeLessThan(1e-6);
    // Adam's epsilon stands before the bias correction in one and after it in the other.
    expect(Math.abs(after)).toBeLessThan(1e-4);
  });

  it('learns as well as the engine', () => {
    const [engine, tfjs] = fitBoth(OPTIONS);
    expect(tfjs?.losses).toHaveLength(OPTIONS.epochs);
    tfjs?.losses.forEach((loss, epoch) => {
      expect(Math.abs(loss / (engine?.losses[epoch] ?? 0) - 1)).toBeLessThan(0.1);
    });
    const [ofEngine = 0, ofTfjs = 0] = [engine, tfjs].map(
      (fitted) => fitted && hitRateAt10(fitted.model, world),
    );
    expect(ofEngine).toBeGreaterThan(0.6);
    expect(Math.abs(ofTfjs - ofEngine)).toBeLessThan(0.1);
  });

  it('starts from a matrix factorization, and leaves no tensor behind', () => {
    const before = loadTensorFlow().memory().numTensors;
    const init = {
      numUsers: NUM_USERS,
      numItems: NUM_ITEMS,
      dim: OPTIONS.embeddingDim,
      userVectors: new Float32Array(NUM_USERS * OPTIONS.embeddingDim).fill(0.1),
      itemVectors: new Float32Array(NUM_ITEMS * OPTIONS.embeddingDim).fill(0.2),
      itemBiases: new Float32Array(NUM_ITEMS).fill(-1),
    };
    const options = { ...OPTIONS, epochs: 1, learningRate: 1e-9 };
    const { userEmbeddings, itemBiases } = fitNeuralCFTfjs(
      world.train,
      options,
      { seed: 3 },
      init,
    ).parameters;
    expect(userEmbeddings[0]).toBeCloseTo(0.1);
    expect(itemBiases[0]).toBeCloseTo(-1);
    expect(loadTensorFlow().memory().numTensors).toBe(before);
  });

  it('stops with what its listener throws, and when the loss is not finite', () => {
    const stop = (): void => {
      throw new Error('enough');
    };
    expect(() => fitNeuralCFTfjs(world.train, OPTIONS, { seed: 3, onEpoch: stop })).toThrow('enough');
    expect(() => fitNeuralCFTfjs(world.train, { ...OPTIONS, learningRate: 1e38 }, { seed: 3 })).toThrow(
      /the loss is not finite in epoch/,
    );
  });
});
