import { DataType } from '@pocketrocket/model/savedModel';
import type { GraphBuilder, Output } from './graphBuilder.ts';

/** Small integers that several parts of a graph use. */
export interface IntegerNodes {
  zero: Output;
  one: Output;
  /** [1, −1] */
  asRow: Output;
  /** [−1] */
  asVector: Output;
}

export interface FoundRows {
  /** int32 [n], dense rows; any row where the id is unknown. */
  rows: Output;
  /** bool [n] */
  isFound: Output;
}

/** Ids that are part of a graph, ascending. */
export interface SortedIds {
  node: Output;
  count: number;
}

/** Finds external ids among sorted ones by binary search. */
export function findRows(
  graph: GraphBuilder,
  scope: string,
  { zero, asRow, asVector }: IntegerNodes,
  { node: ids, count }: SortedIds,
  wanted: Output,
): FoundRows {
  const idsRow = graph.reshapeInt32(`${scope}/idsRow`, ids, asRow);
  const wantedRow = graph.reshapeInt32(`${scope}/wantedRow`, wanted, asRow);
  const placesRow = graph.lowerBound(`${scope}/placesRow`, idsRow, wantedRow);
  const places = graph.reshapeInt32(`${scope}/places`, placesRow, asVector);
  const lastRow = graph.integers(`${scope}/lastRow`, count - 1);
  const rows = graph.minimumInt32(`${scope}/rows`, places, lastRow);
  const found = graph.gather(`${scope}/found`, DataType.INT32, ids, rows, zero);
  return { rows, isFound: graph.equalInt32(`${scope}/isFound`, found, wanted) };
}
