import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { MovieItem, MovieSummary } from './MovieCard.tsx';

export interface CardControlsProps {
  movie: MovieSummary;
  /** As of the card's link. */
  tabIndex?: 0 | -1;
}

type RenderControls = (props: CardControlsProps) => ReactNode;
type RenderDismissed = (movie: MovieSummary) => ReactNode;

/** Stands on cards beside a film's own facts, once the page is there: it is no part of the first picture. */
interface CardExtras {
  /** Rates, saves and hides, and shows the visitor's own marks; over the poster, so that nothing moves when it comes. */
  renderControls: RenderControls | null;
  /** Stands in a dismissed film's place. */
  renderDismissed: RenderDismissed | null;
  /** The films that the visitor has dismissed: no list shows them. */
  hidden: ReadonlySet<number>;
}

const NOTHING: CardExtras = { renderControls: null, renderDismissed: null, hidden: new Set() };
const listeners = new Set<() => void>();
let extras = NOTHING;

function replace(next: CardExtras): void {
  extras = next;
  for (const listener of listeners) listener();
}

/** Gives all cards their controls, and dismissed films what stands in their place; returns the way to take them away. */
export function provideCardControls(
  renderControls: RenderControls,
  renderDismissed: RenderDismissed,
): () => void {
  replace({ ...extras, renderControls, renderDismissed });
  return () => replace({ ...extras, renderControls: null, renderDismissed: null });
}

/** Takes films out of every list, or puts them back. */
export function setHidden(movieIds: Iterable<number>, isHidden: boolean): void {
  const ids = [...movieIds].filter((movieId) => extras.hidden.has(movieId) !== isHidden);
  if (ids.length === 0) return;
  const hidden = new Set(extras.hidden);
  for (const movieId of ids) {
    if (isHidden) hidden.add(movieId);
    else hidden.delete(movieId);
  }
  replace({ ...extras, hidden });
}

/** Hides nothing any more, as for the next visitor. */
export const showAll = (): void => replace({ ...extras, hidden: NOTHING.hidden });

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const useExtras = (): CardExtras =>
  useSyncExternalStore(
    subscribe,
    () => extras,
    () => NOTHING,
  );

export const useCardControls = (): RenderControls | null => useExtras().renderControls;

/** Tells what stands in a film's place where the visitor has dismissed it, in lists whose places are counted; else null. */
export function useDismissed(): (movie: MovieSummary) => ReactNode {
  const { hidden, renderDismissed } = useExtras();
  return (movie) => (hidden.has(movie.movieId) ? renderDismissed?.(movie) : null);
}

/** The items without the films that the visitor has dismissed; the same array where there are none. */
export function useShownItems<Item extends Pick<MovieItem, 'movie'>>(
  items: readonly Item[],
): readonly Item[] {
  const { hidden } = useExtras();
  return useMemo(() => {
    const shown = items.filter(({ movie }) => !hidden.has(movie.movieId));
    return shown.length === items.length ? items : shown;
  }, [items, hidden]);
}
