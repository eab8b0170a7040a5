/** The subscriptions of this thread, for metrics. */
export interface LiveCounts {
  subscriptions: number;
  /** Answers that were sent. */
  sent: number;
  /** Answers that were made, and were as the one before. */
  unchanged: number;
  failed: number;
}

const counts: LiveCounts = { subscriptions: 0, sent: 0, unchanged: 0, failed: 0 };

/** Counts one more, or one less. */
export function countLive(what: keyof LiveCounts, by = 1): void {
  counts[what] += by;
}

/** The counts so far. */
export function liveCounts(): LiveCounts {
  return { ...counts };
}
