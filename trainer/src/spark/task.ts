import type { EpochProgress, UserHistories } from '@pocketrocket/engine';
import { z } from 'zod';
import type { NamedTensors } from '../tensors/namedTensors.ts';

export interface TaskInput {
  /** For every task of the kind alike. */
  tensors: NamedTensors;
  /** The users that this task is about. */
  histories: UserHistories;
}

type Run = (
  input: TaskInput,
  onEpoch: (progress: EpochProgress) => void,
) => NamedTensors | Promise<NamedTensors>;

/** Work whose settings are checked. */
export interface Work {
  readonly run: Run;
  /** Takes the result of another task as it comes; left out where there is nothing to put together. */
  readonly add?: (partial: NamedTensors) => void;
}

/** A kind of work that a process does on the histories of some users, or on the results of others. */
export interface Task {
  /**
   * @param tensors those of {@link TaskInput}
   * @throws RangeError naming the setting that is not as it must be
   */
  prepare(settings: unknown, tensors: NamedTensors): Work;
}

/** Pairs work on histories with the schema of its settings. */
export function task<Settings>(
  schema: z.ZodType<Settings>,
  run: (settings: Settings, ...given: Parameters<Run>) => ReturnType<Run>,
): Task {
  return {
    prepare(given) {
      const settings = checked(schema, given);
      return { run: (...rest) => run(settings, ...rest) };
    },
  };
}

/** @throws RangeError saying what is not as the schema has it */
export function checked<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new RangeError(z.prettifyError(result.error));
}
