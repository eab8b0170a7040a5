import type { Interactions } from '../../data/interactions.ts';
import { windowDropout } from './dropout.ts';
import { addSequenceBackward, sequenceForward } from './forward.ts';
import type { SequenceGradient } from './forward.ts';
import type { SequenceModel } from './index.ts';
import { gapSlot, ratingSlot } from './inputs.ts';
import type { SequenceTokens } from './inputs.ts';
import { targetLoss } from './loss.ts';
import type { LossSettings, Negatives } from './loss.ts';

/** One window of a history with what comes next at each of its places. */
export interface SequenceWindow {
  readonly tokens: SequenceTokens;
  /** [n] dense rows. */
  readonly targets: Int32Array;
  /** The window's number in its batch. */
  readonly number: number;
}

/** {@link SequenceTokens} of each row of the interactions. */
export type TokenRows = SequenceTokens;

/** Reads all rows as tokens. */
export function tokenRows({
  numUsers,
  userOffsets,
  itemIndices,
  ratings,
  timestamps,
}: Interactions): TokenRows {
  const gaps = new Uint8Array(itemIndices.length);
  for (let user = 0; user < numUsers; user++) {
    for (let row = userOffsets[user] + 1; row < userOffsets[user + 1]; row++) {
      gaps[row] = gapSlot(timestamps[row] - timestamps[row - 1]);
    }
  }
  return { items: itemIndices, gaps, ratings: Uint8Array.from(ratings, ratingSlot) };
}

/** The window of `length` tokens from a row on. */
export function windowAt(rows: TokenRows, start: number, length: number, number: number): SequenceWindow {
  const end = start + length;
  return {
    tokens: {
      items: rows.items.subarray(start, end),
      gaps: rows.gaps.subarray(start, end),
      ratings: rows.ratings.subarray(start, end),
    },
    targets: rows.items.subarray(start + 1, end + 1),
    number,
  };
}

/** The settings of a step that all its windows share. */
export interface StepSettings extends LossSettings {
  readonly negatives: Negatives;
  readonly dropout: number;
  /** Seeds the dropout. */
  readonly seed: number;
  /** Multiplies the gradient: 1 / targets of the batch. */
  readonly scale: number;
}

/**
 * Adds the gradient of a window's loss, times the scale.
 * @returns the sum of its targets' losses, in nats, not scaled
 */
export function addWindowGradient(
  model: SequenceModel,
  { tokens, targets, number }: SequenceWindow,
  { negatives, dropout, seed, scale, ...settings }: StepSettings,
  gradient: SequenceGradient,
): number {
  const { dim, parameters } = model;
  const { itemEmbeddings } = parameters;
  const drop = windowDropout(dropout, seed, number);
  const trace = sequenceForward(model, tokens, drop);
  const { outputs } = trace;
  const outputGradient = new Float64Array(outputs.length);
  const logits = new Float64Array(1 + negatives.items.length);
  let loss = 0;
  for (let t = 0; t < targets.length; t++) {
    const rowOf = (k: number): number => (k === 0 ? targets[t] : negatives.items[k - 1]) * dim;
    for (let k = 0; k < logits.length; k++) {
      const row = rowOf(k);
      logits[k] = k === 0 ? 0 : negatives.corrections[k - 1];
      for (let c = 0; c < dim; c++) logits[k] += outputs[t * dim + c] * itemEmbeddings[row + c];
    }
    loss += targetLoss(logits, targets[t], negatives.items, settings);
    for (let k = 0; k < logits.length; k++) {
      const row = rowOf(k);
      const slope = logits[k] * scale;
      for (let c = 0; c < dim; c++) {
        outputGradient[t * dim + c] += slope * itemEmbeddings[row + c];
        gradient.itemEmbeddings[row + c] += slope * outputs[t * dim + c];
      }
    }
  }
  addSequenceBackward(model, tokens, drop, trace, outputGradient, gradient);
  return loss;
}
