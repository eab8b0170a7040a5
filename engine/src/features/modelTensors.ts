import { item2vecPart } from '../models/item2vec/part.ts';
import type { Tensor, Tensors } from '../models/tensors.ts';
import type { RecommenderModel, ServedSettings } from './recommenderModel.ts';
import { PARTS } from './registry.ts';
import type { PartName } from './registry.ts';

/** The parts whose tensors come first, in the order that artifacts have; those of further parts follow. */
const FIRST: readonly PartName[] = [
  'item2vec',
  'popularity',
  'neighbours',
  'ease',
  'coVisitation',
  'transitions',
  'implicitALS',
  'trend',
  'neuralCF',
];

const IN_ORDER = [
  ...FIRST.flatMap((name) => PARTS.filter((part) => part.name === name)),
  ...PARTS.filter((part) => !FIRST.includes(part.name)),
];

/** Everything of a model but its settings, as named arrays; the arrays are shared, not copied. */
export function modelToTensors(model: RecommenderModel): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const part of IN_ORDER) Object.assign(tensors, part.toTensors(model));
  return tensors;
}

/**
 * The model of {@link modelToTensors}, scoring the same to the last bit. Tensors of other names are passed over.
 * @throws RangeError naming the tensor that is missing or has not the shape or type that the others imply.
 */
export function modelFromTensors(tensors: Tensors, settings: ServedSettings): RecommenderModel {
  const { numItems } = item2vecPart.fromTensors(tensors).item2vec;
  const held = PARTS.map((part) => part.fromTensors(tensors, numItems));
  return Object.assign({ numItems, settings }, ...held) as RecommenderModel;
}
