import type { FeatureWeights, ServedSettings } from './features/recommenderModel.ts';
import type { FitOptions, RankingFeature } from './features/registry.ts';
import type { SequenceOptions } from './models/sequence/index.ts';

/** The models that every recipe has; each other one may be null, and then does not take part. */
type AlwaysFitted = 'item2vec' | 'coVisitation' | 'transitions' | 'neuralCF';

/** Settings that go together: the options of every fit, by the model's name, and those of serving. */
export type ModelRecipe = {
  readonly [Name in keyof FitOptions]: FitOptions[Name] | (Name extends AlwaysFitted ? never : null);
} & {
  /** The settings of serving where nothing is tuned. */
  readonly serving: Pick<ServedSettings, 'retrievalWeights' | 'rankingWeights' | 'numCandidates'>;
};

/** The data's size, by which a recipe is chosen. */
export interface DataSize {
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
}

/** A recipe with a sentence for each choice that the data's size decided. */
export interface ChosenRecipe {
  readonly recipe: ModelRecipe;
  readonly reasons: readonly string[];
}

/** Weights for where nothing is tuned, of retrieval and of ranking; they favour features of the latest items. */
const DEFAULT_WEIGHTS: Readonly<Partial<Record<RankingFeature, readonly [number, number]>>> = {
  item2vec: [0.1, 0.1],
  implicitALS: [0.15, 0.1],
  ease: [0.15, 0.15],
  easeRecent: [0.15, 0.15],
  coVisitationRecent: [0.3, 0.25],
  transitionsRecent: [0.05, 0.05],
  trendRatio: [0.05, 0.05],
  popularity: [0.05, 0],
  neuralCF: [0, 0.15],
};

const DEFAULT_SERVING: ModelRecipe['serving'] = {
  retrievalWeights: defaultWeights(0),
  rankingWeights: defaultWeights(1),
  numCandidates: 500,
};

function defaultWeights(step: 0 | 1): FeatureWeights {
  return Object.fromEntries(
    Object.entries(DEFAULT_WEIGHTS).flatMap(([name, weights]) =>
      weights[step] > 0 ? [[name, weights[step]]] : [],
    ),
  );
}

const CO_VISITATION = { window: 20, decay: 10, isDirected: false, numNeighbours: 300 } as const;
const TRANSITIONS = { window: 10, decay: 5, isDirected: true, numNeighbours: 300 } as const;

/** From this many interactions on, the settings known from ML-1M are better than those for a hundred thousand. */
const LARGE = 300_000;
/** EASE inverts a matrix of the smaller of users and items; beyond this it would take longer than all other models. */
const MAX_EASE_ITEMS = 10_000;

/** Interactions that the epochs come to, at most, but 10 epochs at least. */
const SEQUENCE_TOKENS = 3e7;

/** With more interactions the sequence model takes longer than all others together: it must be asked for. */
const MAX_SEQUENCE = 5_000_000;

/**
 * The sequence model for data of a size, and why so. The blend gains by it on ML-1M and gained nothing on ml-latest-small
 * (docs/quality.md).
 * @param isWanted left out, the size decides
 */
function sequenceFor(
  { users, interactions }: DataSize,
  isWanted: boolean | undefined,
): { sequence: SequenceOptions | null; reason?: string } {
  const isLarge = interactions >= LARGE;
  const meanLength = interactions / Math.max(1, users);
  const without = (why: string) => ({ sequence: null, reason: `no sequence model: ${why}` });
  if (isWanted === false) return { sequence: null };
  if (isWanted === undefined && !isLarge)
    return without(`the blend gains by it from ${count(LARGE)} interactions on`);
  if (isWanted === undefined && interactions > MAX_SEQUENCE)
    return without(
      `of more than ${count(MAX_SEQUENCE)} interactions it takes long, and is fitted where it is asked for`,
    );
  const sequence: SequenceOptions = {
    dim: 64,
    length: isLarge ? 100 : 50,
    blocks: 2,
    heads: 2,
    hiddenDim: 256,
    epochs: Math.max(10, Math.min(80, Math.round(SEQUENCE_TOKENS / interactions))),
    learningRate: 2e-3,
    batchSize: isLarge ? 64 : 16,
    negatives: 256,
    dropout: 0.2,
    loss: 'logQ',
    gaps: true,
    ratings: false,
    crops: true,
    averaging: 0.99,
  };
  const { dim, length, blocks, epochs } = sequence;
  return {
    sequence,
    reason:
      `the sequence model reads the latest ${length} items, in ${blocks} blocks of width ${dim}, ${epochs} epochs at most: ` +
      `${count(interactions)} interactions, ${meanLength.toFixed(0)} a user`,
  };
}

/**
 * Small steps over many epochs: what gives the best lists.
 * @param hasSequence true to have a sequence model, false to have none; left out, the size decides
 */
export function fullRecipe({ users, items, interactions }: DataSize, hasSequence?: boolean): ChosenRecipe {
  const isLarge = interactions >= LARGE;
  const reasons = [
    isLarge
      ? `${count(interactions)} interactions: slower steps of matrix factorization, as on ML-1M`
      : `${count(interactions)} interactions: few, so larger steps and fewer dimensions`,
  ];
  const easeSide = Math.min(users, items);
  if (easeSide > MAX_EASE_ITEMS) {
    reasons.push(`EASE on the ${count(MAX_EASE_ITEMS)} most rated of ${count(items)} items`);
  } else {
    reasons.push(
      `EASE on all items, by ${users < items ? `users (${count(users)})` : `items (${count(items)})`}`,
    );
  }
  const { sequence, reason } = sequenceFor({ users, items, interactions }, hasSequence);
  if (reason) reasons.push(reason);
  return {
    reasons,
    recipe: {
      item2vec: {
        dim: 32,
        window: 5,
        negatives: 5,
        epochs: isLarge ? 25 : 50,
        learningRate: 0.025,
        symmetric: true,
      },
      matrixFactorization: isLarge
        ? { dim: 64, epochs: 128, learningRate: 0.003, regularization: 0.005, negatives: 8 }
        : {
            dim: 64,
            epochs: 200,
            learningRate: 0.015,
            finalLearningRate: 0,
            regularization: 0.0165,
            negatives: 8,
          },
      implicitALS: isLarge
        ? { dim: 128, regularization: 0.007, unobservedWeight: 0.3, iterations: 12 }
        : { dim: 64, regularization: 0.02, unobservedWeight: 0.15, iterations: 12 },
      ease: {
        l2: easeL2(interactions),
        numNeighbours: 200,
        ...(easeSide > MAX_EASE_ITEMS && { maxItems: MAX_EASE_ITEMS }),
      },
      coVisitation: CO_VISITATION,
      transitions: TRANSITIONS,
      sequence,
      neuralCF: {
        embeddingDim: 64,
        hiddenDims: [64, 32],
        negatives: 8,
        epochs: 2,
        learningRate: 5e-5,
        batchSize: 64,
      },
      serving: DEFAULT_SERVING,
    },
  };
}

/**
 * The settings of the published benchmarks, for data of ML-1M's size and above and time in plenty: vectors three times as
 * long, twice the epochs (Rendle et al., "Neural Collaborative Filtering vs. Matrix Factorization Revisited", 2020, and
 * "Revisiting the Performance of iALS on Item Recommendation Benchmarks", 2021). The same as {@link fullRecipe} for less.
 */
export function thoroughRecipe(size: DataSize, hasSequence?: boolean): ChosenRecipe {
  const chosen = fullRecipe(size, hasSequence);
  if (size.interactions < LARGE) return chosen;
  const { recipe, reasons } = chosen;
  const dim = 192;
  return {
    reasons: [...reasons, `time enough for vectors of ${dim} numbers`],
    recipe: {
      ...recipe,
      matrixFactorization: { dim, epochs: 256, learningRate: 0.002, regularization: 0.005, negatives: 8 },
      implicitALS: { dim, regularization: 0.007, unobservedWeight: 0.3, iterations: 16 },
      neuralCF: { ...recipe.neuralCF, embeddingDim: dim },
    },
  };
}

/**
 * Something sound to serve within seconds: shorter vectors, fewer epochs of larger steps, narrower layers.
 * @param hasSequence true where a sequence model is asked for; there is none, and a reason says so
 */
export function quickRecipe({ users, items, interactions }: DataSize, hasSequence = false): ChosenRecipe {
  const hasEASE = Math.min(users, items) <= 3000;
  return {
    reasons: [
      ...(hasEASE ? [] : ['no EASE: its inverse would take too long for a quick start']),
      ...(hasSequence ? ['no sequence model: the quick recipe has none'] : []),
    ],
    recipe: {
      item2vec: { dim: 16, window: 5, negatives: 5, epochs: 20, learningRate: 0.05, symmetric: true },
      matrixFactorization: null,
      implicitALS: { dim: 32, regularization: 0.02, unobservedWeight: 0.15, iterations: 6 },
      ease: hasEASE ? { l2: easeL2(interactions), numNeighbours: 100 } : null,
      coVisitation: { ...CO_VISITATION, numNeighbours: 200 },
      transitions: { ...TRANSITIONS, numNeighbours: 200 },
      sequence: null,
      neuralCF: {
        embeddingDim: 8,
        hiddenDims: [16, 8],
        negatives: 4,
        epochs: 4,
        learningRate: 0.01,
        batchSize: 64,
      },
      serving: DEFAULT_SERVING,
    },
  };
}

/** EASE's λ, which must grow with the data. */
function easeL2(interactions: number): number {
  return Math.round(200 * Math.max(0.1, interactions / 100_000) ** 0.7);
}

function count(value: number): string {
  return value.toLocaleString('en');
}
