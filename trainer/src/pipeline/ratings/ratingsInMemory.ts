import {
  countItems,
  countParts,
  fitItemNeighbours,
  type CountedParts,
  type Interactions,
  type ItemFacts,
  type ItemNeighbours,
} from '@pocketrocket/engine';
import type { DataHandle } from '../fitting/fitData.ts';
import { fingerprintOf, handleOf } from './fingerprint.ts';
import type { Ratings } from './ratings.ts';

/** Ratings that this process holds. */
export class RatingsInMemory implements Ratings {
  readonly held: Interactions;
  readonly itemCounts: Int32Array;
  readonly userCounts: Int32Array;
  #handle: DataHandle | undefined;

  constructor(interactions: Interactions) {
    const { userOffsets } = interactions;
    this.held = interactions;
    this.itemCounts = countItems(interactions);
    this.userCounts = Int32Array.from(
      userOffsets.subarray(1),
      (end, userIndex) => end - (userOffsets[userIndex] ?? 0),
    );
  }

  get numUsers(): number {
    return this.held.numUsers;
  }

  get numItems(): number {
    return this.held.numItems;
  }

  get numRatings(): number {
    return this.held.itemIndices.length;
  }

  get numUntimed(): number {
    return this.held.timestamps.reduce((sum, time) => sum + Number(Number.isNaN(time)), 0);
  }

  get handle(): DataHandle {
    return (this.#handle ??= handleOf(fingerprintOf(this.held)));
  }

  async countParts(facts: ItemFacts): Promise<CountedParts> {
    return countParts(this.held, facts);
  }

  async countNeighbours(): Promise<ItemNeighbours> {
    return fitItemNeighbours(this.held);
  }

  async historiesOf(): Promise<Interactions> {
    return this.held;
  }
}
