import { createRequire } from 'node:module';
import { AppError, messageOf } from '@pocketrocket/runtime';

/**
 * The part of `@tensorflow/tfjs-node` that PocketRocket uses. The package may be absent: the types must check without it.
 */
export interface TensorFlow {
  readonly version: Readonly<Record<'tfjs-node', string>>;
  readonly node: {
    /**
     * Loads the `serve` graph's `serving_default` signature.
     * @param path folder that holds `saved_model.pb`
     */
    loadSavedModel(path: string): Promise<SavedModel>;
    getMetaGraphsFromSavedModel(path: string): Promise<readonly MetaGraph[]>;
  };
  readonly layers: {
    embedding(args: { inputDim: number; outputDim: number; name: string }): Layer;
    dense(args: { units: number; activation?: 'relu'; useBias?: boolean; name: string }): Layer;
    flatten(): Layer;
    dot(args: { axes: number; name: string }): Layer;
    concatenate(args: { name: string }): Layer;
    add(args: { name: string }): Layer;
  };
  readonly train: { adam(learningRate: number, beta1: number, beta2: number, epsilon: number): Optimizer };
  readonly losses: {
    sigmoidCrossEntropy(
      labels: Tensor,
      logits: Tensor,
      weights: undefined,
      labelSmoothing: 0,
      reduction: number,
    ): Tensor;
  };
  readonly Reduction: { readonly SUM: number };
  input(args: { shape: number[]; dtype: 'int32'; name: string }): SymbolicTensor;
  model(args: { inputs: SymbolicTensor[]; outputs: SymbolicTensor }): LayersModel;
  tensor(values: Float32Array | Int32Array, shape: number[], dtype: 'float32' | 'int32'): Tensor;
  /** Runs `body` and frees every tensor made in it but what it returns. */
  tidy<Result>(body: () => Result): Result;
  memory(): { readonly numTensors: number };
}

export interface Tensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array | Int32Array;
  mul(factor: number): Tensor;
  dispose(): void;
}

/** The place of a tensor in a model that is being built. */
export interface SymbolicTensor {
  readonly shape: readonly (number | null)[];
}

export interface Layer {
  apply(inputs: SymbolicTensor | SymbolicTensor[]): SymbolicTensor;
  getWeights(): Tensor[];
  /** Copies; in the order of `getWeights`, of the same shapes. */
  setWeights(weights: Tensor[]): void;
}

export interface LayersModel {
  apply(inputs: Tensor[], options: { training: boolean }): Tensor;
  getLayer(name: string): Layer;
  dispose(): unknown;
}

export interface Optimizer {
  learningRate: number;
  /** Takes one step on every trainable weight that the loss depends on, and returns the loss. */
  minimize(loss: () => Tensor, returnCost: true): Tensor;
  dispose(): void;
}

export interface SavedModel {
  predict(inputs: Readonly<Record<string, Tensor>>): Readonly<Record<string, Tensor>>;
  dispose(): void;
}

export interface MetaGraph {
  readonly tags: readonly string[];
  readonly signatureDefs: Readonly<
    Record<string, { readonly inputs: SignatureTensors; readonly outputs: SignatureTensors }>
  >;
}

/** By the names that callers use; one entry of `shape` per dimension. */
export type SignatureTensors = Readonly<
  Record<string, { readonly dtype: string; readonly shape: readonly unknown[] }>
>;

const PACKAGE = '@tensorflow/tfjs-node';

/**
 * Loads TensorFlow.js with the native TensorFlow library.
 * @throws AppError ENVIRONMENT where the package or its native library is absent; the message says how to get them
 */
export function loadTensorFlow(): TensorFlow {
  const require = createRequire(import.meta.url);
  supplyRemovedFunctions(require('node:util') as Record<string, unknown>);
  try {
    return require(PACKAGE) as TensorFlow;
  } catch (error) {
    throw new AppError(
      'ENVIRONMENT',
      `TensorFlow.js cannot load its native library (${firstLineOf(messageOf(error))}): install ${PACKAGE}, ` +
        'or run `npm run build:tfjs -- --python <a Python that has TensorFlow>` (docs/tfjs.md)',
      { cause: error },
    );
  }
}

/** Two functions that Node.js 23 took out of `util` and that tfjs-node 4.22 calls. */
function supplyRemovedFunctions(util: Record<string, unknown>): void {
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}

function firstLineOf(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? text;
}
