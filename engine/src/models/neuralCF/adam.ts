// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { sqrt } = Math;

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** A row-major parameter matrix with its gradient, of which a batch may touch few rows. */
export interface ParameterTable {
  /** [rows × width] row-major. */
  readonly values: Float32Array;
  /** [rows × width]; zero outside the touched rows. */
  readonly gradient: Float32Array;
  /** Marks a row whose gradient the batch changes. */
  touch(row: number): void;
  /** One step on the touched rows, whose gradients it clears. */
  step(learningRate: number): void;
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1) that updates, and decays the moments of, only the rows a batch touched.
 *
 * An embedding row outside the batch has no gradient; leaving its moments alone ("lazy" Adam) costs little accuracy
 * and makes a step as cheap as the batch is small. For dense parameters every row is touched in every batch.
 * @param values [rows × width], updated in place
 */
export function adamTable(values: Float32Array, width: number): ParameterTable {
  const numRows = values.length / width;
  const gradient = new Float32Array(values.length);
  const firstMoment = new Float32Array(values.length);
  const secondMoment = new Float32Array(values.length);
  const isTouched = new Uint8Array(numRows);
  const touchedRows = new Int32Array(numRows);
  let numTouched = 0;
  let numSteps = 0;

  return { values, gradient, touch, step };

  function touch(row: number): void {
    if (isTouched[row] === 1) return;
    isTouched[row] = 1;
    touchedRows[numTouched++] = row;
  }

  function step(learningRate: number): void {
    numSteps++;
    const rate = adamRate(learningRate, numSteps);
    for (let index = 0; index < numTouched; index++) {
      const row = touchedRows[index];
      isTouched[row] = 0;
      const end = (row + 1) * width;
      for (let i = row * width; i < end; i++) {
        const slope = gradient[i];
        const first = BETA1 * firstMoment[i] + (1 - BETA1) * slope;
        const second = BETA2 * secondMoment[i] + (1 - BETA2) * slope * slope;
        firstMoment[i] = first;
        secondMoment[i] = second;
        values[i] -= (rate * first) / (sqrt(second) + EPSILON);
        gradient[i] = 0;
      }
    }
    numTouched = 0;
  }
}

/** The step size with which Adam's uncorrected moments give the corrected step `numSteps`, counted from 1. */
export function adamRate(learningRate: number, numSteps: number): number {
  return (learningRate * sqrt(1 - BETA2 ** numSteps)) / (1 - BETA1 ** numSteps);
}
