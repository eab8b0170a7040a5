import { toHalfStars } from '@pocketrocket/formats';
import type { EventInput } from '@pocketrocket/schema';
import { EVENT_ID_LENGTH, EXTERNAL_ID_LENGTH, type StoredEventKind } from '@pocketrocket/schema/database';
import { problemOfText } from '../arguments/checks.ts';

/** An event that can be stored once its user and movie are found. */
export interface CheckedEvent {
  eventId: string;
  userExternalId: string;
  kind: StoredEventKind;
  movie: { movieId: number } | { externalId: string };
  /** Of a rating half stars, of watching thousandths; null of all others. */
  value: number | null;
  occurredAtSeconds: number;
}

/** Clocks of apps may be so much fast; the event is then of now. */
const FAST_SECONDS = 60;

/** An event as it is to be stored, or the reason why it is not. @param now in Unix seconds */
export function checkEvent(given: EventInput, now: number): CheckedEvent | { reason: string } {
  const { eventId, userExternalId, kind } = given;
  const problem =
    problemOfText(eventId, 'eventId', EVENT_ID_LENGTH) ??
    problemOfText(userExternalId, 'userExternalId', EXTERNAL_ID_LENGTH);
  if (problem !== null) return { reason: problem };
  const movie = movieOf(given);
  const value = valueOf(given);
  const time = timeOf(given, now);
  for (const checked of [movie, value, time]) if (isReason(checked)) return checked;
  return { eventId, userExternalId, kind, movie, value, occurredAtSeconds: time } as CheckedEvent;
}

/** True for what was refused. */
export function isReason(checked: unknown): checked is { reason: string } {
  return typeof checked === 'object' && checked !== null && 'reason' in checked;
}

function movieOf({ movieId, externalId }: EventInput): CheckedEvent['movie'] | { reason: string } {
  const hasNumber = movieId !== null && movieId !== undefined;
  const hasId = externalId !== null && externalId !== undefined;
  if (hasNumber === hasId) return { reason: 'give exactly one of movieId and externalId' };
  if (hasNumber) return { movieId };
  const problem = problemOfText(externalId ?? '', 'externalId', EXTERNAL_ID_LENGTH);
  return problem === null ? { externalId: externalId ?? '' } : { reason: problem };
}

function valueOf({ kind, value }: EventInput): number | null | { reason: string } {
  const isGiven = value !== null && value !== undefined;
  const stored: StoredEventKind = kind;
  if (stored === 'rating') {
    const halfStars = isGiven ? toHalfStars(value) : null;
    return halfStars ?? { reason: 'the value of RATING must be 0.5 to 5 in half steps' };
  }
  if (stored === 'watch') {
    if (!isGiven || !(value >= 0 && value <= 1))
      return { reason: 'the value of WATCH must be the share watched, 0 to 1' };
    // Down, so that no share counts as one that it has not reached.
    return Math.floor(value * 1000 + 1e-6);
  }
  return isGiven ? { reason: 'only RATING and WATCH have a value' } : null;
}

function timeOf({ occurredAt }: EventInput, now: number): number | { reason: string } {
  if (!occurredAt) return now;
  const seconds = Math.floor(occurredAt.getTime() / 1000);
  if (!(seconds >= 0)) return { reason: 'occurredAt is before 1970' };
  if (seconds > now + FAST_SECONDS) return { reason: 'occurredAt is in the future' };
  return Math.min(seconds, now);
}
