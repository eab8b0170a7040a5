import type { SequenceTokens } from './inputs.ts';
import type { SequenceModel } from './index.ts';

/** Encodes histories by the kernel, from weights that it holds ready. */
export interface SequenceEncoder {
  /** @param tokens 1 … L of them */
  encode(tokens: SequenceTokens): Float32Array;
}

/** The model's encoder by the kernel `engine/kernels/encodeSequence.ts`; null where that was not built. */
export function sequenceEncoder(_model: SequenceModel): SequenceEncoder | null {
  return null;
}
