import { windowDropout } from './dropout.ts';
import { sequenceEncoder } from './encoder.ts';
import { sequenceForward } from './forward.ts';
import type { SequenceModel } from './index.ts';
import { latestTokens } from './inputs.ts';
import type { SequenceHistory, SequenceTokens } from './inputs.ts';

/**
 * The user's vector, [dim]: its inner product with an item's embedding is the item's score as what comes next.
 *
 * Reads the latest `model.length` entries; any history will do, of users known or unknown at training. By the kernel, on the
 * thread that calls; without it {@link encodeSequenceReference} does. An empty history gives zeros.
 */
export function encodeSequence(model: SequenceModel, history: SequenceHistory): Float32Array {
  const tokens = latestTokens(history, model.length);
  if (tokens.items.length === 0) return new Float32Array(model.dim);
  return sequenceEncoder(model)?.encode(tokens) ?? encodeTokens(model, tokens);
}

/** {@link encodeSequence} without WebAssembly: what the kernel is tested against. */
export function encodeSequenceReference(model: SequenceModel, history: SequenceHistory): Float32Array {
  const tokens = latestTokens(history, model.length);
  return tokens.items.length === 0 ? new Float32Array(model.dim) : encodeTokens(model, tokens);
}

function encodeTokens(model: SequenceModel, tokens: SequenceTokens): Float32Array {
  const { outputs } = sequenceForward(model, tokens, windowDropout(0, 0, 0));
  return Float32Array.from(outputs.subarray(outputs.length - model.dim));
}
