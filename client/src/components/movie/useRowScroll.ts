import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useLocation } from 'react-router';
import { tabStorage } from '../../state/storedState.ts';

interface RowScroll {
  track: RefObject<HTMLUListElement | null>;
  atStart: boolean;
  atEnd: boolean;
  /** Scrolls by a whole screen of cards. */
  scrollPage: (direction: 1 | -1) => void;
  /** Index of the first card in view. */
  leadingCard: () => number;
}

/** The sideways position of a row: known to its buttons, and kept with the history entry for the way back. */
export function useRowScroll(scrollKey: string, itemCount: number): RowScroll {
  const track = useRef<HTMLUListElement>(null);
  const [ends, setEnds] = useState({ atStart: true, atEnd: false });
  const storageKey = `row:${useLocation().key}:${scrollKey}`;

  useLayoutEffect(() => {
    const left = Number(tabStorage?.getItem(storageKey) ?? 0);
    if (left > 0) track.current?.scrollTo({ left, behavior: 'instant' });
  }, [storageKey, itemCount]);

  // A layout effect, because its clean-up must keep the place before the row leaves the page and measures as empty.
  useLayoutEffect(() => {
    const list = track.current;
    if (!list) return;
    let position = list.scrollLeft;
    const readPosition = () => {
      position = list.scrollLeft;
      const atStart = position <= 1;
      const atEnd = position >= list.scrollWidth - list.clientWidth - 1;
      setEnds((before) =>
        before.atStart === atStart && before.atEnd === atEnd ? before : { atStart, atEnd },
      );
    };
    const savePosition = () => tabStorage?.setItem(storageKey, String(Math.round(position)));
    const observer = new ResizeObserver(readPosition);
    observer.observe(list);
    list.addEventListener('scroll', readPosition, { passive: true });
    window.addEventListener('pagehide', savePosition);
    return () => {
      savePosition();
      observer.disconnect();
      list.removeEventListener('scroll', readPosition);
      window.removeEventListener('pagehide', savePosition);
    };
  }, [storageKey, itemCount]);

  const measureCards = useCallback(() => {
    const list = track.current;
    const [first, second] = list?.children ?? [];
    if (!list || !(first instanceof HTMLElement) || !(second instanceof HTMLElement)) return null;
    const step = second.offsetLeft - first.offsetLeft;
    return { list, step, leading: Math.round(list.scrollLeft / step) };
  }, []);

  const scrollPage = useCallback(
    (direction: 1 | -1) => {
      const row = measureCards();
      if (!row) return;
      const { list, step, leading } = row;
      const visible = Math.max(1, Math.floor((list.clientWidth + 1) / step));
      list.scrollTo({ left: (leading + direction * visible) * step });
    },
    [measureCards],
  );

  const leadingCard = useCallback(() => measureCards()?.leading ?? 0, [measureCards]);

  return { track, ...ends, scrollPage, leadingCard };
}
