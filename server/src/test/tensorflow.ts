import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, it } from '@jest/globals';
import { loadTensorFlow, type TensorFlow } from '@pocketrocket/model/tensorflow';
import { messageOf } from '@pocketrocket/runtime';

/**
 * Runs a suite with TensorFlow.js on native TensorFlow and with a Python that has TensorFlow, `TEST_TENSORFLOW_PYTHON`;
 * without them it is skipped, but fails under CI.
 */
export function describeWithTensorFlow(name: string, suite: (tf: TensorFlow, python: string) => void): void {
  const tf = loaded();
  if (typeof tf === 'string') skip(name, tf);
  else describeWithPython(name, (python) => suite(tf, python));
}

/** Runs a suite with a Python that has TensorFlow, `TEST_TENSORFLOW_PYTHON`; without one it is skipped, but fails under CI. */
export function describeWithPython(name: string, suite: (python: string) => void): void {
  const python = process.env['TEST_TENSORFLOW_PYTHON'];
  if (python === undefined) skip(name, 'TEST_TENSORFLOW_PYTHON names no Python that has TensorFlow');
  else describe(name, () => suite(python));
}

function skip(name: string, problem: string): void {
  if (process.env['CI']) throw new Error(problem);
  // A skipped suite says why by its name; Jest wants a test in it.
  describe.skip(`${name} (${problem})`, () => {
    it('runs', () => {
      throw new Error(problem);
    });
  });
}

function loaded(): TensorFlow | string {
  try {
    return loadTensorFlow();
  } catch (error) {
    return messageOf(error);
  }
}

export interface KerasModel {
  /** Folder that it is exported to. */
  folder: string;
  /** Rows of the tables by id. */
  numUsers: number;
  numMovies: number;
  /** Of the inputs. */
  dtype: 'int32' | 'int64' | 'float32';
  dimensions: 1 | 2;
}

/**
 * Exports NeuralCFs with random weights from Keras.
 * @returns for each model what Keras itself predicts for the pairs of user and movie
 */
export async function exportFromKeras(
  python: string,
  models: readonly KerasModel[],
  pairs: readonly (readonly [number, number])[],
): Promise<number[][]> {
  const script = fileURLToPath(new URL('./exportKeras.py', import.meta.url));
  const args = [script, JSON.stringify(models), JSON.stringify(pairs)];
  const { stdout } = await promisify(execFile)(python, args);
  const predictions = /^predictions (.*)$/m.exec(stdout)?.[1];
  if (predictions === undefined) throw new Error(`Keras exported nothing:\n${stdout}`);
  return JSON.parse(predictions) as number[][];
}
