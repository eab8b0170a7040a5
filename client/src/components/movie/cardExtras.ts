import { useMemo, type ReactNode } from 'react';
import { sharedState, useSharedState } from '../../state/sharedState.ts';
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
const extras = sharedState(NOTHING);
const change = (part: Partial<CardExtras>): void => extras.set({ ...extras.get(), ...part });

/** Gives all cards their controls, and dismissed films what stands in their place; returns the way to take them away. */
export function provideCardControls(
  renderControls: RenderControls,
  renderDismissed: RenderDismissed,
): () => void {
  change({ renderControls, renderDismissed });
  return () => change({ renderControls: null, renderDismissed: null });
}

/** Takes films out of every list, or puts them back. */
export function setHidden(movieIds: Iterable<number>, isHidden: boolean): void {
  const before = extras.get().hidden;
  const ids = [...movieIds].filter((movieId) => before.has(movieId) !== isHidden);
  if (ids.length === 0) return;
  const hidden = new Set(before);
  for (const movieId of ids) {
    if (isHidden) hidden.add(movieId);
    else hidden.delete(movieId);
  }
  change({ hidden });
}

/** Hides nothing any more, as for the next visitor. */
export const showAll = (): void => change({ hidden: NOTHING.hidden });

const useExtras = (): CardExtras => useSharedState(extras, NOTHING);

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
