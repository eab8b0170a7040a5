import { fromLittleEndian } from '@pocketrocket/model/artifact';
import { DataType, type MetaGraphDef } from '@pocketrocket/model/savedModel';
import { shapeText } from './tensors.ts';

/** Reads constants of a graph. All throw an Error for those that are missing, or are not as they must be. */
export interface Constants {
  has(name: string): boolean;
  ints(name: string): Int32Array;
  /** [n] */
  vector(name: string, length: number): Float32Array;
  /** The numbers, row-major, and their two extents. */
  floats(name: string): { data: Float32Array; rows: number; columns: number };
  /** The numbers of a matrix of these extents. */
  matrix(name: string, rows: number, columns: number): Float32Array;
}

/** The constants of a graph by their nodes' names. */
export function constantsOf({ graphDef }: MetaGraphDef): Constants {
  const nodes = new Map(graphDef.node.filter(({ op }) => op === 'Const').map((node) => [node.name, node]));
  const read = (name: string, dtype: 'float32' | 'int32') => {
    const tensor = nodes.get(name)?.attr['value']?.tensor;
    if (!tensor) throw new Error(`its graph has no constant ${name}`);
    if (tensor.dtype !== (dtype === 'int32' ? DataType.INT32 : DataType.FLOAT))
      throw new Error(`its constant ${name} is not ${dtype}`);
    const shape = tensor.tensorShape.dim.map(({ size }) => size);
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (4 * size !== tensor.tensorContent.byteLength)
      throw new Error(
        `its constant ${name} has ${tensor.tensorContent.byteLength} bytes for ${shapeText(shape)}`,
      );
    return { shape, data: fromLittleEndian(tensor.tensorContent, dtype) };
  };
  const floats: Constants['floats'] = (name) => {
    const { shape, data } = read(name, 'float32');
    const [rows = 0, columns = 0] = shape;
    if (shape.length !== 2 || !(data instanceof Float32Array))
      throw new Error(`its constant ${name} is not a matrix`);
    return { data, rows, columns };
  };
  const refuse = (name: string, found: readonly number[], expected: readonly number[]): void => {
    if (shapeText(found) !== shapeText(expected))
      throw new Error(`its constant ${name} is ${shapeText(found)} instead of ${shapeText(expected)}`);
  };
  return {
    has: (name) => nodes.has(name),
    ints: (name) => Int32Array.from(read(name, 'int32').data),
    vector(name, length) {
      const { shape, data } = read(name, 'float32');
      refuse(name, shape, [length]);
      return Float32Array.from(data);
    },
    floats,
    matrix(name, rows, columns) {
      const found = floats(name);
      refuse(name, [found.rows, found.columns], [rows, columns]);
      return found.data;
    },
  };
}
