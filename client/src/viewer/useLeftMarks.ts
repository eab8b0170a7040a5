import { useEffect, useEffectEvent } from 'react';
import { leftMarks, type LeftMark } from '../session/leftMarks.ts';
import { marks } from '../session/marks.ts';
import { sessionStore } from '../session/session.ts';
import { useRateFilm } from '../session/useRateFilm.ts';
import { isVisible } from '../state/isVisible.ts';
import { useMarkFilm } from './useMarkFilm.ts';

/** Sends what waits as the page goes; what has no access token yet is left to the next page, which sends it. */
export function useLeftMarks(userId: number | null): void {
  const { setDismissed, setOnWatchlist } = useMarkFilm();
  const rate = useRateFilm();
  const send = useEffectEvent((film: LeftMark) => {
    if (film.rating !== undefined) void rate(film, film.rating);
    if (film.isDismissed !== undefined) void setDismissed(film, film.isDismissed);
    if (film.isOnWatchlist !== undefined) void setOnWatchlist(film, film.isOnWatchlist);
  });
  useEffect(() => {
    if (userId === null) return;
    for (const film of leftMarks.take(userId)) send(film);
  }, [userId]);
  useEffect(
    () =>
      sessionStore.subscribe(() => {
        if (sessionStore.accessToken() !== null) leftMarks.drop();
      }),
    [],
  );
  useEffect(
    () =>
      isVisible.subscribe(() => {
        if (isVisible.get()) return leftMarks.drop();
        marks.sendNow();
        if (userId !== null && sessionStore.accessToken() === null) leftMarks.leave(userId, marks.unsaved());
      }),
    [userId],
  );
}
