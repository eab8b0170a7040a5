import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useLocation } from 'react-router';

export interface RowScroll {
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
    const left = Number(sessionStorage.getItem(storageKey) ?? 0);
    if (left > 0) track.current?.scrollTo({ left, behavior: 'instant' });
  }, [storageKey, itemCount]);

  // A layout effect, because its clean-up must keep the place before the row leaves the page and measures as empty.
  useLayoutEffect(() => {
    const list = track.current;
    if (!list) return;
    let position = list.scrollLeft;
    const measure = () => {
      position = list.scrollLeft;
      const atStart = position <= 1;
      const atEnd = position >= list.scrollWidth - list.clientWidth - 1;
      setEnds((before) =>
        before.atStart === atStart && before.atEnd === atEnd ? before : { atStart, atEnd },
      );
    };
    const keep = () => sessionStorage.setItem(storageKey, String(Math.round(position)));
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    list.addEventListener('scroll', measure, { passive: true });
    window.addEventListener('pagehide', keep);
    return () => {
      keep();
      observer.disconnect();
      list.removeEventListener('scroll', measure);
      window.removeEventListener('pagehide', keep);
    };
  }, [storageKey, itemCount]);

  const cards = useCallback(() => {
    const list = track.current;
    const [first, second] = list?.children ?? [];
    if (!list || !(first instanceof HTMLElement) || !(second instanceof HTMLElement)) return null;
    const step = second.offsetLeft - first.offsetLeft;
    return { list, step, leading: Math.round(list.scrollLeft / step) };
  }, []);

  const scrollPage = useCallback(
    (direction: 1 | -1) => {
      const row = cards();
      if (!row) return;
      const { list, step, leading } = row;
      const visible = Math.max(1, Math.floor((list.clientWidth + 1) / step));
      list.scrollTo({ left: (leading + direction * visible) * step });
    },
    [cards],
  );

  const leadingCard = useCallback(() => cards()?.leading ?? 0, [cards]);

  return { track, ...ends, scrollPage, leadingCard };
}
