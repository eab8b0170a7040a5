import type { RatingScale } from '../values/scales.ts';

/** The scale that a column seems to be on. */
export interface ScaleGuess {
  /** Null where no option would read it. */
  scale: RatingScale | null;
  /** The values that were seen and what mends them, as a sentence without its full stop. */
  cause: string;
  /** True where it must not be read as stars, even if every rating could be. */
  isCertain: boolean;
}

/** A guess with the option that mends it. */
export function guessed(scale: RatingScale, what: string): ScaleGuess {
  return { scale, cause: `${what}${mend(scale)}`, isCertain: false };
}

/** The same of what must not be read as stars. */
export function certain(scale: RatingScale, what: string): ScaleGuess {
  return { scale, cause: `${what}${mend(scale)}`, isCertain: true };
}

/** The option that mends it, as the end of a sentence. */
export function mend(scale: RatingScale): string {
  return `; read them with --scale ${scale}`;
}
