import { DataType, type TensorInfo } from '@pocketrocket/model/savedModel';

/** A dense tensor of numbers, row-major. */
export interface DenseTensor {
  shape: readonly number[];
  data: Int32Array | Float32Array;
}

/** TensorFlow's names of the element types that inputs and outputs have: in error messages, and in metadata. */
const NAMES = {
  [DataType.INT32]: { short: 'int32', proto: 'DT_INT32' },
  [DataType.FLOAT]: { short: 'float', proto: 'DT_FLOAT' },
  [DataType.INT64]: { short: 'int64', proto: 'DT_INT64' },
  [DataType.BOOL]: { short: 'bool', proto: 'DT_BOOL' },
} as const;

export function typeName(type: DataType): string {
  return NAMES[type].short;
}

export function protoTypeName(type: DataType): string {
  return NAMES[type].proto;
}

/** Extents as a signature gives them; −1 where any will do. */
export function extentsOf({ tensorShape }: TensorInfo): number[] {
  return tensorShape.dim.map(({ size }) => size);
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(',')}]`;
}
