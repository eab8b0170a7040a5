import type { StoredEventKind } from '@pocketrocket/schema/database';

/** An event of a user on a movie, as far as weights go. */
export interface WeighedEvent {
  kind: StoredEventKind;
  /** Of a rating half stars, of watching thousandths; null of all others. */
  value: number | null;
  occurredAtSeconds: number;
  receivedAtSeconds: number;
  /** Among those that were received in the same second. */
  place: number;
}

/** Half stars, and the time of the event that they are of. */
export interface Weight {
  halfStars: number;
  ratedAtSeconds: number;
}

/** The rating of watching from a share of the movie on, in thousandths and half stars; the largest first. */
const WATCHED: readonly (readonly [from: number, halfStars: number])[] = [
  [900, 9],
  [600, 8],
  [300, 6],
  [100, 5],
];

interface KindWeight {
  /** The higher one counts before the lower, whatever their times. */
  rank: number;
  /** Null where the event comes to no rating. */
  halfStarsOf: (value: number | null) => number | null;
}

/**
 * The rating that each kind of event comes to; the table of docs/apps.md. All other kinds come to none: a movie that was shown or looked
 * at is neither liked nor seen, and stays in lists.
 */
const WEIGHTS: Partial<Record<StoredEventKind, KindWeight>> = {
  rating: { rank: 3, halfStarsOf: (value) => value },
  like: { rank: 2, halfStarsOf: () => 10 },
  dislike: { rank: 2, halfStarsOf: () => 2 },
  watch: {
    rank: 1,
    halfStarsOf: (value) => WATCHED.find(([from]) => (value ?? 0) >= from)?.[1] ?? null,
  },
};

/** The kinds that come to a rating, or keep a movie out of lists and let it in again. */
export const TELLING_KINDS: ReadonlySet<StoredEventKind> = new Set<StoredEventKind>([
  ...(Object.keys(WEIGHTS) as StoredEventKind[]),
  'dismiss',
  'restore',
]);

/**
 * The one rating that a user's events on a movie come to: of those of the highest rank the latest, of watching the largest share. Null
 * where none comes to any. The order of the events does not matter.
 */
export function weightOf(events: readonly WeighedEvent[]): Weight | null {
  let best: { event: WeighedEvent; rank: number; halfStars: number } | null = null;
  for (const event of events) {
    const weight = WEIGHTS[event.kind];
    const halfStars = weight?.halfStarsOf(event.value) ?? null;
    if (!weight || halfStars === null) continue;
    const one = { event, rank: weight.rank, halfStars };
    if (!best || isBefore(best, one)) best = one;
  }
  return best && { halfStars: best.halfStars, ratedAtSeconds: best.event.occurredAtSeconds };
}

/** The time since when a movie is dismissed; null where it is not. */
export function dismissedSince(events: readonly WeighedEvent[]): number | null {
  let last: WeighedEvent | null = null;
  for (const event of events) {
    if (event.kind !== 'dismiss' && event.kind !== 'restore') continue;
    if (!last || isEarlier(last, event)) last = event;
  }
  return last?.kind === 'dismiss' ? last.occurredAtSeconds : null;
}

/** The event as it arrives: behind all that are stored of its user on its movie, whatever the clocks of servers say. */
export function arrivingAfter<E extends WeighedEvent>(stored: readonly WeighedEvent[], event: E): E {
  const last = stored.reduce<WeighedEvent | null>(
    (one, other) => (one && !hasArrivedBefore(one, other) ? one : other),
    null,
  );
  if (!last || last.receivedAtSeconds < event.receivedAtSeconds) return event;
  const { receivedAtSeconds, place } = last;
  return { ...event, receivedAtSeconds, place: place + 1 + event.place };
}

type Ranked = { event: WeighedEvent; rank: number; halfStars: number };

/** True where the other one counts before this. */
function isBefore(one: Ranked, other: Ranked): boolean {
  if (one.rank !== other.rank) return one.rank < other.rank;
  // Whoever looks into a film again has not taken back that he has seen it.
  if (one.event.kind === 'watch' && one.halfStars !== other.halfStars) return one.halfStars < other.halfStars;
  return isEarlier(one.event, other.event);
}

function isEarlier(one: WeighedEvent, other: WeighedEvent): boolean {
  if (one.occurredAtSeconds !== other.occurredAtSeconds)
    return one.occurredAtSeconds < other.occurredAtSeconds;
  return hasArrivedBefore(one, other);
}

function hasArrivedBefore(one: WeighedEvent, other: WeighedEvent): boolean {
  return (one.receivedAtSeconds - other.receivedAtSeconds || one.place - other.place) < 0;
}
