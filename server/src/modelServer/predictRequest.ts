import { MAX_INT32 } from '@pocketrocket/formats';
import { DataType, type SignatureDef, type TensorInfo } from '@pocketrocket/model/savedModel';
import { messageOf } from '@pocketrocket/runtime';
import { parseNanJson } from '../rankers/tfServing/nanJson.ts';
import { echo, echoJson } from './echo.ts';
import { shapeText, typeName, type DenseTensor } from './tensors.ts';
import { invalidArgument, type TfError } from './tfError.ts';

/**
 * Requests of the predict API as TensorFlow Serving reads and refuses them; source: tensorflow/serving's util/json_tensor.cc.
 * It tells 1.0 from 1, which JSON.parse does not: here both are whole numbers.
 */
export interface PredictRequest {
  /** Empty for the default one. */
  signatureName: string;
  /** The format of the request, in which the answer is written too. */
  format: 'row' | 'columnar';
  /** @throws TfError INVALID_ARGUMENT where they are not the signature's inputs */
  inputsOf(signature: SignatureDef): Record<string, DenseTensor>;
}

type Json = Readonly<Record<string, unknown>>;

/** Rows of a request at most: twenty times as many as the longest list that is ranked. */
export const MAX_ROWS = 10_000;
/** Lists in lists: no input of any model has more dimensions, and what is nested deeper takes long to read. */
const MAX_NESTING = 16;

/** @throws TfError INVALID_ARGUMENT for what is no JSON object, or has a wrong `signature_name` */
export function parsePredictRequest(body: string): PredictRequest {
  const doc = parseObject(body);
  const { signature_name: name, instances, inputs } = doc;
  if (name !== undefined && typeof name !== 'string')
    throw invalidArgument(
      `JSON Value: ${echoJson(doc)} not formatted correctly. 'signature_name' key must be a string value.`,
    );
  return {
    signatureName: name ?? '',
    format: instances === undefined ? 'columnar' : 'row',
    inputsOf(signature) {
      if (instances !== undefined && inputs !== undefined)
        throw invalidArgument(
          `JSON Value: ${echoJson(doc)} Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist `,
        );
      if (instances !== undefined) {
        if (!Array.isArray(instances))
          throw invalidArgument(`JSON Value: ${echoJson(doc)} Excepting 'instances' to be an list/array`);
        if (instances.length === 0)
          throw invalidArgument(`JSON Value: ${echoJson(doc)} No values in 'instances' array`);
        refuseMany(instances.length);
        return fromInstances(instances, signature);
      }
      if (inputs === undefined) throw invalidArgument("Missing 'inputs' or 'instances' key");
      return fromInputs(inputs, signature);
    },
  };
}

function parseObject(body: string): Json {
  if (body === '') throw invalidArgument('JSON Parse error: The document is empty');
  if (isNestedDeeper(body, MAX_NESTING))
    throw invalidArgument(`JSON Parse error: Nested deeper than ${MAX_NESTING} levels.`);
  let doc: unknown;
  try {
    doc = parseNanJson(body);
  } catch (error) {
    const place = /position (\d+)/.exec(messageOf(error))?.[1] ?? body.length;
    throw invalidArgument(`JSON Parse error: Invalid value. at offset: ${place}`);
  }
  if (!isObject(doc)) throw invalidArgument(`JSON Value: ${echoJson(doc)} Is not object`);
  return doc;
}

/** Counts brackets, also those in strings, of which a request for predictions has none. */
function isNestedDeeper(text: string, max: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === OPEN_BRACKET || code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--;
    if (depth > max) return true;
  }
  return false;
}

const [OPEN_BRACKET, OPEN_BRACE, CLOSE_BRACKET, CLOSE_BRACE] = [0x5b, 0x7b, 0x5d, 0x7d];

function refuseMany(numRows: number): void {
  if (numRows > MAX_ROWS)
    throw invalidArgument(`The request has ${numRows} rows, at most ${MAX_ROWS} are allowed`);
}

/** Every input as one tensor, whole. */
function fromInputs(inputs: unknown, { inputs: infos }: SignatureDef): Record<string, DenseTensor> {
  if (!isObject(inputs))
    throw invalidArgument(
      'inputs is a plain value/list, but expecting an object as multiple input tensors required as per tensorinfo_map',
    );
  return Object.fromEntries(
    sorted(infos).map(([name, { dtype }]) => {
      const value = inputs[name];
      if (value === undefined) throw invalidArgument(`Missing named input: ${name} in 'inputs' object.`);
      return [name, toTensor(value, dtype)];
    }),
  );
}

/** One object per row, which holds every input without its first dimension. */
function fromInstances(
  instances: readonly unknown[],
  { inputs: infos }: SignatureDef,
): Record<string, DenseTensor> {
  const names = sorted(infos).map(([name]) => name);
  if (!isObject(instances[0]))
    throw invalidArgument(
      'instances is a plain list, but expecting list of objects as multiple input tensors required as per tensorinfo_map',
    );
  const rows = new Map<string, DenseTensor[]>();
  instances.forEach((element, index) => {
    if (!isObject(element))
      throw invalidArgument(`Expecting object but got list at item ${index} of input list`);
    for (const [name, value] of Object.entries(element)) {
      try {
        addRow(rows, name, value, Object.hasOwn(infos, name) ? infos[name] : undefined);
      } catch (error) {
        throw invalidArgument(
          `Failed to process element: ${index} key: ${echo(name)} of 'instances' list. Error: INVALID_ARGUMENT: ${messageOf(error)}`,
        );
      }
    }
    if (!names.every((name) => Object.hasOwn(element, name)))
      throw invalidArgument(
        `Failed to process element: ${index} of 'instances' list. JSON object: ${echoJson(element)} keys must be equal to: ${names.join()}`,
      );
  });
  return Object.fromEntries([...rows].map(([name, tensors]) => [name, stacked(tensors)]));
}

function addRow(
  rows: Map<string, DenseTensor[]>,
  name: string,
  value: unknown,
  info: TensorInfo | undefined,
): void {
  if (!info) throw invalidArgument(`JSON object: does not have named input: ${echo(name)}`);
  const tensor = toTensor(value, info.dtype);
  const before = rows.get(name) ?? [];
  const [first] = before;
  if (first && first.data.length !== tensor.data.length)
    throw invalidArgument(`Expecting tensor size: ${first.data.length} but got: ${tensor.data.length}`);
  if (first && shapeText(first.shape) !== shapeText(tensor.shape))
    throw invalidArgument(`Expecting shape ${shapeText(first.shape)} but got: ${shapeText(tensor.shape)}`);
  before.push(tensor);
  rows.set(name, before);
}

function stacked(tensors: readonly DenseTensor[]): DenseTensor {
  const [first] = tensors;
  const size = first?.data.length ?? 0;
  const data = new (first?.data instanceof Int32Array ? Int32Array : Float32Array)(tensors.length * size);
  tensors.forEach((tensor, index) => data.set(tensor.data, index * size));
  return { shape: [tensors.length, ...(first?.shape ?? [])], data };
}

function toTensor(value: unknown, dtype: DataType): DenseTensor {
  const shape = shapeOf(value);
  refuseMany(shape[0] ?? 0);
  const values: number[] = [];
  fill(value, 0, shape, dtype, values);
  return { shape, data: dtype === DataType.INT32 ? Int32Array.from(values) : Float32Array.from(values) };
}

/** By the first entry of each list. */
function shapeOf(value: unknown): number[] {
  if (!Array.isArray(value)) return [];
  return value.length === 0 ? [0] : [value.length, ...shapeOf(value[0])];
}

function fill(value: unknown, level: number, shape: readonly number[], dtype: DataType, out: number[]): void {
  const rank = shape.length;
  if (!Array.isArray(value)) {
    if (level !== rank)
      throw invalidArgument(
        `JSON Value: ${echoJson(value)} found at incorrect level: ${level + 1} in the JSON DOM. Expected at level: ${rank}`,
      );
    out.push(toNumber(value, dtype));
    return;
  }
  if (level >= rank)
    throw invalidArgument(`Encountered list at unexpected level: ${level} expected < ${rank}`);
  if (value.length !== shape[level])
    throw invalidArgument(
      `Encountered list at unexpected size: ${value.length} at level: ${level} expected size: ${shape[level] ?? 0}`,
    );
  for (const one of value) fill(one, level + 1, shape, dtype, out);
}

const INT32_MIN = -(2 ** 31);
/** Whole numbers up to here are exact in float32. */
const FLOAT_WHOLE_MAX = 2 ** 24 - 1;
const FLOAT_MAX = (2 - 2 ** -23) * 2 ** 127;

function toNumber(value: unknown, dtype: DataType): number {
  if (typeof value !== 'number') throw typeError(value, dtype);
  if (dtype === DataType.INT32) {
    if (!Number.isInteger(value) || value < INT32_MIN || value > MAX_INT32) throw typeError(value, dtype);
    return value;
  }
  const size = Math.abs(value);
  const isLossy = Number.isSafeInteger(value) ? size > FLOAT_WHOLE_MAX : size > FLOAT_MAX;
  if (isLossy && Number.isFinite(value))
    throw invalidArgument(
      `Cannot convert JSON value: ${echoJson(value)} to float without loss of precision.`,
    );
  return value;
}

function typeError(value: unknown, dtype: DataType): TfError {
  return invalidArgument(
    `JSON Value: ${echoJson(value)} Type: ${kindOf(value)} is not of expected type: ${typeName(dtype)}`,
  );
}

/** Names of JSON's types as TensorFlow Serving has them. */
function kindOf(value: unknown): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'Array';
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False';
    case 'string':
      return 'String';
    case 'number':
      return 'Number';
    default:
      return 'Object';
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Entries by name: as TensorFlow Serving lists names. */
function sorted(infos: SignatureDef['inputs']): [string, TensorInfo][] {
  return Object.entries(infos).sort(([a], [b]) => (a < b ? -1 : 1));
}
