import type { ListFolder } from './listFolder.ts';
import type { ListRun } from './listRun.ts';

/** The parts that a run has made so far. */
export interface PartsDone {
  parts: number;
  /** Of these parts. */
  users: number;
}

/** A way to make the lists of a run, and the place where they go. */
export interface ListMaker {
  readonly folder: ListFolder;
  /** Makes parts of a run, each whole or not at all; those that are done stay where another fails. */
  readonly make: (
    run: ListRun,
    missing: readonly number[],
    onDone: (done: PartsDone) => void,
  ) => Promise<void>;
}
