import { setTimeout } from 'node:timers/promises';
import { claimUse, describeUse, usesOf, type Use } from '@pocketrocket/runtime';

/** Marks that stand for a training: of whoever is about to start one, and of the trainer itself. */
const TRAINING = new Set(['start of a trainer', 'trainer']);
const LOOK_EVERY_MS = 1_000;

/** The outcome of a training that only one process at a time does for a home. */
export type TrainingOutcome = { kind: 'unneeded' } | { kind: 'ended'; status: number | null };

export interface TrainingTurn {
  /** The home's places. */
  places: readonly string[];
  /** Asked before each training: another process's may have made it unneeded. */
  isNeeded: () => Promise<boolean>;
  /** Trains; its exit status, null where it was given up. */
  train: () => Promise<number | null>;
  say: (line: string) => void;
}

/** Trains where that is needed and no other process does so for the same home; else waits for that one, and looks again. */
export async function trainInTurn({ places, isNeeded, train, say }: TrainingTurn): Promise<TrainingOutcome> {
  let isTold = false;
  while (await isNeeded()) {
    const since = new Date().toISOString();
    const release = claimUse(places, { purpose: 'start of a trainer' });
    try {
      const other = places.flatMap((place) => usesOf(place)).find((use) => isFirst(use, since));
      if (!other) return { kind: 'ended', status: await train() };
      if (!isTold)
        say(`${describeUse(other)} trains for this home already: its model is served when it is done`);
      isTold = true;
    } finally {
      release();
    }
    await setTimeout(LOOK_EVERY_MS);
  }
  return { kind: 'unneeded' };
}

/** True for another process's training that goes first: a running one, or one that was about to start before. */
function isFirst(other: Use, since: string): boolean {
  if (other.pid === process.pid || !TRAINING.has(other.purpose)) return false;
  return (
    other.purpose === 'trainer' || other.since < since || (other.since === since && other.pid < process.pid)
  );
}
