import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { codesOf, isUnreachable } from '../api/errors.ts';
import { reachability } from '../api/reachability.ts';
import { showToast } from '../components/index.ts';
import { refreshSoon } from '../live/refreshLists.ts';
import { marks } from '../session/marks.ts';
import { pendingRatings, usePendingRatings } from '../session/pendingRatings.ts';
import { useSession } from '../session/session.ts';
import { sendRating } from '../session/useRateFilm.ts';

/** Answers after which the same may work another time. */
const PASSING = new Set<unknown>([
  'UPSTREAM_UNAVAILABLE',
  'RATE_LIMITED',
  'TIMEOUT',
  'INTERNAL_SERVER_ERROR',
  'UNAUTHENTICATED',
]);

/** Sends ratings that were given offline as soon as the server answers again, and says so; those of somebody else are dropped. */
export function usePendingSender(): void {
  const client = useApolloClient();
  const { session, expired } = useSession();
  const pending = usePendingRatings();
  const { t } = useLingui();
  const userId = session?.userId ?? null;
  const count = pending.ratings.length;

  const tellSent = useEffectEvent((numSent: number) =>
    showToast({
      text: t`${plural(numSent, { one: '# rating from offline is saved.', other: '# ratings from offline are saved.' })}`,
    }),
  );
  const tellDropped = useEffectEvent((numDropped: number) =>
    showToast({
      text: t`${plural(numDropped, {
        one: '# rating that was not sent yet is dropped, as its account is signed out.',
        other: '# ratings that were not sent yet are dropped, as their account is signed out.',
      })}`,
    }),
  );

  useEffect(() => {
    if (count === 0) return;
    // A session that has expired may go on; one that was ended, or another one, does not send them.
    if (userId === null && expired) return;
    if (userId !== pending.userId) {
      const numDropped = pendingRatings.drop();
      if (numDropped > 0) tellDropped(numDropped);
      return;
    }
    let isSending = false;
    const send = async () => {
      if (isSending || !navigator.onLine) return;
      isSending = true;
      const numSent = await withLock(() => sendAll(client, userId)).catch(() => 0);
      isSending = false;
      if (numSent > 0) {
        tellSent(numSent);
        refreshSoon(client, userId);
      }
    };
    void send();
    return reachability.wait(() => void send());
  }, [client, count, pending.userId, userId, expired]);
}

const isPassing = (error: unknown): boolean =>
  isUnreachable(error) || codesOf(error).some((code) => PASSING.has(code));

/** Sends one after the other, until one cannot be sent; returns how many were. */
async function sendAll(client: ApolloClient, userId: number): Promise<number> {
  pendingRatings.reread();
  let numSent = 0;
  for (const pending of pendingRatings.of(userId)) {
    const { movieId, rating, ratedAt } = pending;
    // Rated anew since.
    if (pendingRatings.ofFilm(userId, movieId)?.ratedAt !== ratedAt) continue;
    const outcome = await marks.save(movieId, {
      kind: 'rating',
      marks: { rating },
      send: async () => ({ rating: await sendRating(client, pending) }),
      keeps: isPassing,
    });
    if (outcome.kind === 'failed' && isPassing(outcome.error)) return numSent;
    // Where it failed otherwise, the film is gone, or the API wants nothing of it: it will not be otherwise the next time.
    if (outcome.kind === 'saved') numSent++;
    pendingRatings.remove(userId, pending);
  }
  return numSent;
}

/** One tab sends for all. */
const withLock = (work: () => Promise<number>): Promise<number> =>
  'locks' in navigator ? navigator.locks.request('pocketrocket.pending', work) : work();
