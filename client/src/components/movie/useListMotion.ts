import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

const MOVE_MS = 350;

interface Former {
  key: string;
  width: number;
  places: Map<number, Place>;
}

/** A film's place within the list, whatever is scrolled meanwhile. */
interface Place {
  x: number;
  y: number;
}

/**
 * Shows what moved where a list has changed: films glide to their new places, new ones fade in. Whoever had the focus in the list keeps it,
 * on the film that took the place. Without motion where the visitor wants none.
 */
export function useListMotion(list: RefObject<HTMLElement | null>, keys: readonly number[]): void {
  const before = useRef<Former>(undefined);
  const focused = useRef(-1);
  const key = keys.join();

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const onFocusIn = ({ target }: FocusEvent) => {
      focused.current = [...element.children].findIndex((child) => child.contains(target as Node));
    };
    const onFocusOut = ({ target }: FocusEvent) => {
      const place = focused.current;
      // A film that goes takes the focus with it, which is not leaving.
      setTimeout(() => {
        if (
          (target as Node).isConnected &&
          focused.current === place &&
          !element.contains(document.activeElement)
        )
          focused.current = -1;
      });
    };
    element.addEventListener('focusin', onFocusIn);
    element.addEventListener('focusout', onFocusOut);
    return () => {
      element.removeEventListener('focusin', onFocusIn);
      element.removeEventListener('focusout', onFocusOut);
    };
  }, [list]);

  useLayoutEffect(() => {
    const element = list.current;
    const former = before.current;
    if (!element || former?.key === key) return;
    const now = { key, width: element.clientWidth, places: placesOf(element, keys) };
    before.current = now;
    if (!former) return;
    restoreFocus(element, focused.current);
    if (former.width === now.width && !matchMedia('(prefers-reduced-motion: reduce)').matches)
      animate(element, keys, former.places, now.places);
  }, [list, key, keys]);
}

function placesOf(element: HTMLElement, keys: readonly number[]): Map<number, Place> {
  const outer = element.getBoundingClientRect();
  return new Map(
    keys.flatMap((key, place) => {
      const child = element.children[place]?.getBoundingClientRect();
      return child ? [[key, { x: child.x - outer.x + element.scrollLeft, y: child.y - outer.y }]] : [];
    }),
  );
}

function animate(
  element: HTMLElement,
  keys: readonly number[],
  from: ReadonlyMap<number, Place>,
  to: ReadonlyMap<number, Place>,
): void {
  const timing = { duration: MOVE_MS, easing: 'ease-out' };
  // Films that were added at the end were asked for: nothing moved.
  const lastKnown = keys.findLastIndex((key) => from.has(key));
  for (const [place, key] of keys.entries()) {
    const [start, end] = [from.get(key), to.get(key)];
    if (!start) {
      if (place < lastKnown || lastKnown < 0) element.children[place]?.animate({ opacity: [0, 1] }, timing);
    } else if (end && (start.x !== end.x || start.y !== end.y))
      element.children[place]?.animate(
        { translate: [`${start.x - end.x}px ${start.y - end.y}px`, '0 0'] },
        timing,
      );
  }
}

/** Gives the focus of a film that has gone to the one in its place. */
function restoreFocus(element: HTMLElement, place: number): void {
  if (place < 0 || (document.activeElement !== document.body && document.activeElement !== null)) return;
  const child = element.children[Math.min(place, element.children.length - 1)];
  child?.querySelector<HTMLElement>('[data-card-link]')?.focus({ preventScroll: true });
}
