import type { FoldedHistory } from '../../data/history.ts';
import { withMixedRows } from '../../data/itemMixture.ts';
import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats, integers, matrixShape } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import { encodeSequence } from './encode.ts';
import type { SequenceModel, SequenceOptions } from './index.ts';
import { SHARDS } from './kernel.ts';
import { PARAMETER_NAMES, parameterShapes } from './parameters.ts';
import type { SequenceParameters, SequenceShape } from './parameters.ts';
import { sequenceShares } from './shares.ts';
import { fitUntilBest } from './untilBest.ts';

export interface HasSequence {
  /** Null where it was left out, as in artifacts that were made before there was one. */
  readonly sequence: SequenceModel | null;
}

const PREFIX = 'sequence.';
/** [1] what the shapes of the others do not tell. */
const HEADS = `${PREFIX}heads`;

/** The vector of a history as a sequence against the embeddings of what may come next. */
export const sequencePart = {
  name: 'sequence',
  toTensors: ({ sequence }: HasSequence): Record<string, Tensor> =>
    sequence ? sequenceToTensors(sequence) : {},
  fromTensors: (tensors: Tensors): HasSequence => ({
    sequence: HEADS in tensors ? sequenceFrom(tensors) : null,
  }),
  withNewItems({ sequence }: HasSequence, mixtures: readonly ItemMixture[], numItems: number): HasSequence {
    if (!sequence) return { sequence };
    const itemEmbeddings = withMixedRows(sequence.parameters.itemEmbeddings, sequence.dim, mixtures);
    return { sequence: { ...sequence, numItems, parameters: { ...sequence.parameters, itemEmbeddings } } };
  },
  fit: fitUntilBest,
  stopsEarly: true,
  maxThreads: SHARDS,
  isDispensable: true,
  fittedToTensors: sequenceToTensors,
  fittedFromTensors: sequenceFrom,
  epochs: ({ epochs }: SequenceOptions): number => epochs,
  priority: 7,
  features: [
    {
      name: 'sequence',
      part: 'sequence',
      kind: 'dense',
      source: 'transition',
      explains: true,
      rows: ({ sequence }: HasSequence) =>
        sequence && { dim: sequence.dim, vectors: sequence.parameters.itemEmbeddings },
      foldIn: ({ sequence }: HasSequence, history: FoldedHistory): Float32Array | null =>
        sequence && encodeFolded(sequence, history),
      queryShares: ({ sequence }: HasSequence, history: FoldedHistory): Float32Array | null =>
        sequence && sequenceShares(sequence, history),
    },
  ],
} as const satisfies ModelPart<HasSequence>;

/** The vector of a history as the features are handed it. */
export function encodeFolded(sequence: SequenceModel, { entries, items }: FoldedHistory): Float32Array {
  return encodeSequence(sequence, {
    items,
    ratings: entries.map(({ rating }) => rating),
    timestamps: entries.map(({ timestamp }) => timestamp ?? NaN),
  });
}

function sequenceToTensors(model: SequenceModel): Record<string, Tensor> {
  const shapes = parameterShapes(model);
  const tensors: Record<string, Tensor> = { [HEADS]: { shape: [1], data: Int32Array.of(model.heads) } };
  for (const name of PARAMETER_NAMES) {
    // An empty array says no more than a missing one, and not every format stores it.
    if (shapes[name][0] > 0) tensors[PREFIX + name] = { shape: shapes[name], data: model.parameters[name] };
  }
  return tensors;
}

function sequenceFrom(tensors: Tensors): SequenceModel {
  const [numItems, dim] = matrixShape(tensors, `${PREFIX}itemEmbeddings`);
  const [length] = matrixShape(tensors, `${PREFIX}positions`);
  const [blocks, hiddenDim] = matrixShape(tensors, `${PREFIX}hiddenBiases`);
  const shape: SequenceShape = {
    numItems,
    dim,
    length,
    blocks,
    hiddenDim,
    heads: integers(tensors, HEADS, [1])[0],
    hasGaps: `${PREFIX}gaps` in tensors,
    hasRatings: `${PREFIX}ratings` in tensors,
    hasDistances: `${PREFIX}distances` in tensors,
  };
  const shapes = parameterShapes(shape);
  const parameters = Object.fromEntries(
    PARAMETER_NAMES.map((name) => [
      name,
      shapes[name][0] > 0 ? floats(tensors, PREFIX + name, shapes[name]) : new Float32Array(0),
    ]),
  ) as unknown as SequenceParameters;
  return { ...shape, parameters };
}
