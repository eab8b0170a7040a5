import type { SequenceLoss } from './options.ts';

const { exp, log, log1p, max, abs } = Math;

/** The items that the targets of a batch are told from. */
export interface Negatives {
  /** [negatives] dense rows; an item may be drawn twice. */
  readonly items: Int32Array;
  /** [negatives] what is added to the logit of each; 0 without correction. */
  readonly corrections: Float32Array;
}

export interface LossSettings {
  readonly loss: SequenceLoss;
  /** gBCE's β, the power of the target's probability (Petrov & Macdonald 2023, eq. 12); 1 of other losses. */
  readonly power: number;
}

/**
 * The loss of one target, in nats. A negative that is the target itself does not count.
 * @param logits [1 + negatives] the target's, then the negatives' with their corrections; becomes their gradient
 */
export function targetLoss(
  logits: Float64Array,
  target: number,
  negatives: Int32Array,
  { loss, power }: LossSettings,
): number {
  return loss === 'gBCE'
    ? binaryCrossEntropies(logits, target, negatives, power)
    : crossEntropy(logits, target, negatives);
}

/** −ln of the target's share of all eˣ. */
function crossEntropy(logits: Float64Array, target: number, negatives: Int32Array): number {
  let most = logits[0];
  for (let k = 0; k < negatives.length; k++) if (negatives[k] !== target) most = max(most, logits[1 + k]);
  const own = logits[0] - most;
  let sum = 0;
  for (let k = 0; k < logits.length; k++) {
    const isCounted = k === 0 || negatives[k - 1] !== target;
    sum += logits[k] = isCounted ? exp(logits[k] - most) : 0;
  }
  for (let k = 0; k < logits.length; k++) logits[k] /= sum;
  logits[0] -= 1;
  return log(sum) - own;
}

/** −β ln σ(target) − Σ ln (1 − σ(negative)) */
function binaryCrossEntropies(
  logits: Float64Array,
  target: number,
  negatives: Int32Array,
  power: number,
): number {
  let loss = power * softplus(-logits[0]);
  logits[0] = -power / (1 + exp(logits[0]));
  for (let k = 0; k < negatives.length; k++) {
    const logit = logits[1 + k];
    const isCounted = negatives[k] !== target;
    if (isCounted) loss += softplus(logit);
    logits[1 + k] = isCounted ? 1 / (1 + exp(-logit)) : 0;
  }
  return loss;
}

/** ln (1 + eˣ) */
function softplus(x: number): number {
  return max(x, 0) + log1p(exp(-abs(x)));
}
