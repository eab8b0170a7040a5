import type { Numbers } from '../../linearAlgebra/linearAlgebra.ts';
import type { Dropout } from './dropout.ts';
import type { SequenceTokens } from './inputs.ts';
import {
  addNormBackward,
  addProduct,
  addRowSums,
  attend,
  attendBackward,
  normalise,
  productBackward,
} from './layers.ts';
import type { Attended, Normed } from './layers.ts';
import type { ParameterName, SequenceParameters, SequenceShape } from './parameters.ts';
import { parameterShapes } from './parameters.ts';

const { sqrt } = Math;

/** A gradient of each parameter, of its shape. */
export type SequenceGradient = Readonly<Record<ParameterName, Float64Array>>;

export function zeroGradient(shape: SequenceShape): SequenceGradient {
  return Object.fromEntries(
    Object.entries(parameterShapes(shape)).map(([name, [rows, columns]]) => [
      name,
      new Float64Array(rows * columns),
    ]),
  ) as SequenceGradient;
}

/** The results of a block's layers on a window: all that the way back needs. */
interface BlockTrace {
  readonly attentionNorm: Normed;
  readonly projected: Float64Array;
  readonly attended: Attended;
  readonly hiddenNorm: Normed;
  /** [n × h] behind the ReLU. */
  readonly hidden: Float64Array;
}

export interface SequenceTrace {
  readonly blocks: readonly BlockTrace[];
  readonly last: Normed;
  /** [n × d] what is multiplied with the embeddings of what may come next. */
  readonly outputs: Float64Array;
}

/** The model that the functions here compute: a shape with its numbers. */
interface Model extends SequenceShape {
  readonly parameters: SequenceParameters;
}

/** The numbers of block b. */
function ofBlock<Values extends Numbers>(values: Values, blocks: number, b: number): Values {
  const length = values.length / blocks;
  return values.subarray(b * length, (b + 1) * length) as Values;
}

/** A vector for each token of a window, [n × d], of all items up to it. */
export function sequenceForward(model: Model, tokens: SequenceTokens, dropout: Dropout): SequenceTrace {
  const { dim, heads, blocks, hiddenDim, parameters } = model;
  const x = inputsOf(model, tokens);
  const n = tokens.items.length;
  dropout.apply(x, 0);
  const traces = Array.from({ length: blocks }, (_, b): BlockTrace => {
    const attentionNorm = normalise(x, ofBlock(parameters.attentionNorms, blocks, b));
    const projected = new Float64Array(n * 3 * dim);
    addProduct(projected, attentionNorm.y, ofBlock(parameters.attentionInputs, blocks, b), dim, 3 * dim);
    const attended = attend(projected, dim, heads, ofBlock(parameters.distances, blocks, b));
    const attentionOutput = new Float64Array(n * dim);
    addProduct(attentionOutput, attended.y, ofBlock(parameters.attentionOutputs, blocks, b), dim, dim);
    dropout.apply(attentionOutput, 1 + 2 * b);
    add(x, attentionOutput);

    const hiddenNorm = normalise(x, ofBlock(parameters.hiddenNorms, blocks, b));
    const hidden = repeated(ofBlock(parameters.hiddenBiases, blocks, b), n);
    addProduct(hidden, hiddenNorm.y, ofBlock(parameters.hiddenWeights, blocks, b), dim, hiddenDim);
    for (let i = 0; i < hidden.length; i++) if (hidden[i] < 0) hidden[i] = 0;
    const output = repeated(ofBlock(parameters.outputBiases, blocks, b), n);
    addProduct(output, hidden, ofBlock(parameters.outputWeights, blocks, b), hiddenDim, dim);
    dropout.apply(output, 2 + 2 * b);
    add(x, output);
    return { attentionNorm, projected, attended, hiddenNorm, hidden };
  });
  const last = normalise(x, parameters.lastNorm);
  return { blocks: traces, last, outputs: last.y };
}

/** √d times the item's embedding, and the embeddings of position, gap and rating. */
function inputsOf(
  { dim, parameters, hasGaps, hasRatings }: Model,
  { items, gaps, ratings }: SequenceTokens,
): Float64Array {
  const n = items.length;
  const x = new Float64Array(n * dim);
  const scale = sqrt(dim);
  const { itemEmbeddings, positions } = parameters;
  for (let t = 0; t < n; t++) {
    for (let c = 0; c < dim; c++) {
      let sum = scale * itemEmbeddings[items[t] * dim + c] + positions[(n - 1 - t) * dim + c];
      if (hasGaps) sum += parameters.gaps[gaps[t] * dim + c];
      if (hasRatings) sum += parameters.ratings[ratings[t] * dim + c];
      x[t * dim + c] = sum;
    }
  }
  return x;
}

/**
 * The way back from {@link sequenceForward}: adds to the gradient.
 * @param outputGradient [n × d] of the loss by the outputs
 * @returns [n × d] the loss's gradient by the inputs, before their dropout
 */
export function addSequenceBackward(
  model: Model,
  tokens: SequenceTokens,
  dropout: Dropout,
  trace: SequenceTrace,
  outputGradient: Float64Array,
  gradient: SequenceGradient,
): Float64Array {
  const { dim, heads, blocks, hiddenDim, hasGaps, hasRatings, parameters } = model;
  const dx = new Float64Array(outputGradient.length);
  addNormBackward(dx, outputGradient, trace.last, parameters.lastNorm, gradient.lastNorm);
  for (let b = blocks - 1; b >= 0; b--) {
    const { attentionNorm, projected, attended, hiddenNorm, hidden } = trace.blocks[b];
    const slopeOf = (name: ParameterName) => ofBlock(gradient[name], blocks, b);
    const valuesOf = (name: ParameterName) => ofBlock(parameters[name], blocks, b);

    const output = dx.slice();
    dropout.apply(output, 2 + 2 * b);
    addRowSums(slopeOf('outputBiases'), output);
    const dHidden = productBackward(
      output,
      hidden,
      valuesOf('outputWeights'),
      slopeOf('outputWeights'),
      hiddenDim,
      dim,
    );
    for (let i = 0; i < hidden.length; i++) if (hidden[i] === 0) dHidden[i] = 0;
    addRowSums(slopeOf('hiddenBiases'), dHidden);
    const dNormed = productBackward(
      dHidden,
      hiddenNorm.y,
      valuesOf('hiddenWeights'),
      slopeOf('hiddenWeights'),
      dim,
      hiddenDim,
    );
    addNormBackward(dx, dNormed, hiddenNorm, valuesOf('hiddenNorms'), slopeOf('hiddenNorms'));

    const attentionOutput = dx.slice();
    dropout.apply(attentionOutput, 1 + 2 * b);
    const dAttended = productBackward(
      attentionOutput,
      attended.y,
      valuesOf('attentionOutputs'),
      slopeOf('attentionOutputs'),
      dim,
      dim,
    );
    const dProjected = attendBackward(dAttended, projected, attended, dim, heads, slopeOf('distances'));
    const dAttentionNormed = productBackward(
      dProjected,
      attentionNorm.y,
      valuesOf('attentionInputs'),
      slopeOf('attentionInputs'),
      dim,
      3 * dim,
    );
    addNormBackward(
      dx,
      dAttentionNormed,
      attentionNorm,
      valuesOf('attentionNorms'),
      slopeOf('attentionNorms'),
    );
  }
  dropout.apply(dx, 0);
  const { items, gaps, ratings } = tokens;
  const n = items.length;
  const scale = sqrt(dim);
  for (let t = 0; t < n; t++) {
    for (let c = 0; c < dim; c++) {
      const slope = dx[t * dim + c];
      gradient.itemEmbeddings[items[t] * dim + c] += scale * slope;
      gradient.positions[(n - 1 - t) * dim + c] += slope;
      if (hasGaps) gradient.gaps[gaps[t] * dim + c] += slope;
      if (hasRatings) gradient.ratings[ratings[t] * dim + c] += slope;
    }
  }
  return dx;
}

function add(to: Float64Array, values: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += values[i];
}

function repeated(row: Numbers, n: number): Float64Array {
  const rows = new Float64Array(n * row.length);
  for (let t = 0; t < n; t++) rows.set(row, t * row.length);
  return rows;
}
