import type { EpochProgress, UserHistories } from '@pocketrocket/engine';
import { z } from 'zod';
import type { NamedTensors } from '../tensors/namedTensors.ts';

export interface TaskInput {
  /** For every task of the kind alike. */
  tensors: NamedTensors;
  /** The users that this task is about. */
  histories: UserHistories;
  /** Results of other tasks, to be put together. */
  partials: readonly NamedTensors[];
}

/** Work whose settings are checked. */
export type Work = (input: TaskInput, onEpoch: (progress: EpochProgress) => void) => NamedTensors;

/** A kind of work that a process does on the histories of some users. */
export interface Task {
  /** @throws RangeError naming the setting that is not as it must be */
  prepare(settings: unknown): Work;
}

/** Pairs work with the schema of its settings. */
export function task<Settings>(
  schema: z.ZodType<Settings>,
  run: (settings: Settings, ...given: Parameters<Work>) => NamedTensors,
): Task {
  return {
    prepare(given) {
      const settings = checked(schema, given);
      return (...rest) => run(settings, ...rest);
    },
  };
}

/** @throws RangeError saying what is not as the schema has it */
export function checked<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new RangeError(z.prettifyError(result.error));
}
