import type { CountedParts, ItemFacts, ItemNeighbours } from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';
import type { SplitShape } from '../pipeline/evaluation/protocols.ts';
import type { NamedTensors, TensorData } from '../tensors/namedTensors.ts';
import type { Stage } from '../tensors/tensorFolder.ts';

/** Names what a split of the ratings keeps. */
export interface SparkSplit {
  shape: SplitShape;
  /** Of the second time; the same where left out. */
  innerShape?: SplitShape;
  seed: number;
  /** Times that it is split: none, once, or once more what is left. */
  depth: 0 | 1 | 2;
}

/** Asks the driver of a run; what it answers with tensors is in the run's folder. */
export interface SparkQuestions {
  /** Counts, of what a split keeps, all that `countParts` of the engine does. */
  countParts(split: SparkSplit, facts: ItemFacts): Promise<CountedParts>;
  /** Finds, of what a split keeps, the neighbours that `fitItemNeighbours` of the engine does. */
  fitItemNeighbours(split: SparkSplit): Promise<ItemNeighbours>;
  /** A question whose answer has tensors. */
  ask(kind: string, fields: object): Promise<{ result: Record<string, unknown>; stage: Stage }>;
  /**
   * A question whose answer has tensor folders, one for each of several things; read by their names.
   * @param given tensors for the driver to read
   */
  askForSeveral(
    kind: string,
    fields: object,
    given: NamedTensors,
  ): Promise<{ result: Record<string, unknown>; stageOf: (name: string) => Promise<Stage> }>;
  /** Writes a file of the run, named by its content; kept where it is there. */
  write(name: string, parts: readonly Uint8Array[]): Promise<string>;
}

/** The numbers of a tensor. @throws AppError INTERNAL_SERVER_ERROR where the driver wrote none of that name and type */
export function numbersOf<Data extends TensorData>(
  { tensors }: Pick<Stage, 'tensors'>,
  name: string,
  type: new (length: number) => Data,
): Data {
  const data = tensors[name]?.data;
  // By name: an array of another realm, as in test sandboxes, is no instance of this one's class.
  if (data?.[Symbol.toStringTag] === type.name) return data as Data;
  throw new AppError('INTERNAL_SERVER_ERROR', `Spark's driver wrote no ${name} of type ${type.name}`);
}
