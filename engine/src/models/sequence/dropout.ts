import { restartableRandom, streamSeed } from '../../random/random.ts';

/** Drops numbers of the places of one window that it is told, the same at every call. */
export interface Dropout {
  /**
   * Multiplies each number by 0 or by what makes up for those that are dropped.
   * @param values [tokens × dim]
   * @param place 0 behind the inputs, 1 + 2b and 2 + 2b behind attention and perceptron of block b
   */
  apply(values: Float64Array, place: number): void;
}

/**
 * Dropout (Srivastava et al. 2014) whose choices follow from step, window, place and number alone (a counter, no sequence:
 * Salmon et al. 2011), so that the way back makes them anew and no thread waits for another's.
 * @param stepSeed of the optimiser's step
 * @param window the window's number in its batch
 */
export function windowDropout(rate: number, stepSeed: number, window: number): Dropout {
  if (rate === 0) return { apply: () => undefined };
  const windowSeed = streamSeed(stepSeed, window);
  const random = restartableRandom();
  const least = dropoutThreshold(rate) / 2 ** 32;
  const scale = 1 / (1 - rate);
  return {
    apply(values, place) {
      random.restart(streamSeed(windowSeed, place));
      for (let i = 0; i < values.length; i++) values[i] *= random.next() >= least ? scale : 0;
    },
  };
}

/** The 32-bit draw from which on a number is kept. */
export function dropoutThreshold(rate: number): number {
  return Math.floor(rate * 2 ** 32);
}
